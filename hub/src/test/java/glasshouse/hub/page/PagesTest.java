package glasshouse.hub.page;

import static org.assertj.core.api.Assertions.assertThat;

import glasshouse.core.entry.EntryKind;
import glasshouse.core.entry.Visibility;
import glasshouse.hub.HubConfig;
import glasshouse.hub.testing.Browser;
import glasshouse.hub.testing.Showcase;
import glasshouse.hub.testing.TestHub;
import glasshouse.hub.testing.TestHub.Answer;
import glasshouse.testkit.cases.Cases;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages as readers get them: their markup, what stands around it, and what must never be in it. */
class PagesTest {
    private static final String MODEL = Showcase.MODEL;

    /** What is held against kept markup, by the name of its case. */
    private static final Map<String, String> GOLDEN = golden();

    private static Map<String, String> golden() {
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("home", "/");
        pages.put("models", "/models");
        pages.put("owner", "/openlab");
        pages.put("found", MODEL);
        pages.put("card", MODEL + "/card");
        pages.put("tree", MODEL + "/tree/main");
        pages.put("text", MODEL + "/blob/main/configs/sylva.yml");
        pages.put("csv", MODEL + "/blob/main/rows.csv");
        pages.put("history", MODEL + "/commits/main");
        pages.put("commit", MODEL + "/commit/main");
        pages.put("checkpoints", MODEL + "/checkpoints");
        pages.put("discussion", MODEL + "/discussions/1");
        pages.put("pull-request", MODEL + "/discussions/2");
        pages.put("login", "/login");
        pages.put("missing", "/models/openlab/nothing");
        return pages;
    }

    @TempDir
    Path data;

    private TestHub hub;

    @BeforeEach
    void start() throws Exception {
        InstantSource clock = InstantSource.fixed(Instant.parse("2026-11-20T12:00:00Z"));
        hub = TestHub.with(HubConfig.inFolder(data, 0), clock);
        Showcase.in(hub, "plain");
    }

    @AfterEach
    void stop() throws Exception {
        hub.close();
    }

    @Test
    void markupIsAsItWasReviewed() throws Exception {
        for (Map.Entry<String, String> page : GOLDEN.entrySet()) {
            Answer answer = Browser.anonymous(hub).get(page.getValue());
            String html = answer.body()
                    .replace(hub.base(), "http://hub.example")
                    .replaceAll("/assets/[0-9a-f]{16}/", "/assets/DIGEST/");
            Cases.expect(
                    Cases.of("Pages", page.getKey()).resolve("expected.html"), html.replaceAll("\\s*\n\\s*", "\n"));
        }
    }

    @Test
    void everyPageIsGuardedAgainstWhatItShows() throws Exception {
        for (String path : GOLDEN.values()) {
            Answer answer = Browser.anonymous(hub).get(path);
            assertThat(answer.header("Content-Security-Policy"))
                    .as(path)
                    .contains("default-src 'none'")
                    .contains("frame-ancestors 'none'")
                    .doesNotContain("unsafe");
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
            assertThat(answer.header("Cache-Control")).contains("private");
            assertThat(answer.body()).as(path).doesNotContain(" style=").doesNotContain("<style");
            assertThat(Pattern.compile("<script(?! src=\"/assets/)")
                            .matcher(answer.body())
                            .find())
                    .as(path + " has no script of its own")
                    .isFalse();
        }
    }

    @Test
    void everyPageIsOneThatReadersCanFindTheirWayIn() throws Exception {
        for (String path : GOLDEN.values()) {
            String html = Browser.anonymous(hub).get(path).body();
            assertThat(html)
                    .as(path)
                    .contains("<html lang=\"en\">")
                    .contains("<main id=\"main\"")
                    .contains("href=\"#main\"");
            assertThat(html.split("<h1[ >]", -1))
                    .as(path + " has one first heading")
                    .hasSize(2);
            assertThat(html.length()).as(path + " is small").isLessThan(45_000);
            Matcher picture = Pattern.compile("<img (?![^>]*alt=)").matcher(html);
            assertThat(picture.find()).as(path + " has a picture without words").isFalse();
        }
    }

    @Test
    void nothingIsLoadedFromElsewhere() throws Exception {
        for (String path : GOLDEN.values()) {
            String html = Browser.anonymous(hub).get(path).body().replace(hub.base(), "");
            assertThat(Pattern.compile("(src|action)=\"(?!/)").matcher(html).find())
                    .as(path)
                    .isFalse();
            assertThat(html).as(path).doesNotContain("huggingface.co");
        }
    }

    @Test
    void assetsAreKeptForGoodAndOnlyUnderTheirDigest() throws Exception {
        String home = Browser.anonymous(hub).get("/").body();
        Matcher style = Pattern.compile("/assets/[0-9a-f]{16}/style\\.css").matcher(home);
        assertThat(style.find()).isTrue();
        Answer answer = Browser.anonymous(hub).get(style.group());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Cache-Control")).contains("immutable");
        assertThat(answer.body().length()).isLessThan(20_000);
        assertThat(Browser.anonymous(hub)
                        .get("/assets/0000000000000000/style.css")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void theHubsAddressesAnswerAndNameOurs() throws Exception {
        for (String path : List.of("/openlab/sylva", "/models/openlab/sylva", "/OPENLAB/Sylva")) {
            assertThat(Browser.anonymous(hub).get(path).body())
                    .as(path)
                    .contains("<link rel=\"canonical\" href=\"" + hub.base() + MODEL + "\">");
        }
        assertThat(Browser.anonymous(hub)
                        .get("/openlab/sylva/tree/main/configs")
                        .body())
                .contains("<link rel=\"canonical\" href=\"" + hub.base() + MODEL + "/tree/main/configs\">");
    }

    @Test
    void noListShowsWhatIsPrivateToThoseWhoMayNotSeeIt() throws Exception {
        hub.user("eve");
        hub.entry(EntryKind.DATASET, "openlab/hidden-grove", Visibility.PRIVATE, "ada");
        for (String path :
                List.of("/", "/datasets", "/search?q=hidden", "/search", "/openlab", "/datasets?owner=openlab")) {
            assertThat(Browser.anonymous(hub).get(path).body()).as(path).doesNotContain("openlab/hidden-grove");
            assertThat(Browser.of(hub, "eve").get(path).body()).as(path).doesNotContain("openlab/hidden-grove");
            assertThat(Browser.of(hub, "bob").get(path).body()).as(path).contains("openlab/hidden-grove");
        }
    }

    @Test
    void aProblemSaysWhatWhyAndItsRequest() throws Exception {
        Answer answer = Browser.anonymous(hub).get("/models/openlab/nothing");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body())
                .contains("no such entry")
                .contains("request-of-a-test")
                .contains("/login");
        assertThat(Browser.anonymous(hub).get(MODEL + "/tree/nowhere").body()).contains("no revision `nowhere`");
        assertThat(Browser.anonymous(hub).get(MODEL + "/blob/main/none.txt").status())
                .isEqualTo(404);
    }

    @Test
    void whoMustSignInIsBroughtBackAfterwards() throws Exception {
        Answer answer = Browser.anonymous(hub).get("/settings/tokens");
        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.header("Location")).isEqualTo("/login?next=%2Fsettings%2Ftokens");
    }
}
