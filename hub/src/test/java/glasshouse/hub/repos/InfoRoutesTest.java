package glasshouse.hub.repos;

import static org.assertj.core.api.Assertions.assertThat;

import glasshouse.core.entry.EntryKind;
import glasshouse.core.entry.RepoName;
import glasshouse.core.entry.Visibility;
import glasshouse.hub.index.Entry;
import glasshouse.hub.testing.TestHub;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class InfoRoutesTest {
    private static final String CARD = """
            ---
            license: apache-2.0
            language: [en, de]
            library_name: transformers
            pipeline_tag: text-generation
            datasets: lab/words
            base_model: lab/base
            ---
            # Engine
            """;
    private static final String POINTER =
            "version https://git-lfs.github.com/spec/v1\noid sha256:" + "a".repeat(64) + "\nsize 12345\n";

    @TempDir
    Path data;

    private static Entry make(TestHub hub) throws Exception {
        return hub.parts()
                .lifecycle()
                .create(
                        EntryKind.MODEL,
                        new RepoName("ada", "engine"),
                        Visibility.PUBLIC,
                        Optional.empty(),
                        hub.parts().people().account("ada").orElseThrow(),
                        Map.of(
                                "README.md", CARD.getBytes(StandardCharsets.UTF_8),
                                "weights/model.safetensors", POINTER.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void tellsWhatClientsReadRightAfterAPush() throws Exception {
        try (TestHub hub = TestHub.in(data)) {
            hub.user("ada");
            make(hub);
            JsonNode info = hub.get("/api/models/ada/engine", "").json();
            assertThat(info.path("id").asString()).isEqualTo("ada/engine");
            assertThat(info.path("modelId").asString()).isEqualTo("ada/engine");
            assertThat(info.path("author").asString()).isEqualTo("ada");
            assertThat(info.path("sha").asString()).matches("[0-9a-f]{40}");
            assertThat(info.path("private").asBoolean(true)).isFalse();
            assertThat(info.path("gated").asBoolean(true)).isFalse();
            assertThat(info.path("disabled").asBoolean(true)).isFalse();
            assertThat(info.path("lastModified").asString())
                    .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
            assertThat(info.path("pipeline_tag").asString()).isEqualTo("text-generation");
            assertThat(info.path("library_name").asString()).isEqualTo("transformers");
            assertThat(info.path("tags").valueStream().map(JsonNode::asString))
                    .contains("license:apache-2.0", "en", "de", "dataset:lab/words", "base_model:lab/base");
            assertThat(info.path("cardData").path("license").asString()).isEqualTo("apache-2.0");
            assertThat(info.path("siblings").toString())
                    .isEqualTo("[{\"rfilename\":\".gitattributes\"},{\"rfilename\":\"README.md\"},"
                            + "{\"rfilename\":\"weights/model.safetensors\"}]");
            assertThat(info.has("securityRepoStatus")).isFalse();

            String sha = info.path("sha").asString();
            for (String word : new String[] {"main", "HEAD", sha, sha.substring(0, 8), "refs%2Fheads%2Fmain"}) {
                assertThat(hub.get("/api/models/ada/engine/revision/" + word, "")
                                .json()
                                .path("sha")
                                .asString())
                        .as(word)
                        .isEqualTo(sha);
            }
            var absent = hub.get("/api/models/ada/engine/revision/v9", "");
            assertThat(absent.status()).isEqualTo(404);
            assertThat(absent.header("X-Error-Code")).isEqualTo("RevisionNotFound");
        }
    }

    @Test
    void largeFilesAreDescribedByTheirContent() throws Exception {
        try (TestHub hub = TestHub.in(data)) {
            hub.user("ada");
            make(hub);
            JsonNode siblings = hub.get("/api/models/ada/engine?blobs=true&securityStatus=true", "")
                    .json()
                    .path("siblings");
            JsonNode large = siblings.get(2);
            assertThat(large.path("size").asLong()).isEqualTo(12345);
            assertThat(large.path("blobId").asString()).matches("[0-9a-f]{40}");
            assertThat(large.path("lfs").toString())
                    .isEqualTo("{\"sha256\":\"" + "a".repeat(64) + "\",\"size\":12345,\"pointerSize\":"
                            + POINTER.length() + "}");
            assertThat(siblings.get(1).has("lfs")).isFalse();
        }
    }

    @Test
    void expandShowsTheFieldsThatWereAskedForAlone() throws Exception {
        try (TestHub hub = TestHub.in(data)) {
            hub.user("ada");
            make(hub);
            JsonNode some = hub.get("/api/models/ada/engine?expand%5B%5D=likes&expand%5B%5D=baseModels", "")
                    .json();
            assertThat(some.propertyNames()).containsExactlyInAnyOrder("_id", "id", "modelId", "likes", "baseModels");
            var wrong = hub.get("/api/models/ada/engine?expand=sdk", "");
            assertThat(wrong.status()).isEqualTo(400);
            assertThat(wrong.json().path("error").asString()).contains("`sdk`").contains("safetensors");
        }
    }

    @Test
    void anEntryWithoutACommitIsThereAndEmpty() throws Exception {
        try (TestHub hub = TestHub.in(data)) {
            var ada = hub.user("ada");
            Entry made = make(hub);
            Entry bare = new Entry(
                    new glasshouse.core.entry.EntryId("0123456789abcdef01234567"),
                    EntryKind.DATASET,
                    new RepoName("ada", "bare"),
                    Visibility.PUBLIC,
                    made.gate(),
                    "main",
                    Optional.empty(),
                    ada.id(),
                    made.createdAt(),
                    Entry.Head.unknown(made.createdAt()));
            hub.parts().repositories().create(bare);
            hub.parts().entries().put(bare);
            JsonNode info = hub.get("/api/datasets/ada/bare?blobs=true", "").json();
            assertThat(info.has("sha")).isFalse();
            assertThat(info.path("siblings").size()).isZero();
        }
    }
}
