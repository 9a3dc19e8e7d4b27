package glasshouse.hub.page;

import static org.assertj.core.api.Assertions.assertThat;

import glasshouse.hub.testing.Browser;
import glasshouse.hub.testing.Showcase;
import glasshouse.hub.testing.TestHub;
import glasshouse.hub.testing.TestHub.Answer;
import glasshouse.hub.web.Address;
import glasshouse.hub.web.Method;
import glasshouse.hub.web.Route;
import glasshouse.hub.web.Surface;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever people write, wherever they write it, no page takes it for markup. The pages come from the table of routes, so that a new one
 * is looked at from its first day; the words stand in the card, in rows, in JSON, in names of files, commits, titles and comments, in
 * names of people, in the address and in what was searched for.
 */
class EscapingTest {
    private static final String EVIL = "\"'><qx onclick=alert(1)><script>qx()</script>${7*7}";

    @TempDir
    Path data;

    @Test
    void nothingThatPeopleWriteIsMarkup() throws Exception {
        try (TestHub hub = TestHub.in(data)) {
            Showcase showcase = Showcase.in(hub, EVIL);
            var ada = hub.parts().people().account("ada").orElseThrow();
            String file = "evil " + EVIL.replace("/", "") + ".txt";
            showcase.commit(ada, "refs/heads/main", file, EVIL, "A name " + EVIL);
            hub.parts().people().setProfile(ada.id(), EVIL, Optional.of("a@example.org"));
            hub.parts().background().queue().settle();
            Browser browser = Browser.of(hub, "ada");
            browser.post("/settings/tokens", Map.of("name", EVIL, "role", "read"));
            List<String> seen = new ArrayList<>();
            for (Route route : hub.hub().routes()) {
                if (route.surface() == Surface.PAGE && route.method() == Method.GET) {
                    for (String address : addresses(route, file)) {
                        Answer answer = browser.get(address);
                        assertThat(answer.status()).as(address).isLessThan(500);
                        assertThat(answer.body())
                                .as(address)
                                .doesNotContain("<qx")
                                .doesNotContain("<script>qx");
                        seen.add(answer.body());
                    }
                }
            }
            assertThat(String.join("", seen)).as("the words were on some pages").contains("&lt;qx onclick");
            assertThat(String.join("", seen)).doesNotContain(">49<");
        }
    }

    @Test
    void whatIsFilledInComesBackAsText() throws Exception {
        try (TestHub hub = TestHub.in(data)) {
            Showcase.in(hub, "plain");
            Browser browser = Browser.of(hub, "ada");
            Browser nobody = Browser.anonymous(hub);
            Map<String, String> form = Map.of(
                    "name",
                    EVIL,
                    "owner",
                    "ada",
                    "title",
                    EVIL.repeat(10),
                    "text",
                    EVIL,
                    "licence",
                    EVIL,
                    "next",
                    EVIL,
                    "kind",
                    "models");
            for (Answer answer : List.of(
                    nobody.post("/login", form),
                    nobody.post("/join", form),
                    browser.post("/new", form),
                    browser.post(Showcase.MODEL + "/discussions", form),
                    browser.post("/settings/organisations/openlab/members", form),
                    browser.post("/admin/users", form))) {
                assertThat(answer.status()).isBetween(400, 499);
                assertThat(answer.body()).doesNotContain("<qx").doesNotContain("<script>qx");
            }
        }
    }

    private static List<String> addresses(Route route, String file) {
        List<String> addresses = new ArrayList<>();
        for (Route.Path path : route.paths()) {
            for (String rest :
                    List.of("README.md", file, "configs/sylva.yml", "rows.csv", "config.json", "notes", "")) {
                StringBuilder address = new StringBuilder();
                for (String segment : path.segments()) {
                    String value = switch (segment) {
                        case "{ns}" ->
                            route.guard().hasEntry() || path.segments().size() > 1 ? "openlab" : "ada";
                        case "{name}" -> "sylva";
                        case "{rev}", "{sha}" -> "main";
                        case "{num}" -> "2";
                        case "{path*}", "{path?*}" -> Address.encodePath(rest);
                        default -> segment;
                    };
                    address.append('/').append(value);
                }
                String evil = Address.encodeSegment(EVIL);
                addresses.add(address + "?q=" + evil + "&owner=" + evil + "&licence=" + evil + "&next=" + evil
                        + "&done=" + evil + "&link=" + evil);
                addresses.add(address.toString().isEmpty() ? "/" : address.toString());
                if (!route.pattern().contains("*}")) {
                    break;
                }
            }
        }
        return addresses;
    }
}
