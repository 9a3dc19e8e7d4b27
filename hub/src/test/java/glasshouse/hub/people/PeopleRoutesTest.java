package glasshouse.hub.people;

import static org.assertj.core.api.Assertions.assertThat;

import glasshouse.core.access.Role;
import glasshouse.core.entry.EntryKind;
import glasshouse.core.entry.Visibility;
import glasshouse.hub.testing.TestHub;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class PeopleRoutesTest {
    @TempDir
    Path data;

    private TestHub hub;

    @BeforeEach
    void start() throws Exception {
        hub = TestHub.in(data);
        hub.parts()
                .people()
                .addAccount("ada", "Ada L.", Optional.of("ada@example.org"), Optional.empty(), false, Instant.now());
        hub.user("bob");
        hub.organisation("lab", Map.of("ada", Role.ADMIN, "bob", Role.READ));
        hub.entry(EntryKind.MODEL, "ada/engine", Visibility.PUBLIC, "ada");
        hub.entry(EntryKind.MODEL, "ada/secret", Visibility.PRIVATE, "ada");
        hub.entry(EntryKind.DATASET, "lab/words", Visibility.PRIVATE, "ada");
    }

    @AfterEach
    void stop() throws Exception {
        hub.close();
    }

    @Test
    void whoAmISaysWhoAndWithWhat() throws Exception {
        JsonNode me = hub.get("/api/whoami-v2", hub.token("ada", "write")).json();
        assertThat(me.path("type").asString()).isEqualTo("user");
        assertThat(me.path("name").asString()).isEqualTo("ada");
        assertThat(me.path("fullname").asString()).isEqualTo("Ada L.");
        assertThat(me.path("email").asString()).isEqualTo("ada@example.org");
        assertThat(me.path("orgs").get(0).path("name").asString()).isEqualTo("lab");
        assertThat(me.path("orgs").get(0).path("roleInOrg").asString()).isEqualTo("admin");
        assertThat(me.path("auth").path("type").asString()).isEqualTo("access_token");
        assertThat(me.path("auth").path("accessToken").path("role").asString()).isEqualTo("write");
        assertThat(me.path("auth").path("accessToken").path("createdAt").asString())
                .endsWith("Z");

        JsonNode fine = hub.get("/api/whoami-v2", hub.token("bob", "fine-grained", Map.of("x", true)))
                .json()
                .path("auth")
                .path("accessToken");
        assertThat(fine.path("role").asString()).isEqualTo("fineGrained");
        assertThat(fine.path("fineGrained").path("scoped").size()).isEqualTo(1);
    }

    @Test
    void whoAmINeedsATokenThatIsGood() throws Exception {
        for (String token : new String[] {"", "hf_wrong"}) {
            var answer = hub.get("/api/whoami-v2", token);
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.json().path("error").asString()).isNotEmpty();
        }
    }

    @Test
    void profilesCountWhatTheReaderMaySeeAndKeepAddressesToThemselves() throws Exception {
        var seen = hub.get("/api/users/Ada/overview", "");
        assertThat(seen.json().path("user").asString()).isEqualTo("ada");
        assertThat(seen.json().path("numModels").asInt()).isEqualTo(1);
        assertThat(seen.json().path("orgs").get(0).path("name").asString()).isEqualTo("lab");
        assertThat(seen.body()).doesNotContain("example.org");
        assertThat(hub.get("/api/users/ada/overview", hub.token("ada", "read"))
                        .json()
                        .path("numModels")
                        .asInt())
                .isEqualTo(2);
        assertThat(hub.get("/api/organizations/lab/overview", "")
                        .json()
                        .path("numDatasets")
                        .asInt())
                .isZero();
        JsonNode organisation = hub.get("/api/organizations/lab/overview", hub.token("bob", "read"))
                .json();
        assertThat(organisation.path("numDatasets").asInt()).isEqualTo(1);
        assertThat(organisation.path("numUsers").asInt()).isEqualTo(2);
        assertThat(hub.get("/api/users/lab/overview", "").status()).isEqualTo(404);
        assertThat(hub.get("/api/organizations/ada/overview", "").status()).isEqualTo(404);
        assertThat(hub.get("/api/users/nobody/likes", "").status()).isEqualTo(404);
        assertThat(hub.get("/api/users/ada/likes", "").body()).isEqualTo("[]");
    }

    @Test
    void membersAreListedPageByPage() throws Exception {
        var first = hub.get("/api/organizations/lab/members?limit=1", "");
        assertThat(first.json().get(0).path("user").asString()).isEqualTo("ada");
        assertThat(first.json().get(0).path("fullname").asString()).isEqualTo("Ada L.");
        assertThat(first.header("Link"))
                .startsWith("<" + hub.base() + "/api/organizations/lab/members?limit=1&cursor=1>");
        var second = hub.get("/api/organizations/lab/members?limit=1&cursor=1", "");
        assertThat(second.json().get(0).path("user").asString()).isEqualTo("bob");
        assertThat(second.header("Link")).isEmpty();
    }

    @Test
    void storageIsListedForOnesOwnAndForOrganisations() throws Exception {
        String ada = hub.token("ada", "read");
        var own = hub.get("/api/settings/repositories?limit=1", ada);
        assertThat(own.json().get(0).path("id").asString()).isEqualTo("ada/secret");
        assertThat(own.json().get(0).path("visibility").asString()).isEqualTo("private");
        assertThat(own.header("Link")).contains("cursor=");
        assertThat(hub.get("/api/organizations/lab/settings/repositories", ada)
                        .json()
                        .get(0)
                        .path("type")
                        .asString())
                .isEqualTo("dataset");
        hub.user("eve");
        assertThat(hub.get("/api/organizations/lab/settings/repositories", hub.token("eve", "read"))
                        .body())
                .isEqualTo("[]");
        assertThat(hub.get("/api/settings/repositories", "").status()).isEqualTo(401);
    }
}
