package glasshouse.hub.history;

import static org.assertj.core.api.Assertions.assertThat;

import glasshouse.core.access.Role;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class HistoryRoutesTest {
    private static final String API = "/api/models/lab/engine/";

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
        hub.organisation("lab", Map.of("ada", Role.ADMIN, "bob", Role.WRITE));
        entry = hub.entry(EntryKind.MODEL, "lab/engine", Visibility.PUBLIC, "ada");
        token = hub.token("ada", "write");
    }

    @AfterEach
    void close() throws IOException {
        hub.close();
    }

    private Answer post(String path, String json) throws Exception {
        return hub.send("POST", API + path, token, "application/json", json);
    }

    private Answer delete(String path) throws Exception {
        return hub.send("DELETE", API + path, token, "", "");
    }

    private String commit(String title, String path, String branch) throws Exception {
        Answer answer = Committing.titled(title).file(path, title).send(hub, entry, token, branch);
        return answer.json().path("commitOid").asString("");
    }

    private List<String> names(String kind) throws Exception {
        List<String> names = new ArrayList<>();
        JsonNode refs = hub.get(API + "refs?include_prs=1", "").json();
        refs.path(kind)
                .forEach(ref -> names.add(
                        ref.path("name").asString("") + " " + ref.path("ref").asString("")));
        return names;
    }

    @Test
    void branchesAreMadeWhereTheyAreWantedAndDeleted() throws Exception {
        String first = commit("one", "a.txt", "main");
        String second = commit("two", "b.txt", "main");
        assertThat(post("branch/from-head", "{}").status()).isEqualTo(200);
        assertThat(post("branch/feature%2Fx", "{\"startingPoint\":\"" + first + "\"}")
                        .status())
                .isEqualTo(200);
        assertThat(post("branch/copy", "{\"startingPoint\":\"feature/x\"}").status())
                .isEqualTo(200);
        JsonNode branches = hub.get(API + "refs", "").json().path("branches");
        List<String> heads = new ArrayList<>();
        branches.forEach(ref -> heads.add(
                ref.path("name").asString("") + " " + ref.path("targetCommit").asString("")));
        assertThat(heads)
                .containsExactlyInAnyOrder(
                        "main " + second, "from-head " + second, "feature/x " + first, "copy " + first);
        assertThat(hub.get(API + "refs", "").json().path("converts").isArray()).isTrue();
        assertThat(hub.get(API + "refs", "").json().has("pullRequests")).isFalse();

        assertThat(delete("branch/feature%2Fx").status()).isEqualTo(200);
        assertThat(names("branches")).doesNotContain("feature/x refs/heads/feature/x");
        Answer gone = delete("branch/feature%2Fx");
        assertThat(gone.status()).isEqualTo(404);
        assertThat(gone.header("X-Error-Code")).isEqualTo("RevisionNotFound");
        assertThat(gone.body()).contains("Invalid rev id");
    }

    @Test
    void aBranchThatIsThereIsAConflictUnlessItIsToBeOverwritten() throws Exception {
        String first = commit("one", "a.txt", "main");
        commit("two", "b.txt", "main");
        assertThat(post("branch/b", "{}").status()).isEqualTo(200);
        Answer again = post("branch/b", "{}");
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.body()).contains("Reference refs/heads/b already exists");
        assertThat(post("branch/b%2Fc", "{}").status()).isEqualTo(409);

        assertThat(post("branch/b", "{\"overwrite\":true,\"startingPoint\":\"" + first + "\"}")
                        .status())
                .isEqualTo(200);
        assertThat(hub.get("/lab/engine/resolve/b/b.txt", "").status()).isEqualTo(404);
        assertThat(post("branch/b", "{\"overwrite\":true}").status()).isEqualTo(200);
        assertThat(hub.get("/lab/engine/resolve/b/a.txt", "").status()).isEqualTo(200);
        assertThat(post("branch/b", "{\"overwrite\":true,\"emptyBranch\":true}").status())
                .isEqualTo(200);
        assertThat(hub.get("/lab/engine/resolve/b/a.txt", "").header("X-Error-Code"))
                .isEqualTo("EntryNotFound");
        assertThat(hub.get(API + "tree/b", "").json()).isEmpty();
        assertThat(Committing.titled("x")
                        .file("n.txt", "n")
                        .send(hub, entry, token, "b")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void namesThatGitOrWeCannotTakeAreRefused() throws Exception {
        for (String name :
                List.of("refs%2Fpr%2F5", "a..b", "HEAD", "a%20b", "..%2F..%2Fx", "a".repeat(300), "1".repeat(40))) {
            Answer answer = post("branch/" + name, "{}");
            assertThat(answer.status()).as(name).isEqualTo(400);
            assertThat(answer.body()).contains("Invalid reference for a branch");
            assertThat(delete("branch/" + name).status()).isEqualTo(404);
        }
        assertThat(post("tag/main", "{\"tag\":\"invalid tag\"}").status()).isEqualTo(400);
        assertThat(post("branch/x", "{\"startingPoint\":\"nowhere\"}").header("X-Error-Code"))
                .isEqualTo("RevisionNotFound");
    }

    @Test
    void theDefaultBranchStaysAndIsRewrittenByAdministratorsAlone() throws Exception {
        Answer refused = delete("branch/main");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body()).contains("Cannot delete refs/heads/main");
        String bob = hub.token("bob", "write");
        assertThat(hub.send(
                                "POST",
                                API + "branch/main",
                                bob,
                                "application/json",
                                "{\"overwrite\":true,\"emptyBranch\":true}")
                        .status())
                .isEqualTo(403);
        assertThat(hub.send("POST", API + "super-squash/main", bob, "application/json", "{}")
                        .status())
                .isEqualTo(403);
        assertThat(hub.send("POST", API + "branch/side", bob, "application/json", "{}")
                        .status())
                .isEqualTo(200);
        assertThat(hub.send("POST", API + "super-squash/side", bob, "application/json", "{}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void tagsNameRevisionsAndMayHaveWords() throws Exception {
        String first = commit("one", "a.txt", "main");
        commit("two", "b.txt", "main");
        assertThat(post("tag/main", "{\"tag\":\"v2\",\"message\":\"second\"}").status())
                .isEqualTo(200);
        assertThat(post("tag/" + first.substring(0, 7), "{\"tag\":\"v1\"}").status())
                .isEqualTo(200);
        assertThat(names("tags")).containsExactly("v1 refs/tags/v1", "v2 refs/tags/v2");
        JsonNode tags = hub.get(API + "refs", "").json().path("tags");
        assertThat(tags.get(0).path("targetCommit").asString("")).isEqualTo(first);
        assertThat(tags.get(1).path("targetCommit").asString(""))
                .isEqualTo(hub.get(API + "refs", "")
                        .json()
                        .path("branches")
                        .get(0)
                        .path("targetCommit")
                        .asString(""));
        assertThat(hub.get("/lab/engine/resolve/v2/b.txt", "").body()).isEqualTo("two");
        assertThat(post("tag/main", "{\"tag\":\"v2\"}").status()).isEqualTo(409);
        assertThat(post("tag/nowhere", "{\"tag\":\"v3\"}").header("X-Error-Code"))
                .isEqualTo("RevisionNotFound");
        assertThat(delete("tag/v2").status()).isEqualTo(200);
        assertThat(delete("tag/v2").header("X-Error-Code")).isEqualTo("RevisionNotFound");
        assertThat(delete("tag/main").status()).isEqualTo(404);
    }

    @Test
    void commitsArePagedWithTheirNumber() throws Exception {
        for (int i = 1; i <= 5; i++) {
            commit("number " + i, "a.txt", "main");
        }
        Committing.titled("x <b>")
                .line("header", Json.object().put("summary", "title <b>").put("description", "line one\n\nline two"))
                .file("z.txt", "z")
                .send(hub, entry, token);
        Answer page = hub.get(API + "commits/main?limit=4", "");
        assertThat(page.header("X-Total-Count")).isEqualTo("7");
        assertThat(page.json()).hasSize(4);
        JsonNode latest = page.json().get(0);
        assertThat(latest.path("title").asString("")).isEqualTo("title <b>");
        assertThat(latest.path("message").asString("")).isEqualTo("line one\n\nline two");
        assertThat(latest.path("authors").get(0).path("user").asString("")).isEqualTo("ada");
        assertThat(latest.path("date").asString("")).matches(".*T.*\\.\\d{3}Z");
        assertThat(latest.has("formatted")).isFalse();
        assertThat(page.header("Link")).startsWith("<" + hub.base() + "/api/").endsWith(">; rel=\"next\"");
        String next = page.header("Link").replaceAll("^<" + hub.base() + "|>.*$", "");
        Answer last = hub.get(next, "");
        assertThat(last.json()).hasSize(3);
        assertThat(last.json().get(2).path("title").asString("")).isEqualTo("initial commit");
        assertThat(last.header("Link")).isEmpty();
        JsonNode formatted =
                hub.get(API + "commits/main?expand%5B%5D=formatted&limit=1", "").json();
        assertThat(formatted.get(0).path("formatted").path("title").asString(""))
                .isEqualTo("title &lt;b&gt;");
        assertThat(hub.get(API + "commits/nowhere", "").header("X-Error-Code")).isEqualTo("RevisionNotFound");
    }

    @Test
    void squashingLeavesTheFilesAndOneCommit() throws Exception {
        commit("one", "a.txt", "main");
        commit("two", "b.txt", "main");
        post("branch/keep", "{}");
        assertThat(post("super-squash/main", "{\"message\":\"all of it\"}").status())
                .isEqualTo(200);
        JsonNode commits = hub.get(API + "commits/main", "").json();
        assertThat(commits).hasSize(1);
        assertThat(commits.get(0).path("title").asString("")).isEqualTo("all of it");
        assertThat(hub.get("/lab/engine/resolve/main/a.txt", "").body()).isEqualTo("one");
        assertThat(hub.get(API + "commits/keep", "").json()).hasSize(3);
        assertThat(post("super-squash/nowhere", "{}").header("X-Error-Code")).isEqualTo("RevisionNotFound");
    }

    private Stored large(String path, String content, String branch) throws Exception {
        Stored object = Committing.upload(hub, entry, content.getBytes(StandardCharsets.UTF_8));
        Committing.titled("add " + path).large(path, object).send(hub, entry, token, branch);
        return object;
    }

    @Test
    void largeFilesAreListedAndDeletedOutOfTheWholeHistory() throws Exception {
        Stored one = large("lfs_1.bin", "one", "main");
        commit("text", "text.txt", "main");
        Stored two = large("deep/lfs_2.bin", "two", "main");
        post("branch/side", "{}");
        large("lfs_3.bin", "three", "side");
        post("tag/main", "{\"tag\":\"v1\",\"message\":\"words\"}");

        JsonNode files = hub.get(API + "lfs-files", token).json();
        List<String> shown = new ArrayList<>();
        files.forEach(file -> shown.add(file.path("filename").asString("") + " "
                + file.path("ref").asString("") + " " + file.path("size").asLong()));
        assertThat(shown)
                .containsExactlyInAnyOrder(
                        "lfs_1.bin refs/heads/main 3",
                        "deep/lfs_2.bin refs/heads/main 3",
                        "lfs_3.bin refs/heads/side 5");
        assertThat(hub.get(API + "lfs-files?limit=2", token).header("Link")).contains("cursor=");
        assertThat(hub.get(API + "lfs-files", hub.token("bob", "read")).status())
                .isEqualTo(403);

        String body = "{\"deletions\":{\"sha\":[\"" + one.sha256().hex() + "\",\""
                + two.sha256().hex() + "\"],\"rewriteHistory\":true}}";
        assertThat(hub.send("POST", API + "lfs-files/batch", hub.token("bob", "write"), "application/json", body)
                        .status())
                .isEqualTo(403);
        Answer deleted = post("lfs-files/batch", body);
        assertThat(deleted.status()).as(deleted.body()).isEqualTo(200);

        assertThat(hub.get(API + "lfs-files", token).json()).hasSize(1);
        for (String revision : List.of("main", "side", "v1")) {
            assertThat(hub.get("/lab/engine/resolve/" + revision + "/lfs_1.bin", "")
                            .header("X-Error-Code"))
                    .isEqualTo("EntryNotFound");
            assertThat(hub.get("/lab/engine/resolve/" + revision + "/text.txt", "")
                            .body())
                    .isEqualTo("text");
            assertThat(hub.get(API + "tree/" + revision + "/deep", "").status()).isEqualTo(404);
        }
        assertThat(hub.get("/lab/engine/resolve/side/lfs_3.bin", "").body()).isEqualTo("three");
        List<String> titles = new ArrayList<>();
        hub.get(API + "commits/main", "")
                .json()
                .forEach(c -> titles.add(c.path("title").asString("")));
        assertThat(titles).containsExactly("add deep/lfs_2.bin", "text", "add lfs_1.bin", "initial commit");
    }

    @Test
    void aLargeFileDeletedWithoutItsHistoryIsSaidToBeMissing() throws Exception {
        Stored one = large("lfs_1.bin", "one", "main");
        assertThat(delete("lfs-files/" + one.sha256().hex()).status()).isEqualTo(200);
        Answer gone = hub.get("/lab/engine/resolve/main/lfs_1.bin", "");
        assertThat(gone.status()).isEqualTo(404);
        assertThat(gone.body()).contains("is not here");
        assertThat(hub.get("/lab/engine/raw/main/lfs_1.bin", "").body())
                .contains(one.sha256().hex());
        assertThat(delete("lfs-files/" + one.sha256().hex()).status()).isEqualTo(404);
        assertThat(delete("lfs-files/zz").status()).isEqualTo(400);
    }

    @Test
    void largeFilesAreGivenToAnotherEntryByWhoMayWriteThere() throws Exception {
        Stored one = large("lfs_1.bin", "one", "main");
        Entry mine = hub.entry(EntryKind.DATASET, "bob/mine", Visibility.PRIVATE, "bob");
        String body = "{\"target\":{\"type\":\"dataset\",\"name\":\"bob/mine\"},\"files\":[{\"sha256\":\""
                + one.sha256().hex() + "\",\"filename\":\"x\"},{\"sha256\":\"" + "0".repeat(64) + "\"}]}";
        assertThat(hub.send("POST", API + "lfs-files/duplicate", token, "application/json", body)
                        .status())
                .isEqualTo(404);
        String bob = hub.token("bob", "write");
        Answer given = hub.send("POST", API + "lfs-files/duplicate", bob, "application/json", body);
        assertThat(given.status()).as(given.body()).isEqualTo(200);
        assertThat(given.json().path("failed")).hasSize(1);
        assertThat(Committing.titled("copy")
                        .large("c.bin", one)
                        .send(hub, mine, bob)
                        .status())
                .isEqualTo(200);
    }
}
