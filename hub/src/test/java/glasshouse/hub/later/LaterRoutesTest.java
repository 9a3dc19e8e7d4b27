package glasshouse.hub.later;

import static org.assertj.core.api.Assertions.assertThat;

import glasshouse.core.entry.EntryKind;
import glasshouse.core.entry.Visibility;
import glasshouse.hub.testing.TestHub;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LaterRoutesTest {
    @TempDir
    Path data;

    @Test
    void aClearNoWhereSomethingIsWantedAndAnEmptyListWhereClientsLook() throws Exception {
        try (TestHub hub = TestHub.in(data)) {
            hub.user("ada");
            String ada = hub.token("ada", "write");
            hub.entry(EntryKind.MODEL, "ada/engine", Visibility.PRIVATE, "ada");
            for (String wanted : List.of(
                    "/api/models/ada/engine/xet-write-token/main",
                    "/api/models/ada/engine/xet-read-token/refs%2Fpr%2F1",
                    "/api/models/ada/engine/leaderboard",
                    "/api/models/ada/engine/runtime",
                    "/api/collections/ada/some-1234",
                    "/api/settings/webhooks/1",
                    "/api/buckets/ada/b/tree",
                    "/api/jobs/ada",
                    "/oauth/authorize")) {
                var answer = hub.get(wanted, ada);
                assertThat(answer.status()).as(wanted).isEqualTo(501);
                assertThat(answer.json().path("error").asString())
                        .contains("does not have")
                        .contains("; ");
            }
            assertThat(hub.post("/api/collections", ada, Map.of("title", "x")).status())
                    .isEqualTo(501);
            assertThat(hub.send("DELETE", "/api/models/ada/engine/like", ada, "", "")
                            .status())
                    .isEqualTo(501);
            for (String looked :
                    List.of("/api/collections?owner=ada", "/api/settings/webhooks", "/api/models/ada/engine/likers")) {
                assertThat(hub.get(looked, ada).body()).as(looked).isEqualTo("[]");
            }
            assertThat(hub.send("HEAD", "/api/telemetry/a/b", "", "", "").status())
                    .isEqualTo(204);
            assertThat(hub.get("/api/agent-harnesses", "").status()).isEqualTo(404);
            // What is hidden is hidden here too.
            assertThat(hub.get("/api/models/ada/engine/likers", "").header("X-Error-Code"))
                    .isEqualTo("RepoNotFound");
        }
    }
}
