package glasshouse.hub.job;

import static org.assertj.core.api.Assertions.assertThat;

import glasshouse.core.entry.EntryKind;
import glasshouse.core.entry.Visibility;
import glasshouse.hub.index.Entry;
import glasshouse.hub.testing.TestHub;
import glasshouse.hub.testing.TestHub.Answer;
import glasshouse.hub.web.Route;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Evidence, claims, jobs and the description of the API, as programs get them. */
class FindingRoutesTest {
    private static final String API = "/api/glasshouse/v1";
    private static final String CARD = "---\nlicense: mit\n---\n# Engine\n";

    @TempDir
    Path data;

    private static Entry model(TestHub hub, Visibility visibility) throws Exception {
        return hub.parts()
                .lifecycle()
                .create(
                        EntryKind.MODEL,
                        new glasshouse.core.entry.RepoName("ada", "engine"),
                        visibility,
                        Optional.empty(),
                        hub.parts().people().account("ada").orElseThrow(),
                        Map.of("README.md", Workshop.text(CARD)));
    }

    private static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    @Test
    void evidenceAndClaimsOfARevision() throws Exception {
        try (TestHub hub = TestHub.in(data)) {
            hub.user("ada");
            Entry entry = model(hub, Visibility.PUBLIC);
            hub.parts().background().queue().settle();

            Answer evidence = hub.get(API + "/models/ada/engine/evidence/main", "");
            assertThat(evidence.status()).isEqualTo(200);
            JsonNode json = evidence.json();
            assertThat(json.path("revision").asString())
                    .isEqualTo(hub.parts()
                            .entries()
                            .find(entry.id())
                            .orElseThrow()
                            .head()
                            .revision()
                            .orElseThrow()
                            .value());
            assertThat(json.path("inspection").path("state").asString()).isEqualTo("done");
            assertThat(json.path("inspection").path("digest").asString()).startsWith("sha256:");
            assertThat(list(json.path("evidence")))
                    .isNotEmpty()
                    .allMatch(row -> row.path("digest").asString().startsWith("sha256:"))
                    .anyMatch(
                            row -> row.path("evidence").path("topic").asString().equals("card"));

            JsonNode claims =
                    hub.get(API + "/models/ada/engine/claims/HEAD", "").json();
            assertThat(list(claims.path("statements"))).isNotEmpty();
            assertThat(claims.path("counts").path("contradicted").isNumber()).isTrue();
            assertThat(hub.get(API + "/models/ada/engine/claims/nothing", "").status())
                    .isEqualTo(404);
        }
    }

    @Test
    void whoMayNotSeeTheEntryLearnsNothing() throws Exception {
        try (TestHub hub = TestHub.in(data)) {
            hub.user("ada");
            hub.user("bob");
            model(hub, Visibility.PRIVATE);
            String bob = hub.token("bob", "write");
            for (String what : List.of("evidence/main", "claims/main", "jobs")) {
                assertThat(hub.get(API + "/models/ada/engine/" + what, bob).status())
                        .isEqualTo(404);
                assertThat(hub.get(API + "/models/ada/engine/" + what, "").status())
                        .isEqualTo(401);
            }
        }
    }

    @Test
    void lookingAgainIsForThoseWhoMayWrite() throws Exception {
        try (TestHub hub = TestHub.in(data)) {
            hub.user("ada");
            hub.user("bob");
            model(hub, Visibility.PUBLIC);
            hub.parts().background().queue().settle();
            String look = API + "/models/ada/engine/look/main";
            assertThat(hub.post(look, hub.token("bob", "write"), Map.of()).status())
                    .isEqualTo(403);
            assertThat(hub.post(look, hub.token("ada", "write"), Map.of()).status())
                    .isEqualTo(202);
            hub.parts().background().queue().settle();
            assertThat(list(hub.get(API + "/models/ada/engine/jobs?state=done", "")
                            .json()
                            .path("jobs")))
                    .anyMatch(job -> job.path("work").asString().equals("inspect-revision"));
        }
    }

    @Test
    void allJobsAreForAdministrators() throws Exception {
        try (TestHub hub = TestHub.in(data)) {
            hub.user("ada");
            hub.operator("root");
            model(hub, Visibility.PUBLIC);
            hub.parts().background().queue().settle();
            assertThat(hub.get(API + "/jobs", "").status()).isEqualTo(401);
            assertThat(hub.get(API + "/jobs", hub.token("ada", "write")).status())
                    .isEqualTo(403);
            JsonNode jobs = hub.get(API + "/jobs", hub.token("root", "write")).json();
            assertThat(jobs.path("counts").path("done").asLong()).isPositive();
            assertThat(list(jobs.path("jobs")))
                    .anyMatch(job -> job.path("entry").asString().equals("ada/engine"));
        }
    }

    @Test
    void theDescriptionHasEveryRoute() throws Exception {
        try (TestHub hub = TestHub.in(data)) {
            JsonNode paths = hub.get(API + "/openapi.json", "").json().path("paths");
            for (Route route : hub.hub().routes()) {
                for (Route.Path path : route.paths()) {
                    String name = "/"
                            + String.join("/", path.segments())
                                    .replace("?*}", "}")
                                    .replace("*}", "}");
                    JsonNode operation =
                            paths.path(name).path(route.method().name().toLowerCase(java.util.Locale.ROOT));
                    assertThat(operation.path("summary").asString("")).as(name).isNotEmpty();
                }
            }
            assertThat(hub.get("/metrics", "").body())
                    .contains("glasshouse_jobs_waiting")
                    .contains("glasshouse_entries 0.0");
        }
    }
}
