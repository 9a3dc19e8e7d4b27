package glasshouse.hub.commit;

import static org.assertj.core.api.Assertions.assertThat;

import glasshouse.core.entry.EntryKind;
import glasshouse.core.entry.Visibility;
import glasshouse.hub.HubConfig;
import glasshouse.hub.git.LfsPointer;
import glasshouse.hub.git.Revisions;
import glasshouse.hub.index.Entry;
import glasshouse.hub.server.ServerConfig;
import glasshouse.hub.testing.Committing;
import glasshouse.hub.testing.TestHub;
import glasshouse.hub.testing.TestHub.Answer;
import glasshouse.hub.web.Json;
import glasshouse.store.object.Stored;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommitTest {
    @TempDir
    Path data;

    private TestHub hub;
    private Entry entry;
    private String token;

    @BeforeEach
    void open() throws IOException {
        hub = TestHub.in(data);
        hub.user("ada");
        hub.user("bob");
        entry = hub.entry(EntryKind.MODEL, "ada/engine", Visibility.PUBLIC, "ada");
        token = hub.token("ada", "write");
    }

    @AfterEach
    void close() throws IOException {
        hub.close();
    }

    private String get(String path) throws Exception {
        return hub.get("/ada/engine/resolve/main/" + path, token).body();
    }

    private String head() throws IOException {
        var repo = hub.parts().repositories().open(entry.id());
        return Revisions.require(repo, entry, "main").value();
    }

    @Test
    void filesOfACommitAreThereAndItsLinksLeadToTheHostThatWasUsed() throws Exception {
        Answer answer = Committing.titled("first")
                .file("README.md", "# Engine")
                .file("deep/er/a b.txt", "x")
                .send(hub, entry, token);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().path("commitOid").asString("")).isEqualTo(head());
        assertThat(answer.json().path("commitUrl").asString("")).isEqualTo(hub.base() + "/ada/engine/commit/" + head());
        assertThat(answer.json().path("success").asBoolean()).isTrue();
        assertThat(get("README.md")).isEqualTo("# Engine");
        assertThat(get("deep/er/a%20b.txt")).isEqualTo("x");
    }

    @Test
    void aCommitThatChangesNothingIsTheHead() throws Exception {
        Committing.titled("first").file("a.txt", "1").send(hub, entry, token);
        String before = head();
        Answer again = Committing.titled("again").file("a.txt", "1").send(hub, entry, token);
        assertThat(again.json().path("commitOid").asString("")).isEqualTo(before);
        assertThat(head()).isEqualTo(before);
    }

    @Test
    void aStaleParentIsRefusedInTheWordsThatClientsLookFor() throws Exception {
        String old = head();
        Committing.titled("first").file("a.txt", "1").send(hub, entry, token);
        Answer stale = Committing.onto(old, "late").file("a.txt", "2").send(hub, entry, token);
        assertThat(stale.status()).isEqualTo(412);
        assertThat(stale.json().path("error").asString("")).contains("A commit has happened since");
        assertThat(get("a.txt")).isEqualTo("1");

        Answer brief = Committing.onto(head().substring(0, 7), "now")
                .file("a.txt", "3")
                .send(hub, entry, token);
        assertThat(brief.status()).as(brief.body()).isEqualTo(200);
    }

    @Test
    void ofTwoCommitsAtOnceOneWinsAndTheOtherIsStaleOnlyIfItNamedItsParent() throws Exception {
        String parent = head();
        try (var pool = Executors.newFixedThreadPool(4)) {
            Future<Answer> one = pool.submit(
                    () -> Committing.onto(parent, "one").file("one.txt", "1").send(hub, entry, token));
            Future<Answer> two = pool.submit(
                    () -> Committing.onto(parent, "two").file("two.txt", "2").send(hub, entry, token));
            assertThat(List.of(one.get().status(), two.get().status())).containsExactlyInAnyOrder(200, 412);

            Future<Answer> three = pool.submit(
                    () -> Committing.titled("three").file("three.txt", "3").send(hub, entry, token));
            Future<Answer> four = pool.submit(
                    () -> Committing.titled("four").file("four.txt", "4").send(hub, entry, token));
            assertThat(three.get().status()).isEqualTo(200);
            assertThat(four.get().status()).isEqualTo(200);
        }
        assertThat(get("three.txt") + get("four.txt")).isEqualTo("34");
    }

    @Test
    void largeFilesAreCommittedByTheObjectsThatTheEntryHolds() throws Exception {
        Stored object = Committing.upload(hub, entry, "weights".getBytes(StandardCharsets.UTF_8));
        Answer answer =
                Committing.titled("weights").large("model.safetensors", object).send(hub, entry, token);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(get("model.safetensors")).isEqualTo("weights");

        // A copy has no size.
        Answer copy = Committing.titled("copy")
                .line(
                        "lfsFile",
                        Json.object()
                                .put("path", "copy.safetensors")
                                .put("algo", "sha256")
                                .put("oid", object.sha256().hex()))
                .send(hub, entry, token);
        assertThat(copy.status()).as(copy.body()).isEqualTo(200);
        assertThat(get("copy.safetensors")).isEqualTo("weights");
    }

    @Test
    void anObjectOfAnotherEntryCannotBeTakenByItsDigest() throws Exception {
        Entry other = hub.entry(EntryKind.MODEL, "bob/secret", Visibility.PRIVATE, "bob");
        Stored object = Committing.upload(hub, other, "secret".getBytes(StandardCharsets.UTF_8));

        Answer direct = Committing.titled("mine").large("model.bin", object).send(hub, entry, token);
        assertThat(direct.status()).isEqualTo(400);
        assertThat(direct.body()).contains("was not uploaded to this entry");

        byte[] pointer = new LfsPointer(
                        glasshouse.core.entry.Digest.sha256(object.sha256().hex()), object.sizeBytes())
                .bytes();
        Answer disguised = Committing.titled("mine").file("notes.txt", pointer).send(hub, entry, token);
        assertThat(disguised.status()).isEqualTo(400);
    }

    @Test
    void aLargeFileOfAnotherSizeThanWasUploadedIsRefused() throws Exception {
        Stored object = Committing.upload(hub, entry, "weights".getBytes(StandardCharsets.UTF_8));
        Answer answer = Committing.titled("weights")
                .line(
                        "lfsFile",
                        Json.object()
                                .put("path", "model.bin")
                                .put("algo", "sha256")
                                .put("oid", object.sha256().hex())
                                .put("size", 99))
                .send(hub, entry, token);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("has 7 bytes, not 99");
    }

    @Test
    void aLargeFileThatNoRuleNamesGetsALineInGitattributes() throws Exception {
        Stored object = Committing.upload(hub, entry, "w".getBytes(StandardCharsets.UTF_8));
        Committing.titled("odd")
                .large("my data/odd[1].weird", object)
                .large("x.safetensors", object)
                .send(hub, entry, token);
        assertThat(get(".gitattributes"))
                .endsWith("my[[:space:]]data/odd\\[1\\].weird filter=lfs diff=lfs merge=lfs -text\n")
                .doesNotContain("x.safetensors");
        // Now there is a rule: it is not added again.
        String before = get(".gitattributes");
        Committing.titled("again")
                .large("my data/odd[1].weird", Committing.upload(hub, entry, new byte[5]))
                .send(hub, entry, token);
        assertThat(get(".gitattributes")).isEqualTo(before);
    }

    @Test
    void deletesFilesAndFoldersAndSaysWhatIsNotThere() throws Exception {
        Committing.titled("first")
                .file("a/1.txt", "1")
                .file("a/2.txt", "2")
                .file("b/1.txt", "1")
                .file("c.txt", "c")
                .send(hub, entry, token);
        Answer gone = Committing.titled("gone")
                .delete("a/1.txt")
                .line("deletedFolder", Json.object().put("path", "b/"))
                .send(hub, entry, token);
        assertThat(gone.status()).as(gone.body()).isEqualTo(200);
        assertThat(hub.get("/ada/engine/resolve/main/a/1.txt", token).status()).isEqualTo(404);
        assertThat(hub.get("/ada/engine/resolve/main/b/1.txt", token).status()).isEqualTo(404);
        assertThat(get("a/2.txt")).isEqualTo("2");

        // Clients that do not know better delete a folder as if it were a file.
        assertThat(Committing.titled("a").delete("a").send(hub, entry, token).status())
                .isEqualTo(200);
        assertThat(hub.get("/ada/engine/resolve/main/a/2.txt", token).status()).isEqualTo(404);

        Answer missing = Committing.titled("no").delete("nowhere.txt").send(hub, entry, token);
        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.header("X-Error-Code")).isEqualTo("EntryNotFound");
        assertThat(missing.body()).contains("A file with this name doesn't exist");
    }

    @Test
    void aLargeFileThatIsNotHeldGetsNoOtherName() throws Exception {
        Stored object = Committing.upload(hub, entry, "large content".getBytes(StandardCharsets.UTF_8));
        Committing.titled("large").large("a.bin", object).send(hub, entry, token);
        hub.parts().held().release(entry.id(), Set.of(object.sha256().hex()));
        Answer renamed = Committing.titled("rename")
                .line("file", Json.object().put("path", "b.bin").put("oldPath", "a.bin"))
                .send(hub, entry, token);
        assertThat(renamed.status()).as(renamed.body()).isEqualTo(400);
        assertThat(renamed.body()).contains(object.sha256().hex());
    }

    @Test
    void aRenameKeepsTheContent() throws Exception {
        Committing.titled("first").file("old.txt", "text").send(hub, entry, token);
        Answer renamed = Committing.titled("rename")
                .line("file", Json.object().put("path", "new/place.txt").put("oldPath", "old.txt"))
                .send(hub, entry, token);
        assertThat(renamed.status()).as(renamed.body()).isEqualTo(200);
        assertThat(get("new/place.txt")).isEqualTo("text");
        assertThat(hub.get("/ada/engine/resolve/main/old.txt", token).status()).isEqualTo(404);
    }

    @Test
    void oneJsonObjectIsACommitToo() throws Exception {
        Answer answer = hub.post(
                "/api/models/ada/engine/commit/main",
                token,
                Json.mapper()
                        .readTree("{\"summary\":\"s\",\"files\":[{\"path\":\"plain.txt\",\"content\":\"hé\"},"
                                + "{\"path\":\"b.txt\",\"content\":\"aGk=\",\"encoding\":\"base64\"}]}"));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(get("plain.txt") + get("b.txt")).isEqualTo("héhi");
    }

    @Test
    void commitsGoToBranchesOnly() throws Exception {
        Answer unknown = Committing.titled("x").file("a", "1").send(hub, entry, token, "nowhere");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.header("X-Error-Code")).isEqualTo("RevisionNotFound");
        Answer sha = Committing.titled("x").file("a", "1").send(hub, entry, token, head());
        assertThat(sha.status()).isEqualTo(404);
        assertThat(sha.header("X-Error-Code")).isEqualTo("RevisionNotFound");
        assertThat(Committing.titled("x")
                        .file("a", "1")
                        .send(hub, entry, token, "HEAD")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void badInputLeavesNothingBehind() throws Exception {
        String before = head();
        for (String path : List.of("../up", "a/../b", ".git/config", "a//b", "/abs", "a\\b", "x/.GIT/y", "nul\0", "")) {
            Answer answer = Committing.titled("bad")
                    .file("fine.txt", "1")
                    .file(path, "1")
                    .send(hub, entry, token);
            assertThat(answer.status()).as(path).isEqualTo(400);
        }
        for (String body : List.of(
                "",
                "{}",
                "not json",
                "{\"key\":\"file\",\"value\":{\"path\":\"a\",\"content\":\"aa\",\"encoding\":\"base64\"}}",
                "{\"key\":\"header\",\"value\":{\"summary\":\"s\"}}\n{\"key\":\"file\",\"value\":{\"path\":\"a\",\"content\":\"!!\",\"encoding\":\"base64\"}}",
                "{\"key\":\"header\",\"value\":{\"summary\":\"s\"}}\n{\"key\":\"magic\",\"value\":{}}",
                "{\"key\":\"header\",\"value\":{\"summary\":\"s\"}}\n{\"key\":\"file\",\"value\":{\"path\":\"a\"",
                "{\"key\":\"header\",\"value\":{\"summary\":\"\"}}")) {
            Answer answer = hub.send("POST", "/api/models/ada/engine/commit/main", token, "application/x-ndjson", body);
            assertThat(answer.status()).as(body).isEqualTo(400);
        }
        assertThat(head()).isEqualTo(before);
        Path folder = hub.parts().repositories().folder(entry.id());
        try (var files = Files.walk(folder)) {
            assertThat(files.filter(file -> file.getFileName().toString().startsWith("insert_")))
                    .isEmpty();
        }
        try (var files = Files.list(data.resolve("tmp"))) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void namesThatDifferByCaseAloneAreRefused() throws Exception {
        Committing.titled("first")
                .file("README.md", "1")
                .file("data/a.txt", "1")
                .send(hub, entry, token);
        Answer file = Committing.titled("x").file("readme.md", "2").send(hub, entry, token);
        assertThat(file.status()).isEqualTo(400);
        assertThat(file.body()).contains("differ by case alone");
        assertThat(Committing.titled("x")
                        .file("Data/b.txt", "2")
                        .send(hub, entry, token)
                        .status())
                .isEqualTo(400);
        assertThat(Committing.titled("x")
                        .file("n/A", "2")
                        .file("n/a", "2")
                        .send(hub, entry, token)
                        .status())
                .isEqualTo(400);
        Answer renamed = Committing.titled("x")
                .delete("README.md")
                .file("readme.md", "2")
                .send(hub, entry, token);
        assertThat(renamed.status()).as(renamed.body()).isEqualTo(200);
    }

    @Test
    void aFolderIsNotReplacedByAFileUnlessItIsDeleted() throws Exception {
        Committing.titled("first").file("a/b", "1").send(hub, entry, token);
        assertThat(Committing.titled("x").file("a", "1").send(hub, entry, token).status())
                .isEqualTo(400);
        assertThat(Committing.titled("x")
                        .file("a/b/c", "1")
                        .send(hub, entry, token)
                        .status())
                .isEqualTo(400);
        assertThat(get("a/b")).isEqualTo("1");
        Answer wanted = Committing.titled("x")
                .line("deletedFolder", Json.object().put("path", "a"))
                .file("a", "2")
                .send(hub, entry, token);
        assertThat(wanted.status()).as(wanted.body()).isEqualTo(200);
        assertThat(get("a")).isEqualTo("2");
    }

    @Test
    void manySmallFilesAndOneLongLineGoThrough() throws Exception {
        byte[] text = "0123456789abcde\n".repeat(9 << 16).getBytes(StandardCharsets.UTF_8);
        Committing commit = Committing.titled("many").file("nine.txt", text);
        for (int i = 0; i < 500; i++) {
            commit.file("many/" + i + ".txt", Integer.toString(i));
        }
        Answer answer = commit.send(hub, entry, token);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(get("nine.txt")).hasSize(text.length);
        assertThat(get("many/499.txt")).isEqualTo("499");
    }

    @Test
    void aRegularFileOfTenMebibytesIsToldToGoThroughLfs() throws Exception {
        Answer answer =
                Committing.titled("big").file("big.txt", new byte[10 << 20]).send(hub, entry, token);
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.body()).contains("big.txt").contains("git-lfs");
    }

    @Test
    void whoMayReadOnlyCannotCommitButMayPropose() throws Exception {
        String bob = hub.token("bob", "write");
        assertThat(Committing.titled("x")
                        .file("a.txt", "1")
                        .send(hub, entry, bob)
                        .status())
                .isEqualTo(403);
        assertThat(Committing.titled("x")
                        .file("a.txt", "1")
                        .send(hub, entry, "")
                        .status())
                .isEqualTo(401);
        assertThat(Committing.titled("x")
                        .file("a.txt", "1")
                        .send(hub, entry, hub.token("ada", "read"))
                        .status())
                .isEqualTo(403);

        Answer proposed = Committing.titled("an idea").file("idea.txt", "1").send(hub, entry, bob, "main?create_pr=1");
        assertThat(proposed.status()).as(proposed.body()).isEqualTo(200);
        assertThat(proposed.json().path("pullRequestUrl").asString(""))
                .isEqualTo(hub.base() + "/ada/engine/discussions/1");
        assertThat(hub.get("/ada/engine/resolve/main/idea.txt", "").status()).isEqualTo(404);
        assertThat(hub.get("/ada/engine/resolve/refs%2Fpr%2F1/idea.txt", "").body())
                .isEqualTo("1");
        assertThat(hub.get("/ada/engine/resolve/refs/pr/1/idea.txt", "").body()).isEqualTo("1");

        // Who opened it goes on there; a third person does not.
        assertThat(Committing.titled("more")
                        .file("more.txt", "1")
                        .send(hub, entry, bob, "refs%2Fpr%2F1")
                        .status())
                .isEqualTo(200);
        hub.user("carol");
        assertThat(Committing.titled("more")
                        .file("more.txt", "2")
                        .send(hub, entry, hub.token("carol", "write"), "refs%2Fpr%2F1")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aProposalThatFailsLeavesNoPullRequest() throws Exception {
        Answer missing = Committing.titled("x").delete("nowhere").send(hub, entry, token, "main?create_pr=1");
        assertThat(missing.status()).isEqualTo(404);
        Answer nothing = Committing.titled("x").send(hub, entry, token, "main?create_pr=1");
        assertThat(nothing.status()).isEqualTo(400);
        Answer good = Committing.titled("x").file("a", "1").send(hub, entry, token, "main?create_pr=1");
        assertThat(good.json().path("pullRequestUrl").asString("")).endsWith("/discussions/1");
    }

    @Test
    void aQuotaIsToldWithItsNumbers() throws Exception {
        hub.close();
        HubConfig small = new HubConfig(
                data,
                ServerConfig.loopback(0),
                HubConfig.inFolder(data, 0).database(),
                new HubConfig.Limits(10 << 20, 1 << 30, 50_000, 1 << 30));
        hub = TestHub.with(small);
        String before = head();
        Answer answer =
                Committing.titled("big").file("a.txt", "x".repeat(100_000)).send(hub, entry, token);
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).contains("50.0 kB").contains("100.0 kB");
        assertThat(head()).isEqualTo(before);
    }
}
