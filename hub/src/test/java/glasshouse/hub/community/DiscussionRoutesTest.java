package glasshouse.hub.community;

import static org.assertj.core.api.Assertions.assertThat;

import glasshouse.core.entry.EntryKind;
import glasshouse.core.entry.Gate;
import glasshouse.core.entry.RevisionId;
import glasshouse.core.entry.Visibility;
import glasshouse.hub.git.BlobSource;
import glasshouse.hub.git.Committer;
import glasshouse.hub.git.TreeEdit;
import glasshouse.hub.index.Entry;
import glasshouse.hub.index.People.Account;
import glasshouse.hub.testing.TestHub;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class DiscussionRoutesTest {
    private static final String ALL = "/api/models/ada/engine/discussions";
    private static final String POINTER = "version https://git-lfs.github.com/spec/v1\noid sha256:%s\nsize 5\n";

    @TempDir
    Path data;

    private TestHub hub;
    private Account adaAccount;
    private String ada;
    private String bob;
    private Entry entry;

    @BeforeEach
    void start() throws Exception {
        hub = TestHub.in(data);
        adaAccount = hub.user("ada");
        hub.user("bob");
        ada = hub.token("ada", "write");
        bob = hub.token("bob", "write");
        entry = hub.entry(EntryKind.MODEL, "ada/engine", Visibility.PUBLIC, "ada");
    }

    @AfterEach
    void stop() throws Exception {
        hub.close();
    }

    private RevisionId commit(String ref, Map<String, String> files) throws Exception {
        return hub.parts()
                .committer()
                .commit(
                        hub.parts().repositories().open(entry.id()),
                        ref,
                        Optional.empty(),
                        Optional.empty(),
                        new Committer.Message(adaAccount, "change " + String.join(", ", files.keySet())),
                        (edit, reader, inserter, base) -> {
                            for (var file : files.entrySet()) {
                                if (file.getValue().isEmpty()) {
                                    edit.at(file.getKey(), new TreeEdit.Change.DeleteFile());
                                } else {
                                    var blob = inserter.insert(
                                            Constants.OBJ_BLOB, file.getValue().getBytes(StandardCharsets.UTF_8));
                                    edit.at(file.getKey(), new TreeEdit.Change.Put(blob, FileMode.REGULAR_FILE));
                                }
                            }
                        });
    }

    private String file(String path) throws Exception {
        var repo = hub.parts().repositories().open(entry.id());
        var head = Committer.head(repo, "refs/heads/main").orElseThrow();
        var item = hub.parts().trees().find(repo, head, path);
        return item.isEmpty()
                ? ""
                : new String(BlobSource.bytes(repo, item.get().oid()), StandardCharsets.UTF_8);
    }

    private int open(String token, boolean pull) throws Exception {
        var answer = hub.post(ALL, token, Map.of("title", "a title", "description", "why", "pullRequest", pull));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().path("num").asInt();
    }

    private JsonNode details(int num) throws Exception {
        return hub.get(ALL + "/" + num + "?diff=1", bob).json();
    }

    private TestHub.Answer say(String token, String resource, Map<String, String> body) throws Exception {
        return hub.post(ALL + "/" + resource, token, body);
    }

    @Test
    void aDiscussionIsOpenedCommentedRenamedAndClosed() throws Exception {
        int num = open(bob, false);
        JsonNode comment = say(ada, num + "/comment", Map.of("comment", "because <b>"))
                .json()
                .path("newMessage")
                .path("data");
        assertThat(comment.path("latest").path("raw").asString()).isEqualTo("because <b>");
        assertThat(comment.path("latest").path("html").asString()).isEqualTo("<p>because &lt;b&gt;</p>");
        assertThat(comment.path("edited").asBoolean(true)).isFalse();
        assertThat(say(bob, num + "/title", Map.of("title", " better "))
                        .json()
                        .path("newTitle")
                        .path("data")
                        .toString())
                .isEqualTo("{\"from\":\"a title\",\"to\":\"better\"}");
        assertThat(say(bob, num + "/status", Map.of("status", "closed", "comment", "done"))
                        .json()
                        .path("newStatus")
                        .path("data")
                        .path("status")
                        .asString())
                .isEqualTo("closed");
        assertThat(say(bob, num + "/status", Map.of("status", "closed")).status())
                .isEqualTo(409);

        JsonNode details = details(num);
        assertThat(details.path("title").asString()).isEqualTo("better");
        assertThat(details.path("status").asString()).isEqualTo("closed");
        assertThat(details.path("author").path("name").asString()).isEqualTo("bob");
        assertThat(details.path("events")
                        .valueStream()
                        .map(event -> event.path("type").asString()))
                .containsExactly("comment", "comment", "title-change", "comment", "status-change");
    }

    @Test
    void onlyTheAuthorEditsAndThoseWhoMayWriteHide() throws Exception {
        int num = open(ada, false);
        String id = say(bob, num + "/comment", Map.of("comment", "rude"))
                .json()
                .path("newMessage")
                .path("id")
                .asString();
        hub.user("eve");
        String eve = hub.token("eve", "write");
        assertThat(say(ada, num + "/comment/" + id + "/edit", Map.of("content", "x"))
                        .status())
                .isEqualTo(403);
        assertThat(say(eve, num + "/comment/" + id + "/hide", Map.of()).status())
                .isEqualTo(403);
        assertThat(say(eve, num + "/title", Map.of("title", "mine now")).status())
                .isEqualTo(403);
        assertThat(say(eve, num + "/status", Map.of("status", "closed")).status())
                .isEqualTo(403);
        assertThat(say(bob, num + "/comment/" + id + "/edit", Map.of("content", "polite"))
                        .json()
                        .path("updatedComment")
                        .path("data")
                        .path("latest")
                        .path("raw")
                        .asString())
                .isEqualTo("polite");
        assertThat(say(ada, num + "/comment/" + id + "/hide", Map.of()).status())
                .isEqualTo(200);
        assertThat(say(bob, num + "/comment/" + id + "/edit", Map.of("content", "x"))
                        .status())
                .isEqualTo(409);
        assertThat(details(num).toString()).doesNotContain("polite").doesNotContain("rude");
        assertThat(say(bob, num + "/comment", Map.of("comment", " ")).status()).isEqualTo(400);
        assertThat(say(bob, "77/comment", Map.of("comment", "x")).status()).isEqualTo(404);
        assertThat(say(hub.token("bob", "read"), num + "/comment", Map.of("comment", "x"))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void listsByTypeStatusAndAuthor() throws Exception {
        open(ada, false);
        open(bob, true);
        say(bob, "2/status", Map.of("status", "closed"));
        for (int i = 0; i < 51; i++) {
            hub.parts().pullRequests().discuss(entry, adaAccount, "number " + i, "");
        }
        assertThat(numbers("?type=pull_request")).containsExactly(2);
        assertThat(numbers("?status=closed")).containsExactly(2);
        assertThat(numbers("?author=BOB")).containsExactly(2);
        assertThat(numbers("?status=open")).hasSize(50).startsWith(53);
        assertThat(numbers("?p=1&status=open")).containsExactly(3, 1);
        assertThat(hub.get(ALL + "?status=open", "").json().path("count").asInt())
                .isEqualTo(52);
        assertThat(hub.get(ALL + "?p=1", "").json().path("start").asInt()).isEqualTo(50);
        assertThat(hub.get(ALL + "?status=perhaps", "").status()).isEqualTo(400);
    }

    private List<Integer> numbers(String query) throws Exception {
        return hub.get(ALL + query, "")
                .json()
                .path("discussions")
                .valueStream()
                .map(found -> found.path("num").asInt())
                .toList();
    }

    @Test
    void aPullRequestMovesTheBranchForwardWhereThatIsEnough() throws Exception {
        int num = open(bob, true);
        assertThat(details(num).path("status").asString()).isEqualTo("draft");
        assertThat(details(num).path("changes").path("base").asString()).isEqualTo("refs/heads/main");
        assertThat(say(ada, num + "/merge", Map.of()).status()).isEqualTo(409);
        say(bob, num + "/status", Map.of("status", "open"));
        assertThat(say(ada, num + "/merge", Map.of()).json().path("error").asString())
                .contains("changes nothing");

        RevisionId proposed = commit("refs/pr/" + num, Map.of("a.txt", "hello\n"));
        JsonNode open = details(num);
        assertThat(open.path("diff").asString()).contains("+hello");
        assertThat(open.path("filesWithConflicts").size()).isZero();
        assertThat(open.path("events").get(2).path("data").path("oid").asString())
                .isEqualTo(proposed.value());

        assertThat(say(bob, num + "/merge", Map.of()).status()).isEqualTo(403);
        assertThat(say(ada, num + "/merge", Map.of("comment", "thanks")).status())
                .isEqualTo(200);
        assertThat(file("a.txt")).isEqualTo("hello\n");
        JsonNode merged = details(num);
        assertThat(merged.path("status").asString()).isEqualTo("merged");
        assertThat(merged.path("changes").path("mergeCommitId").asString()).isEqualTo(proposed.value());
        assertThat(merged.path("diff").asString()).contains("+hello");
        assertThat(merged.path("events").toString()).contains("thanks").contains(proposed.value());
        assertThat(say(ada, num + "/merge", Map.of()).status()).isEqualTo(409);
        assertThat(say(ada, num + "/status", Map.of("status", "open")).status()).isEqualTo(409);
    }

    @Test
    void bothSidesChangesAreMergedWhereTheyGoTogether() throws Exception {
        commit("refs/heads/main", Map.of("text.md", "1\n2\n3\n4\n5\n", "old/gone.txt", "x\n", "deep/a/b.txt", "b\n"));
        int num = open(bob, true);
        say(bob, num + "/status", Map.of("status", "open"));
        commit("refs/pr/" + num, Map.of("text.md", "one\n2\n3\n4\n5\n", "old/gone.txt", "", "deep/a/new.txt", "n\n"));
        RevisionId target = commit("refs/heads/main", Map.of("text.md", "1\n2\n3\n4\nfive\n", "deep/a/b.txt", "B\n"));

        assertThat(details(num).path("filesWithConflicts").size()).isZero();
        var answer = say(ada, num + "/merge", Map.of());
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(file("text.md")).isEqualTo("one\n2\n3\n4\nfive\n");
        assertThat(file("old/gone.txt")).isEmpty();
        assertThat(file("deep/a/b.txt")).isEqualTo("B\n");
        assertThat(file("deep/a/new.txt")).isEqualTo("n\n");
        String head = answer.json().path("mergeCommitId").asString();
        try (var walk = new org.eclipse.jgit.revwalk.RevWalk(
                hub.parts().repositories().open(entry.id()).jgit())) {
            var commit = walk.parseCommit(org.eclipse.jgit.lib.ObjectId.fromString(head));
            assertThat(commit.getParentCount()).isEqualTo(2);
            assertThat(commit.getParent(0).name()).isEqualTo(target.value());
        }
    }

    @Test
    void whatDoesNotGoTogetherIsNamedAndNothingMoves() throws Exception {
        String pointer = POINTER.formatted("0".repeat(64));
        commit("refs/heads/main", Map.of("text.md", "1\n", "model.bin", pointer, "kept.txt", "k\n", "folder/x", "x\n"));
        int num = open(bob, true);
        say(bob, num + "/status", Map.of("status", "open"));
        commit(
                "refs/pr/" + num,
                Map.of(
                        "text.md", "one\n",
                        "model.bin", POINTER.formatted("1".repeat(64)),
                        "kept.txt", "",
                        "name", "a file\n"));
        RevisionId target = commit(
                "refs/heads/main",
                Map.of(
                        "text.md", "eins\n",
                        // Another line than the one above: a merge of text would make a pointer to nothing of it.
                        "model.bin", pointer.replace("size 5", "size 6"),
                        "kept.txt", "K\n",
                        "name/within.txt", "a folder\n"));

        var answer = say(ada, num + "/merge", Map.of());
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.json().path("filesWithConflicts").valueStream().map(JsonNode::asString))
                .containsExactlyInAnyOrder("text.md", "model.bin", "kept.txt", "name");
        assertThat(details(num).path("filesWithConflicts").size()).isEqualTo(4);
        assertThat(details(num).path("status").asString()).isEqualTo("open");
        assertThat(Committer.head(hub.parts().repositories().open(entry.id()), "refs/heads/main"))
                .contains(target);
    }

    @Test
    void theGateKeepsAPatchAsItKeepsTheFiles() throws Exception {
        int num = open(bob, true);
        commit("refs/pr/" + num, Map.of("a.txt", "secret\n"));
        hub.parts().lifecycle().set(entry, Optional.empty(), Optional.of(Gate.MANUAL));
        assertThat(details(num).has("diff")).isFalse();
        assertThat(hub.get(ALL + "/" + num + "?diff=1", ada).json().path("diff").asString())
                .contains("secret");
        assertThat(hub.post(ALL, bob, Map.of("title", "another", "pullRequest", true))
                        .header("X-Error-Code"))
                .isEqualTo("GatedRepo");
        assertThat(hub.post(ALL, bob, Map.of("title", "a question")).status()).isEqualTo(200);
    }
}
