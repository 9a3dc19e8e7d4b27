package glasshouse.hub.commit;

import static org.assertj.core.api.Assertions.assertThat;

import glasshouse.core.entry.EntryKind;
import glasshouse.core.entry.Visibility;
import glasshouse.hub.index.Entry;
import glasshouse.hub.testing.Committing;
import glasshouse.hub.testing.TestHub;
import glasshouse.hub.testing.TestHub.Answer;
import glasshouse.hub.web.Json;
import glasshouse.store.object.Stored;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class PreuploadTest {
    @TempDir
    Path data;

    private TestHub hub;
    private Entry entry;
    private String token;
    private final ObjectNode body = Json.object();

    @BeforeEach
    void open() throws IOException {
        hub = TestHub.in(data);
        hub.user("ada");
        entry = hub.entry(EntryKind.DATASET, "ada/words", Visibility.PUBLIC, "ada");
        token = hub.token("ada", "write");
        body.putArray("files");
    }

    @AfterEach
    void close() throws IOException {
        hub.close();
    }

    private PreuploadTest file(String path, long size, byte[] sample) {
        body.withArray("files")
                .addObject()
                .put("path", path)
                .put("size", size)
                .put("sample", Base64.getEncoder().encodeToString(sample));
        return this;
    }

    private JsonNode ask(String path) throws Exception {
        Answer answer = hub.post("/api/datasets/ada/words/preupload/main", token, body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        for (JsonNode file : answer.json().path("files")) {
            if (file.path("path").asString("").equals(path)) {
                return file;
            }
        }
        throw new AssertionError("no answer for " + path);
    }

    private String mode(String path, long size, String sample) throws Exception {
        file(path, size, sample.getBytes(StandardCharsets.UTF_8));
        return ask(path).path("uploadMode").asString("");
    }

    @Test
    void whatIsLargeBinaryOrNamedByARuleGoesToLfs() throws Exception {
        assertThat(mode("a.txt", 5, "hello")).isEqualTo("regular");
        assertThat(mode("nine.txt", (10 << 20) - 1, "hello")).isEqualTo("regular");
        assertThat(mode("ten.txt", 10 << 20, "hello")).isEqualTo("lfs");
        assertThat(mode("m.safetensors", 5, "hello")).isEqualTo("lfs");
        assertThat(mode("deep/saved_model/x", 5, "hello")).isEqualTo("regular");
        assertThat(mode("saved_model/v1/x.txt", 5, "hello")).isEqualTo("lfs");
        assertThat(mode("nul", 5, "he\0lo")).isEqualTo("lfs");
        file("latin", 3, new byte[] {'a', (byte) 0xe9, 'b'});
        assertThat(ask("latin").path("uploadMode").asString("")).isEqualTo("lfs");
    }

    @Test
    void nothingIsRegularAndASampleMayEndWithinACharacter() throws Exception {
        assertThat(mode("empty.safetensors", 0, "")).isEqualTo("regular");
        byte[] cut = "é".getBytes(StandardCharsets.UTF_8);
        file("cut.txt", 1000, new byte[] {'a', cut[0]});
        assertThat(ask("cut.txt").path("uploadMode").asString("")).isEqualTo("regular");
        file("whole.txt", 2, new byte[] {'a', cut[0]});
        assertThat(ask("whole.txt").path("uploadMode").asString("")).isEqualTo("lfs");
    }

    @Test
    void rulesOfFoldersAndThoseThatAreSentCount() throws Exception {
        Committing.titled("rules")
                .file("raw/.gitattributes", "*.dat filter=lfs\n/keep/*.dat -filter\n")
                .file(".gitattributes", "[attr]big filter=lfs -text\n*.huge big\n*.dat -filter\n")
                .send(hub, entry, token);
        assertThat(mode("x.dat", 5, "hello")).isEqualTo("regular");
        assertThat(mode("raw/sub/x.dat", 5, "hello")).isEqualTo("lfs");
        assertThat(mode("raw/keep/x.dat", 5, "hello")).isEqualTo("regular");
        assertThat(mode("x.huge", 5, "hello")).isEqualTo("lfs");
        body.put("gitAttributes", "*.txt filter=lfs\n");
        assertThat(mode("now.txt", 5, "hello")).isEqualTo("lfs");
        assertThat(mode("y.huge", 5, "hello")).isEqualTo("regular");
    }

    @Test
    void whatIsThereIsNamedAsTheClientComparesIt() throws Exception {
        Stored object = Committing.upload(hub, entry, "weights".getBytes(StandardCharsets.UTF_8));
        Committing.titled("first")
                .file("a.txt", "hello")
                .large("m.safetensors", object)
                .send(hub, entry, token);
        file("a.txt", 5, "hello".getBytes(StandardCharsets.UTF_8));
        file("m.safetensors", 7, "weights".getBytes(StandardCharsets.UTF_8));
        file("new.txt", 5, "hello".getBytes(StandardCharsets.UTF_8));
        assertThat(ask("a.txt").path("oid").asString("")).isEqualTo("b6fc4c620b67d95f953a5c1c1230aaab5db5a1b0");
        assertThat(ask("m.safetensors").path("oid").asString(""))
                .isEqualTo(object.sha256().hex());
        assertThat(ask("new.txt").has("oid")).isFalse();
    }

    @Test
    void ignoresByTheRulesThatAreSentElseByThoseOfTheBranch() throws Exception {
        Committing.titled("ignore")
                .file(".gitignore", "nested/*\n*.tmp\n!keep.tmp\n")
                .send(hub, entry, token);
        file("nested/file.bin", 1, new byte[] {'a'})
                .file("x.tmp", 1, new byte[] {'a'})
                .file("keep.tmp", 1, new byte[] {'a'});
        assertThat(ask("nested/file.bin").path("shouldIgnore").asBoolean()).isTrue();
        assertThat(ask("x.tmp").path("shouldIgnore").asBoolean()).isTrue();
        assertThat(ask("keep.tmp").path("shouldIgnore").asBoolean()).isFalse();
        body.put("gitIgnore", "keep*\nbuild/\n");
        file("build/out/a.txt", 1, new byte[] {'a'});
        assertThat(ask("x.tmp").path("shouldIgnore").asBoolean()).isFalse();
        assertThat(ask("keep.tmp").path("shouldIgnore").asBoolean()).isTrue();
        assertThat(ask("build/out/a.txt").path("shouldIgnore").asBoolean()).isTrue();
    }

    @Test
    @Timeout(30)
    void rulesThatAreMadeToTakeLongDoNot() throws Exception {
        String endless = "*a".repeat(40) + "*b";
        body.put("gitIgnore", endless + "\n").put("gitAttributes", endless + " filter=lfs\n");
        file("a".repeat(250), 5, "hello".getBytes(StandardCharsets.UTF_8));
        assertThat(ask("a".repeat(250)).path("shouldIgnore").asBoolean()).isFalse();
        body.put("gitIgnore", "#".repeat((1 << 20) + 1));
        Answer refused = hub.post("/api/datasets/ada/words/preupload/main", token, body);
        assertThat(refused.status()).isEqualTo(413);
        assertThat(refused.body()).contains("`gitIgnore` has more than");
    }

    @Test
    void cardsAreAnsweredInJsonWhateverIsWrong() throws Exception {
        Answer good = validate("---\nlicense: mit\n---\n# Hi");
        assertThat(good.status()).isEqualTo(200);
        assertThat(good.json().path("errors")).isEmpty();
        assertThat(good.json().path("warnings")).isEmpty();
        Answer bare = validate("# Hi");
        assertThat(bare.status()).isEqualTo(200);
        assertThat(bare.json().path("warnings")).isNotEmpty();
        Answer bad = validate("---\nlicense: [mit\n---\n# Hi");
        assertThat(bad.status()).isEqualTo(400);
        assertThat(bad.json().path("errors").get(0).path("message").asString(""))
                .contains("line");
        Answer broken = hub.send("POST", "/api/validate-yaml", "", "application/json", "{");
        assertThat(broken.status()).isEqualTo(400);
        assertThat(broken.json().isObject()).isTrue();
    }

    private Answer validate(String card) throws Exception {
        return hub.post(
                "/api/validate-yaml", "", Json.object().put("content", card).put("repoType", "model"));
    }
}
