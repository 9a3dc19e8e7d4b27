package glasshouse.hub;

import static org.assertj.core.api.Assertions.assertThat;

import glasshouse.hub.web.Guard;
import glasshouse.hub.web.Route;
import glasshouse.hub.web.Surface;
import glasshouse.testkit.cases.Cases;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reference of the API is the table of contents of the server: neither can be without the other. */
class ApiReferenceTest {
    private static final Path PAGE = Path.of(Objects.requireNonNull(System.getProperty("glasshouse.root")))
            .resolve("docs/reference/api.md");

    @TempDir
    Path data;

    @Test
    void theReferenceListsEveryRoute() throws Exception {
        try (Hub hub = Hub.open(HubConfig.inFolder(data, 0), InstantSource.system(), line -> {})) {
            assertThat(hub.routes()).hasSizeGreaterThan(100);
            Cases.expect(PAGE, page(hub.routes()));
        }
    }

    private static String page(List<Route> routes) {
        StringBuilder page = new StringBuilder(
                "# Everything that can be asked\n\n"
                        + "Made from the table of routes by a test. `{entry}` stands for `ns/name` and the same behind `models/`, `datasets/`, `spaces/`\n"
                        + "and `code/`; `{kinds}/{entry}` for `models/ns/name`, `datasets/ns/name`, `spaces/ns/name` and `code/ns/name`; `{path*}` for the\n"
                        + "rest of the address. HEAD is answered wherever GET is. The same list for programs: `/api/glasshouse/v1/openapi.json`.\n"
                        + "*Needs* is what must be allowed before anything is done: see [who may do what](../concepts/access.md).\n");
        section(page, "The Hub's API, and our own", routes, Surface.API);
        section(page, "Files", routes, Surface.FILE);
        section(page, "git", routes, Surface.GIT);
        section(page, "git-lfs", routes, Surface.LFS);
        section(page, "Pages and forms", routes, Surface.PAGE);
        section(page, "For machines that watch", routes, Surface.PLAIN);
        return page.toString();
    }

    private static void section(StringBuilder page, String title, List<Route> routes, Surface surface) {
        page.append("\n## ").append(title).append("\n\n| request | needs | what it is for |\n|---|---|---|\n");
        routes.stream()
                .filter(route -> route.surface() == surface)
                .sorted(Comparator.comparing(Route::pattern).thenComparing(Route::method))
                .forEach(route -> page.append("| ")
                        .append(route.method())
                        .append(" `")
                        .append(route.pattern())
                        .append("` | ")
                        .append(needs(route.guard()))
                        .append(" | ")
                        .append(route.about().replace("|", "\\|"))
                        .append(" |\n"));
    }

    private static String needs(Guard guard) {
        return switch (guard) {
            case Guard.Instance on -> word(on.action());
            case Guard.Namespace on -> word(on.action());
            case Guard.OfEntry on -> word(on.action());
            case Guard.Found found ->
                found.actions().stream().map(ApiReferenceTest::word).sorted().collect(Collectors.joining(" or "));
        };
    }

    private static String word(Enum<?> action) {
        return action.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
