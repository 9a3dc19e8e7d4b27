package glasshouse.hub.tree;

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
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class TreeRoutesTest {
    private static final Pattern NEXT = Pattern.compile("<(https?:[/][/][^>]+)>;\\s+rel=\"next\"");

    @TempDir
    Path data;

    private TestHub hub;
    private Entry entry;
    private String token;

    @BeforeEach
    void open() throws IOException {
        hub = TestHub.in(data);
        hub.user("ada");
        entry = hub.entry(EntryKind.MODEL, "ada/engine", Visibility.PUBLIC, "ada");
        token = hub.token("ada", "write");
    }

    @AfterEach
    void close() throws IOException {
        hub.close();
    }

    private static List<String> paths(JsonNode items) {
        List<String> paths = new ArrayList<>();
        items.forEach(item -> paths.add(item.path("path").asString("")));
        return paths;
    }

    private JsonNode tree(String rest) throws Exception {
        Answer answer = hub.get("/api/models/ada/engine/tree/" + rest, "");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    @Test
    void listsAFolderAndAllBelowIt() throws Exception {
        Committing.titled("first")
                .file("file.md", "data")
                .file("1/file_1.md", "data")
                .file("1/2/x y.md", "data")
                .send(hub, entry, token);
        assertThat(paths(tree("main"))).containsExactly(".gitattributes", "1", "file.md");
        assertThat(paths(tree("main/1"))).containsExactly("1/2", "1/file_1.md");
        assertThat(paths(tree("main/1%2F2"))).containsExactly("1/2/x y.md");
        assertThat(paths(tree("main?recursive=True")))
                .containsExactly(".gitattributes", "1", "1/2", "1/2/x y.md", "1/file_1.md", "file.md");
        assertThat(paths(tree("HEAD?recursive=False"))).hasSize(3);
        JsonNode file = tree("main").get(2);
        assertThat(file.path("type").asString("")).isEqualTo("file");
        assertThat(file.path("size").asLong()).isEqualTo(4);
        assertThat(file.path("oid").asString("")).isEqualTo("6320cd248dd8aeaab759d5871f8781b5c0505172");
        assertThat(tree("main").get(1).path("type").asString("")).isEqualTo("directory");
    }

    @Test
    void aLargeFileShowsItsContentAndItsPointer() throws Exception {
        Stored object = Committing.upload(hub, entry, "weights".getBytes(StandardCharsets.UTF_8));
        Committing.titled("first").large("m.safetensors", object).send(hub, entry, token);
        JsonNode file = tree("main").get(1);
        assertThat(file.path("size").asLong()).isEqualTo(7);
        assertThat(file.path("lfs").path("oid").asString(""))
                .isEqualTo(object.sha256().hex());
        assertThat(file.path("lfs").path("size").asLong()).isEqualTo(7);
        assertThat(file.path("lfs").path("pointerSize").asLong()).isEqualTo(126);
        assertThat(file.path("oid").asString("")).hasSize(40);
    }

    @Test
    void whatIsNotThereIsToldByTheHubsCodes() throws Exception {
        Answer folder = hub.get("/api/models/ada/engine/tree/main/nowhere", "");
        assertThat(folder.status()).isEqualTo(404);
        assertThat(folder.header("X-Error-Code")).isEqualTo("EntryNotFound");
        Answer file = hub.get("/api/models/ada/engine/tree/main/.gitattributes", "");
        assertThat(file.header("X-Error-Code")).isEqualTo("EntryNotFound");
        Answer revision = hub.get("/api/models/ada/engine/tree/v9", "");
        assertThat(revision.status()).isEqualTo(404);
        assertThat(revision.header("X-Error-Code")).isEqualTo("RevisionNotFound");
    }

    @Test
    void pagesFollowAnAbsoluteLinkAndStayWithTheirRevision() throws Exception {
        Committing first = Committing.titled("first");
        for (int i = 0; i < 30; i++) {
            first.file("d" + i % 3 + "/" + i + ".txt", "x");
        }
        first.send(hub, entry, token);
        List<String> all = paths(tree("main?recursive=true"));
        assertThat(all).hasSize(34);

        List<String> paged = new ArrayList<>();
        String url = "/api/models/ada/engine/tree/main?recursive=true&expand=true&limit=7";
        while (!url.isEmpty()) {
            Answer page = hub.get(url, "");
            assertThat(page.json().size()).isBetween(1, 7);
            paged.addAll(paths(page.json()));
            page.json()
                    .forEach(item -> assertThat(
                                    item.path("lastCommit").path("id").asString(""))
                            .hasSize(40));
            Matcher next = NEXT.matcher(page.header("Link"));
            boolean more = next.find();
            assertThat(more || page.header("Link").isEmpty()).isTrue();
            assertThat(!more || next.group(1).startsWith(hub.base() + "/api/")).isTrue();
            url = more ? next.group(1).substring(hub.base().length()) : "";
            Committing.titled("meanwhile").file("zz" + paged.size(), "x").send(hub, entry, token);
        }
        assertThat(paged).isEqualTo(all);
    }

    @Test
    void anExpandedPageHasAtMostFifty() throws Exception {
        Committing many = Committing.titled("many");
        for (int i = 0; i < 60; i++) {
            many.file(i + ".txt", "x");
        }
        many.send(hub, entry, token);
        assertThat(tree("main?expand=true&limit=1000")).hasSize(50);
        assertThat(tree("main?limit=1000")).hasSize(61);
    }

    @Test
    void eachPathHasTheCommitThatChangedItLast() throws Exception {
        Committing.titled("one")
                .file("a.txt", "1")
                .file("d/x.txt", "1")
                .file("d/y.txt", "1")
                .send(hub, entry, token);
        Committing.titled("two").file("b.txt", "1").send(hub, entry, token);
        Committing.titled("three").file("d/x.txt", "2").send(hub, entry, token);
        Answer info = hub.send(
                "POST",
                "/api/models/ada/engine/paths-info/main",
                "",
                "application/json",
                "{\"paths\":[\"a.txt\",\"d\",\"d/y.txt\",\"d/x.txt\",\"b.txt\",\"nowhere\"],\"expand\":true}");
        List<String> titles = new ArrayList<>();
        info.json()
                .forEach(item -> titles.add(item.path("path").asString("") + "="
                        + item.path("lastCommit").path("title").asString("")));
        assertThat(titles).containsExactly("a.txt=one", "d=three", "d/y.txt=one", "d/x.txt=three", "b.txt=two");
        assertThat(info.json().get(0).path("lastCommit").path("date").asString(""))
                .matches(".*T.*\\.\\d{3}Z");
    }

    @Test
    void pathsCanBeAskedForAsAForm() throws Exception {
        Committing.titled("one").file("a b.txt", "1").file("d/x.txt", "1").send(hub, entry, token);
        Answer info = hub.send(
                "POST",
                "/api/models/ada/engine/paths-info/main",
                "",
                "application/x-www-form-urlencoded",
                "paths=a+b.txt&paths=d%2Fx.txt&paths=d%2F&paths=gone&paths=..%2Fbad&expand=false");
        assertThat(paths(info.json())).containsExactly("a b.txt", "d/x.txt", "d");
        assertThat(info.json().get(0).has("lastCommit")).isFalse();
    }

    @Test
    void theLastCommitOfAMergedFileIsTheOneThatChangedIt() throws Exception {
        Committing.titled("base").file("a.txt", "1").send(hub, entry, token);
        hub.post("/api/models/ada/engine/branch/side", token, Json.object());
        Committing.titled("on side").file("s.txt", "1").send(hub, entry, token, "side");
        Committing.titled("on main").file("m.txt", "1").send(hub, entry, token);
        var repo = hub.parts().repositories().open(entry.id());
        var main = glasshouse.hub.git.Revisions.require(repo, entry, "main");
        var side = glasshouse.hub.git.Revisions.require(repo, entry, "side");
        var account = hub.parts().people().account("ada").orElseThrow();
        // The merge takes the tree of main with the file of side.
        Committing.titled("tree of merge").file("m.txt", "1").send(hub, entry, token, "side");
        var merged = hub.parts()
                .committer()
                .commitTree(
                        repo,
                        glasshouse.hub.git.Committer.tree(
                                repo, glasshouse.hub.git.Revisions.require(repo, entry, "side")),
                        List.of(main, side),
                        new glasshouse.hub.git.Committer.Message(account, "merge"));
        JsonNode items = tree(merged + "?expand=true");
        List<String> titles = new ArrayList<>();
        items.forEach(item -> titles.add(item.path("path").asString("") + "="
                + item.path("lastCommit").path("title").asString("")));
        assertThat(titles)
                .containsExactly(".gitattributes=initial commit", "a.txt=base", "m.txt=on main", "s.txt=on side");
    }
}
