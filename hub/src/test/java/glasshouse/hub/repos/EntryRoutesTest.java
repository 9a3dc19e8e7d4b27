package glasshouse.hub.repos;

import static org.assertj.core.api.Assertions.assertThat;

import glasshouse.core.access.Role;
import glasshouse.core.entry.EntryKind;
import glasshouse.core.entry.Visibility;
import glasshouse.hub.testing.TestHub;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EntryRoutesTest {
    @TempDir
    Path data;

    private TestHub hub;
    private String ada;
    private String bob;

    @BeforeEach
    void start() throws Exception {
        hub = TestHub.in(data);
        hub.user("ada");
        hub.user("bob");
        ada = hub.token("ada", "write");
        bob = hub.token("bob", "write");
    }

    @AfterEach
    void stop() throws Exception {
        hub.close();
    }

    @Test
    void createsInTheCallersOwnNamespaceAndLinksToTheHostThatWasUsed() throws Exception {
        var answer = hub.post("/api/repos/create", ada, Map.of("name", "engine"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("url").asString()).isEqualTo(hub.base() + "/ada/engine");
        assertThat(answer.json().path("name").asString()).isEqualTo("ada/engine");

        var dataset = hub.post(
                "/api/repos/create",
                ada,
                Map.of("name", "words", "organization", "Ada", "type", "dataset", "private", true));
        assertThat(dataset.json().path("url").asString()).isEqualTo(hub.base() + "/datasets/ada/words");

        var info = hub.get("/api/datasets/ada/words", ada).json();
        assertThat(info.path("private").asBoolean()).isTrue();
        assertThat(info.path("sha").asString()).matches("[0-9a-f]{40}");
        assertThat(info.path("siblings").get(0).path("rfilename").asString()).isEqualTo(".gitattributes");
        assertThat(hub.get("/api/datasets/ada/words", bob).status()).isEqualTo(404);
        assertThat(hub.get("/api/datasets/ada/words", "").status()).isEqualTo(401);
    }

    @Test
    void tellsWhereTheEntryIsThatHasTheNameAlready() throws Exception {
        hub.post("/api/repos/create", ada, Map.of("name", "ada/engine"));
        var again = hub.post("/api/repos/create", ada, Map.of("name", "Engine", "organization", "ada"));
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.json().path("url").asString()).isEqualTo(hub.base() + "/ada/engine");
        assertThat(again.json().path("error").asString()).contains("already created this model repo");
    }

    @Test
    void beginsWithTheFilesAndTheLicenceThatWereSent() throws Exception {
        var answer = hub.post(
                "/api/repos/create",
                ada,
                Map.of(
                        "name",
                        "app",
                        "type",
                        "space",
                        "sdk",
                        "static",
                        "license",
                        "mit",
                        "files",
                        List.of(Map.of("path", "index.html", "encoding", "base64", "content", "PGgxPg=="))));
        assertThat(answer.status()).isEqualTo(200);
        var info = hub.get("/api/spaces/ada/app?blobs=true", ada).json();
        assertThat(info.path("sdk").asString()).isEqualTo("static");
        assertThat(info.path("cardData").path("license").asString()).isEqualTo("mit");
        assertThat(info.path("tags").toString()).contains("license:mit");
        assertThat(info.path("siblings").size()).isEqualTo(3);
        assertThat(info.path("siblings").get(2).path("rfilename").asString()).isEqualTo("index.html");
        assertThat(info.path("siblings").get(2).path("size").asInt()).isEqualTo(4);
    }

    @Test
    void aFileThatCannotBeLeavesNoEntryBehind() throws Exception {
        var body = Map.of(
                "name", "engine", "files", List.of(Map.of("path", "a/../b", "encoding", "utf-8", "content", "x")));
        assertThat(hub.post("/api/repos/create", ada, body).status()).isEqualTo(400);
        var large = Map.of(
                "name",
                "engine",
                "files",
                List.of(Map.of("path", "model.safetensors", "encoding", "utf-8", "content", "x")));
        assertThat(hub.post("/api/repos/create", ada, large).status()).isEqualTo(400);
        var clash = Map.of(
                "name",
                "engine",
                "files",
                List.of(Map.of("path", "a", "content", "x"), Map.of("path", "a/b", "content", "x")));
        assertThat(hub.post("/api/repos/create", ada, clash).status()).isEqualTo(400);
        assertThat(hub.get("/api/models/ada/engine", ada).status()).isEqualTo(404);
        assertThat(hub.post("/api/repos/create", ada, Map.of("name", "engine")).status())
                .isEqualTo(200);
    }

    @Test
    void beginsWithNoPointerToWhatOthersHold() throws Exception {
        String pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:" + "ab".repeat(32) + "\nsize 12\n";
        var body = Map.of(
                "name", "engine", "files", List.of(Map.of("path", "weights", "encoding", "utf-8", "content", pointer)));
        var answer = hub.post("/api/repos/create", ada, body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("weights").contains("pointer of git-lfs");
        assertThat(hub.get("/api/models/ada/engine", ada).status()).isEqualTo(404);
    }

    @Test
    void nobodyCreatesInANamespaceThatIsNotTheirs() throws Exception {
        assertThat(hub.post("/api/repos/create", "", Map.of("name", "x")).status())
                .isEqualTo(401);
        assertThat(hub.post("/api/repos/create", bob, Map.of("name", "ada/x")).status())
                .isEqualTo(403);
        assertThat(hub.post("/api/repos/create", hub.token("ada", "read"), Map.of("name", "x"))
                        .status())
                .isEqualTo(403);
        hub.operator("root");
        assertThat(hub.post("/api/repos/create", hub.token("root", "write"), Map.of("name", "nobody/x"))
                        .status())
                .isEqualTo(404);
        assertThat(hub.post("/api/repos/create", ada, Map.of("name", "..")).status())
                .isEqualTo(400);
        assertThat(hub.post("/api/repos/create", ada, Map.of("name", "x", "type", "bucket"))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void anOldNameLeadsToTheNewOneUntilSomebodyTakesIt() throws Exception {
        hub.organisation("lab", Map.of("ada", Role.CONTRIBUTOR, "bob", Role.ADMIN));
        hub.entry(EntryKind.MODEL, "ada/engine", Visibility.PUBLIC, "ada");
        var moved = hub.post(
                "/api/repos/move", ada, Map.of("fromRepo", "ada/engine", "toRepo", "Lab/motor", "type", "model"));
        assertThat(moved.status()).isEqualTo(200);

        var old = hub.get("/api/models/ada/engine?expand=sha", "");
        assertThat(old.status()).isEqualTo(307);
        assertThat(old.header("Location")).isEqualTo("/api/models/lab/motor?expand=sha");
        assertThat(hub.get("/api/models/lab/motor", "").json().path("id").asString())
                .isEqualTo("lab/motor");

        assertThat(hub.post("/api/repos/create", ada, Map.of("name", "engine")).status())
                .isEqualTo(200);
        assertThat(hub.get("/api/models/ada/engine", "").status()).isEqualTo(200);
    }

    @Test
    void movesNeedRightsAtBothEndsAndATargetThatIsFree() throws Exception {
        hub.entry(EntryKind.MODEL, "ada/engine", Visibility.PUBLIC, "ada");
        hub.entry(EntryKind.MODEL, "ada/secret", Visibility.PRIVATE, "ada");
        hub.entry(EntryKind.MODEL, "bob/engine", Visibility.PUBLIC, "bob");
        assertThat(move(bob, "ada/engine", "bob/mine")).isEqualTo(403);
        assertThat(move(ada, "ada/engine", "bob/gift")).isEqualTo(403);
        assertThat(move(bob, "ada/secret", "bob/mine")).isEqualTo(404);
        assertThat(move(bob, "ada/absent", "bob/mine")).isEqualTo(404);
        assertThat(move("", "ada/engine", "ada/other")).isEqualTo(401);
        assertThat(move(ada, "ada/engine", "ada/secret")).isEqualTo(409);
        assertThat(move(ada, "ada/engine", "ada/Engine")).isEqualTo(200);
        assertThat(hub.get("/api/models/ada/engine", "").json().path("id").asString())
                .isEqualTo("ada/Engine");
    }

    private int move(String token, String from, String to) throws Exception {
        return hub.post("/api/repos/move", token, Map.of("fromRepo", from, "toRepo", to, "type", "model"))
                .status();
    }

    @Test
    void settingsChangeWhoSeesAndWhoReads() throws Exception {
        hub.entry(EntryKind.MODEL, "ada/engine", Visibility.PUBLIC, "ada");
        assertThat(put(bob, "{\"private\": true}")).isEqualTo(403);
        assertThat(put(ada, "{}")).isEqualTo(400);
        assertThat(put(ada, "{\"gated\": \"perhaps\"}")).isEqualTo(400);
        assertThat(put(ada, "{\"gated\": \"manual\"}")).isEqualTo(200);
        assertThat(hub.get("/api/models/ada/engine", bob).json().path("gated").asString())
                .isEqualTo("manual");
        assertThat(hub.get("/api/models/ada/engine/auth-check", bob).header("X-Error-Code"))
                .isEqualTo("GatedRepo");
        assertThat(put(ada, "{\"gated\": false, \"visibility\": \"private\"}")).isEqualTo(200);
        assertThat(hub.get("/api/models/ada/engine", bob).status()).isEqualTo(404);
        assertThat(hub.send("PUT", "/api/models/ada/engine/visibility", ada, "application/json", "{\"private\":false}")
                        .status())
                .isEqualTo(200);
        assertThat(hub.get("/api/models/ada/engine/auth-check", bob).status()).isEqualTo(200);
        assertThat(hub.get("/api/models/ada/engine/auth-check/write", bob).status())
                .isEqualTo(403);
        assertThat(hub.get("/api/models/ada/engine/auth-check/write", ada).status())
                .isEqualTo(200);
    }

    private int put(String token, String body) throws Exception {
        return hub.send("PUT", "/api/models/ada/engine/settings", token, "application/json", body)
                .status();
    }

    @Test
    void aDeletedEntryIsGoneAtOnceAndTheAnswerForAHiddenOneIsTheSameAsForNone() throws Exception {
        hub.entry(EntryKind.MODEL, "ada/engine", Visibility.PRIVATE, "ada");
        var hidden = delete(bob, "engine", "ada");
        var absent = delete(bob, "nothing", "ada");
        assertThat(hidden.status()).isEqualTo(404);
        assertThat(hidden.body().replace("engine", "nothing")).isEqualTo(absent.body());
        assertThat(hidden.header("X-Error-Code"))
                .isEqualTo(absent.header("X-Error-Code"))
                .isEqualTo("RepoNotFound");

        assertThat(delete(ada, "engine", "ada").status()).isEqualTo(200);
        assertThat(hub.get("/api/models/ada/engine", ada).status()).isEqualTo(404);
        assertThat(delete(ada, "engine", "ada").status()).isEqualTo(404);
        assertThat(hub.post("/api/repos/create", ada, Map.of("name", "engine")).status())
                .isEqualTo(200);
    }

    private TestHub.Answer delete(String token, String name, String organisation) throws Exception {
        return hub.send(
                "DELETE",
                "/api/repos/delete",
                token,
                "application/json",
                "{\"name\":\"" + name + "\",\"organization\":\"" + organisation + "\"}");
    }
}
