package glasshouse.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glasshouse.core.entry.EntryKind;
import glasshouse.core.entry.RepoName;
import glasshouse.core.entry.Visibility;
import glasshouse.core.problem.Refusal;
import glasshouse.hub.git.Revisions;
import glasshouse.hub.index.Entry;
import glasshouse.hub.index.People.Account;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HubTest {
    @TempDir
    Path data;

    @Test
    void answersOnceItHasStarted() throws Exception {
        try (Hub hub = Hub.open(HubConfig.inFolder(data, 0), InstantSource.system(), line -> {});
                HttpClient http = HttpClient.newHttpClient()) {
            hub.start();
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + hub.port() + "/health"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("{\"status\":\"ok\"}");
            assertThat(answer.headers().firstValue("X-Request-Id")).isPresent();
        }
    }

    @Test
    void refusesAFolderThatAnotherServerHas() throws Exception {
        try (Hub first = Hub.open(HubConfig.inFolder(data, 0), InstantSource.system(), line -> {})) {
            assertThat(first.routes()).isNotEmpty();
            assertThatThrownBy(() -> Hub.open(HubConfig.inFolder(data, 0), InstantSource.system(), line -> {}))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("in use by another process");
        }
    }

    @Test
    void aNewEntryHasAFirstCommitAndIsFoundAgainAfterARestart() throws Exception {
        String id;
        try (Hub hub = Hub.open(HubConfig.inFolder(data, 0), InstantSource.system(), line -> {})) {
            Account ada = hub.parts()
                    .people()
                    .addAccount("ada", "Ada", Optional.empty(), Optional.empty(), false, Instant.now());
            Entry made = hub.parts()
                    .lifecycle()
                    .create(
                            EntryKind.MODEL,
                            new RepoName("ada", "engine"),
                            Visibility.PUBLIC,
                            Optional.empty(),
                            ada,
                            Map.of());
            id = made.id().value();
            var repo = hub.parts().repositories().open(made.id());
            var head = Revisions.require(repo, made, "HEAD");
            var page = hub.parts()
                    .trees()
                    .list(repo, head, "", true, Optional.empty(), 100)
                    .orElseThrow();
            assertThat(page.items()).extracting(item -> item.path()).containsExactly(".gitattributes");
        }
        try (Hub hub = Hub.open(HubConfig.inFolder(data, 0), InstantSource.system(), line -> {})) {
            Entry again = hub.parts()
                    .entries()
                    .find(EntryKind.MODEL, new RepoName("ADA", "Engine"))
                    .orElseThrow();
            assertThat(again.id().value()).isEqualTo(id);
            assertThat(again.name()).hasToString("ada/engine");
        }
    }
}
