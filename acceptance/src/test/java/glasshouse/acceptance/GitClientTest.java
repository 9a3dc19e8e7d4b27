package glasshouse.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** git and git-lfs as Debian ships them, against the jar. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GitClientTest {
    @TempDir
    static Path folder;

    private Server server;
    private Map<String, String> environment = Map.of();

    @BeforeAll
    void start() throws IOException, InterruptedException {
        Tools.require("git");
        Tools.require("git-lfs");
        server = Server.withPeople(folder.resolve("data"));
        environment = Tools.cleanEnvironment(folder.resolve("home"));
        Run.of(folder, environment, Arrays.asList("git", "lfs", "install", "--skip-repo"))
                .succeeded();
    }

    @AfterAll
    void stop() throws InterruptedException {
        if (server != null) {
            server.close();
        }
    }

    private Run git(Path where, String... arguments) throws IOException, InterruptedException {
        String[] command = new String[arguments.length + 1];
        command[0] = "git";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return Run.of(where, environment, Arrays.asList(command));
    }

    private void create(String type, String name, boolean isPrivate) throws IOException, InterruptedException {
        String body = "{\"type\":\"" + type + "\",\"name\":\"" + name + "\",\"organization\":\"lab\",\"private\":"
                + isPrivate + "}";
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(URI.create(server.base() + "/api/repos/create"))
                            .header("Authorization", "Bearer " + Server.ADA)
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        }
    }

    private static byte[] noise(int size, long seed) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static String sha256(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }

    @Test
    void aModelWithLargeFilesGoesUpAndComesDown() throws Exception {
        create("model", "lfs", false);
        Path work = folder.resolve("lfs");
        git(folder, "clone", server.gitUrl("ada", Server.ADA, "lab/lfs"), "lfs").succeeded();
        Files.write(work.resolve("model.safetensors"), noise(20 << 20, 1));
        Files.writeString(work.resolve("README.md"), "---\nlicense: mit\n---\n# A model\n");
        git(work, "add", ".").succeeded();
        git(work, "commit", "-m", "Add the weights").succeeded();
        git(work, "push").succeeded();
        git(folder, "clone", server.base() + "/lab/lfs", "again").succeeded();
        assertThat(sha256(folder.resolve("again/model.safetensors")))
                .isEqualTo(sha256(work.resolve("model.safetensors")));
        git(folder, "clone", server.base() + "/models/lab/lfs.git", "again-by-our-name")
                .succeeded();
        assertThat(folder.resolve("again-by-our-name/README.md")).hasSameTextualContentAs(work.resolve("README.md"));
    }

    @Test
    void branchesTagsAndShallowClones() throws Exception {
        create("space", "code", false);
        Path work = folder.resolve("code");
        git(folder, "clone", server.gitUrl("ada", Server.ADA, "spaces/lab/code"), "code")
                .succeeded();
        for (int i = 0; i < 5; i++) {
            Files.writeString(work.resolve("train.py"), "print(" + i + ")\n");
            git(work, "add", ".").succeeded();
            git(work, "commit", "-m", "Step " + i).succeeded();
            git(work, "tag", "step" + i).succeeded();
        }
        git(work, "push", "origin", "HEAD", "--tags").succeeded();
        git(work, "push", "origin", "HEAD:refs/heads/side/branch").succeeded();
        git(folder, "clone", "--depth", "1", "--branch", "step3", server.base() + "/code/lab/code", "shallow")
                .succeeded();
        assertThat(folder.resolve("shallow/train.py")).hasContent("print(3)\n");
        git(folder, "clone", "--filter=blob:none", server.base() + "/spaces/lab/code", "partial")
                .succeeded();
        assertThat(folder.resolve("partial/train.py")).hasContent("print(4)\n");
        git(work, "push", "origin", "--delete", "side/branch").succeeded();
        assertThat(git(work, "ls-remote", "origin").succeeded().output())
                .doesNotContain("side/branch")
                .contains("refs/tags/step4");
    }

    @Test
    void whatMayNotBePushedIsRefusedWithWhatToDo() throws Exception {
        create("model", "refused", false);
        Path work = folder.resolve("refused");
        git(folder, "clone", server.gitUrl("ada", Server.ADA, "lab/refused"), "refused")
                .succeeded();
        Files.write(work.resolve("weights.dat"), noise(11 << 20, 2));
        git(work, "add", ".").succeeded();
        git(work, "commit", "-m", "Too large").succeeded();
        assertThat(git(work, "push").failed().output()).contains("git lfs migrate import");
        git(work, "reset", "--hard", "HEAD~1").succeeded();

        String pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:" + "ab".repeat(32) + "\nsize 12\n";
        Files.writeString(work.resolve("missing.txt"), pointer);
        git(work, "add", ".").succeeded();
        git(work, "commit", "-m", "A pointer to nothing").succeeded();
        assertThat(git(work, "push").failed().output()).contains("abababab");
        assertThat(git(folder, "clone", server.base() + "/lab/refused", "still")
                        .succeeded()
                        .exit())
                .isZero();
        assertThat(folder.resolve("still/missing.txt")).doesNotExist();
    }

    @Test
    void whoMayNotCannot() throws Exception {
        create("model", "hidden", true);
        git(folder, "clone", server.base() + "/lab/hidden", "no").failed();
        git(folder, "clone", server.gitUrl("bob", Server.BOB, "lab/hidden"), "no")
                .failed();
        git(folder, "clone", server.gitUrl("ada", Server.ADA_READS, "lab/hidden"), "hidden")
                .succeeded();
        Path work = folder.resolve("hidden");
        Files.writeString(work.resolve("a.txt"), "a\n");
        git(work, "add", ".").succeeded();
        git(work, "commit", "-m", "With a token that only reads").succeeded();
        git(work, "push").failed();
    }
}
