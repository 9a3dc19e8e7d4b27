package glasshouse.hub.deskpage;

import static org.assertj.core.api.Assertions.assertThat;

import glasshouse.core.access.Role;
import glasshouse.core.entry.EntryKind;
import glasshouse.core.entry.RepoName;
import glasshouse.hub.testing.Browser;
import glasshouse.hub.testing.Showcase;
import glasshouse.hub.testing.TestHub;
import glasshouse.hub.testing.TestHub.Answer;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people do by filling in forms, from the form to its effect. */
class DeskTest {
    private static final String PASSWORD = "four quiet green houses";

    @TempDir
    Path data;

    private TestHub hub;

    @BeforeEach
    void start() throws Exception {
        hub = TestHub.in(data);
        Showcase.in(hub, "plain");
        Browser ada = Browser.of(hub, "ada");
        ada.post("/admin/users", Map.of("name", "cleo", "password", PASSWORD));
    }

    @AfterEach
    void stop() throws Exception {
        hub.close();
    }

    private Answer signIn(String password, String next) throws Exception {
        return Browser.anonymous(hub).post("/login", Map.of("name", "cleo", "password", password, "next", next));
    }

    @Test
    void whoSignsInIsSignedInUntilTheySignOut() throws Exception {
        Answer answer = signIn(PASSWORD, "/models");
        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.header("Location")).isEqualTo("/models");
        assertThat(answer.header("Set-Cookie")).contains("HttpOnly").contains("SameSite=Lax");
        Browser cleo = Browser.after(hub, answer);
        assertThat(cleo.get("/settings").body()).contains("cleo");
        assertThat(cleo.post("/logout", Map.of()).status()).isEqualTo(303);
        assertThat(cleo.get("/settings").status()).isEqualTo(303);
    }

    @Test
    void aWrongPasswordSaysSoAndKeepsTheName() throws Exception {
        Answer answer = signIn("not the one at all", "/");
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).contains("the name or the password is wrong").contains("value=\"cleo\"");
        assertThat(answer.body()).doesNotContain("not the one at all");
        assertThat(answer.header("Set-Cookie")).isEmpty();
    }

    @Test
    void whoTriesTooOftenIsToldWhenToComeAgain() throws Exception {
        Answer answer = signIn("not the one at all", "/");
        for (int i = 0; i < 30 && answer.status() == 403; i++) {
            answer = signIn("not the one at all", "/");
        }
        assertThat(answer.status()).isEqualTo(429);
        assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(1, 60);
        assertThat(answer.body()).contains("too many attempts");
        Answer change = Browser.of(hub, "cleo")
                .post("/settings/password", Map.of("old", PASSWORD, "new", "five quiet green houses"));
        assertThat(change.status()).isEqualTo(429);
        assertThat(Integer.parseInt(change.header("Retry-After"))).isBetween(1, 60);
    }

    @Test
    void theFirstAdministratorJoinsFromABrowserOnPlainHttp() throws Exception {
        String link = hub.parts().accounts().newAdministratorLink();
        Answer page = Browser.anonymous(hub).get("/join?link=" + link);
        // With no-referrer a browser tells no origin, and its form would be taken for one of another site.
        assertThat(page.raw().headers().allValues("Referrer-Policy")).containsExactly("same-origin");
        String form = "link=" + link + "&name=dora&password=" + PASSWORD.replace(' ', '+');
        assertThat(joined(form, "null").status()).isEqualTo(403);
        assertThat(joined(form, "http://elsewhere.example").status()).isEqualTo(403);
        assertThat(joined(form, hub.base()).header("Location")).isEqualTo("/settings/tokens");
    }

    private Answer joined(String form, String origin) throws Exception {
        return hub.send(hub.request("POST", "/join", "", "application/x-www-form-urlencoded", form)
                .header("Origin", origin)
                .build());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/",
                "//evil.example",
                "/\\evil.example",
                "javascript:alert(1)",
                "/a\r\nX: y",
                ""
            })
    void signingInLeadsNowhereElse(String next) throws Exception {
        assertThat(signIn(PASSWORD, next).header("Location")).isEqualTo("/");
    }

    @Test
    void aFormOnAnotherSiteSignsNobodyIn() throws Exception {
        Map<String, String> form = Map.of("name", "cleo", "password", PASSWORD);
        Answer answer = Browser.anonymous(hub).post("/login", form, "cross-site");
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.header("Set-Cookie")).isEmpty();
        assertThat(Browser.of(hub, "cleo")
                        .post("/logout", Map.of(), "cross-site")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aTokenIsShownOnceAndWorksUntilItIsRevoked() throws Exception {
        Browser cleo = Browser.of(hub, "cleo");
        Answer made = cleo.post("/settings/tokens", Map.of("name", "laptop", "role", "write", "days", "30"));
        Matcher secret = Pattern.compile("hf_[A-Za-z]{40}").matcher(made.body());
        assertThat(secret.find()).isTrue();
        assertThat(made.raw().headers().allValues("Cache-Control")).contains("no-store");
        assertThat(hub.get("/api/whoami-v2", secret.group()).json().path("name").asString(""))
                .isEqualTo("cleo");
        String list = cleo.get("/settings/tokens").body();
        assertThat(list).contains("laptop").doesNotContain(secret.group());
        Matcher id = Pattern.compile("name=\"token\" value=\"([^\"]+)\"").matcher(list);
        assertThat(id.find()).isTrue();
        cleo.post("/settings/tokens/revoke", Map.of("token", id.group(1)));
        assertThat(hub.get("/api/whoami-v2", secret.group()).status()).isEqualTo(401);
    }

    @Test
    void aFineGrainedTokenNamesEntriesThatItsOwnerMaySee() throws Exception {
        Browser cleo = Browser.of(hub, "cleo");
        assertThat(cleo.post(
                                "/settings/tokens",
                                Map.of("name", "one", "role", "fine-grained", "reads", "models/openlab/sylva"))
                        .body())
                .contains("hf_");
        assertThat(cleo.post(
                                "/settings/tokens",
                                Map.of("name", "two", "role", "fine-grained", "reads", "models/no/thing"))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aTokenMakesNoTokenAndChangesNothingOfItsOwner() throws Exception {
        for (String role : new String[] {"read", "write", "fine-grained"}) {
            String token = hub.token("cleo", role);
            for (String form : new String[] {
                "/settings/tokens?name=more&role=write",
                "/settings/tokens/revoke?token=laptop",
                "/settings/profile?fullName=Somebody",
                "/settings/password?old=" + PASSWORD.replace(' ', '+') + "&new=five+quiet+green+houses"
            }) {
                String[] parts = form.split("\\?");
                Answer answer = hub.send("POST", parts[0], token, "application/x-www-form-urlencoded", parts[1]);
                assertThat(answer.status()).as(form + " with " + role).isEqualTo(403);
            }
            assertThat(hub.get("/settings/tokens", token).status()).isEqualTo(403);
            assertThat(hub.get("/api/whoami-v2", token).status()).isEqualTo(200);
        }
        assertThat(signIn(PASSWORD, "/").status()).isEqualTo(303);
    }

    @Test
    void anEntryIsMadeMovedDeletedAndBroughtBack() throws Exception {
        Browser cleo = Browser.of(hub, "cleo");
        Answer made = cleo.post(
                "/new",
                Map.of(
                        "kind",
                        "datasets",
                        "owner",
                        "cleo",
                        "name",
                        "rows",
                        "licence",
                        "cc-by-4.0",
                        "visibility",
                        "private"));
        assertThat(made.header("Location")).isEqualTo("/datasets/cleo/rows");
        assertThat(cleo.get("/datasets/cleo/rows/card").body()).contains("cc-by-4.0");
        assertThat(Browser.anonymous(hub).get("/datasets/cleo/rows").status()).isEqualTo(404);

        assertThat(cleo.post("/datasets/cleo/rows/settings/move", Map.of("owner", "cleo", "name", "lines"))
                        .header("Location"))
                .isEqualTo("/datasets/cleo/lines/settings?done=moved");
        assertThat(cleo.post("/datasets/cleo/lines/settings/move", Map.of("owner", "openlab", "name", "lines"))
                        .status())
                .isEqualTo(403);

        assertThat(cleo.post("/datasets/cleo/lines/settings/delete", Map.of("confirm", "lines"))
                        .status())
                .isEqualTo(400);
        Answer deleted = cleo.post("/datasets/cleo/lines/settings/delete", Map.of("confirm", "cleo/lines"));
        assertThat(deleted.body()).contains("is deleted").contains("bring it back");
        assertThat(cleo.get("/datasets/cleo/lines").status()).isEqualTo(404);

        Browser ada = Browser.of(hub, "ada");
        Matcher id = Pattern.compile("name=\"entry\" value=\"([0-9a-f]{24})\"")
                .matcher(ada.get("/admin/deleted").body());
        assertThat(id.find()).isTrue();
        assertThat(ada.post("/admin/deleted/restore", Map.of("entry", id.group(1), "as", "cleo/again"))
                        .header("Location"))
                .isEqualTo("/datasets/cleo/again");
        assertThat(hub.parts().entries().find(EntryKind.DATASET, RepoName.parse("cleo/again")))
                .isPresent();
    }

    @Test
    void nobodyMakesAnEntryUnderAnothersName() throws Exception {
        Map<String, String> form = Map.of("kind", "models", "owner", "openlab", "name", "mine");
        assertThat(Browser.of(hub, "cleo").post("/new", form).status()).isEqualTo(403);
        assertThat(hub.parts().entries().find(EntryKind.MODEL, RepoName.parse("openlab/mine")))
                .isEmpty();
    }

    @Test
    void anOrganisationKeepsAnAdministrator() throws Exception {
        Browser ada = Browser.of(hub, "ada");
        String members = "/settings/organisations/openlab/members";
        assertThat(ada.post(members, Map.of("name", "ada", "role", "read")).status())
                .isEqualTo(400);
        assertThat(ada.post(members + "/remove", Map.of("name", "ada")).status())
                .isEqualTo(409);
        assertThat(ada.post(members, Map.of("name", "cleo", "role", "admin")).status())
                .isEqualTo(303);
        assertThat(ada.post(members + "/remove", Map.of("name", "ada")).status())
                .isEqualTo(303);
        var openlab = hub.parts().people().namespace("openlab").orElseThrow();
        assertThat(hub.parts().people().membersOf(openlab.id()))
                .filteredOn(member -> member.role() == Role.ADMIN)
                .extracting(member -> member.account())
                .containsExactly("cleo");
        assertThat(Browser.of(hub, "bob").get("/settings/organisations/openlab").status())
                .isEqualTo(403);
    }

    @Test
    void theAdministrationIsForAdministrators() throws Exception {
        for (String path : new String[] {"/admin", "/admin/users", "/admin/jobs", "/admin/deleted"}) {
            assertThat(Browser.of(hub, "cleo").get(path).status()).as(path).isEqualTo(403);
            assertThat(Browser.anonymous(hub).get(path).status()).as(path).isEqualTo(303);
            assertThat(Browser.of(hub, "ada").get(path).status()).as(path).isEqualTo(200);
        }
    }

    @Test
    void theLastAdministratorStaysOne() throws Exception {
        Browser ada = Browser.of(hub, "ada");
        assertThat(ada.post("/admin/users/change", Map.of("name", "ada", "do", "disable"))
                        .status())
                .isEqualTo(409);
        assertThat(ada.post("/admin/users/change", Map.of("name", "ada", "do", "no-admin"))
                        .status())
                .isEqualTo(409);
        assertThat(ada.post("/admin/users/change", Map.of("name", "cleo", "do", "disable"))
                        .status())
                .isEqualTo(303);
        assertThat(signIn(PASSWORD, "/").status()).isEqualTo(403);
    }

    @Test
    void peopleTalkAndChangesAreMerged() throws Exception {
        Browser cleo = Browser.of(hub, "cleo");
        Answer opened = cleo.post(Showcase.MODEL + "/discussions", Map.of("title", "Thanks", "text", "For **this**."));
        assertThat(opened.header("Location")).isEqualTo(Showcase.MODEL + "/discussions/3");
        assertThat(cleo.get(Showcase.MODEL + "/discussions/3").body()).contains("<strong>this</strong>");
        assertThat(cleo.post(Showcase.MODEL + "/discussions/3/comment", Map.of("text", "", "status", "closed"))
                        .status())
                .isEqualTo(303);
        assertThat(cleo.post(Showcase.MODEL + "/discussions/1/comment", Map.of("text", "", "status", "closed"))
                        .status())
                .isEqualTo(403);
        assertThat(cleo.post(Showcase.MODEL + "/discussions/2/merge", Map.of()).status())
                .isEqualTo(403);

        Browser ada = Browser.of(hub, "ada");
        assertThat(ada.get(Showcase.MODEL + "/discussions/2").body())
                .contains("steps: 143000")
                .contains("Merge");
        assertThat(ada.post(Showcase.MODEL + "/discussions/2/merge", Map.of()).status())
                .isEqualTo(303);
        assertThat(ada.get(Showcase.MODEL + "/blob/main/configs/sylva.yml").body())
                .contains("steps: 143000");
        assertThat(ada.get(Showcase.MODEL + "/discussions?status=closed").body())
                .contains("merged");
    }

    @Test
    void filesOfAGatedEntryAreAskedFor() throws Exception {
        Browser ada = Browser.of(hub, "ada");
        ada.post(Showcase.MODEL + "/settings", Map.of("visibility", "public", "gate", "manual"));
        Browser cleo = Browser.of(hub, "cleo");
        assertThat(cleo.get(Showcase.MODEL).body()).contains("Ask for access");
        assertThat(cleo.get(Showcase.MODEL + "/blob/main/rows.csv").status()).isEqualTo(403);
        assertThat(cleo.get(Showcase.MODEL + "/commit/main").body()).doesNotContain("# Notes plain");
        assertThat(cleo.get(Showcase.MODEL + "/access").body()).contains("/ask-access");
        ada.post(Showcase.MODEL + "/settings/requests", Map.of("user", "cleo", "do", "grant"));
        assertThat(cleo.get(Showcase.MODEL + "/blob/main/rows.csv").status()).isEqualTo(200);
    }
}
