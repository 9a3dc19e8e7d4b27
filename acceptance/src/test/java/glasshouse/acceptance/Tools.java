package glasshouse.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** Finds the programs that the tests drive. A missing one skips the test by name, or fails it where none may be missing. */
final class Tools {
    static final Path ROOT = Path.of(Objects.requireNonNull(System.getProperty("glasshouse.root")));
    static final Path CLIENTS = ROOT.resolve("acceptance/clients");

    private Tools() {}

    /** A program that CI installs: its absence is a failure there. */
    static String require(String program) {
        Optional<Path> found = onPath(program);
        missing(found.isPresent(), "`" + program + "` is not installed", true);
        return found.orElseThrow().toString();
    }

    /** Node.js, with the packages of {@code acceptance/clients}. */
    static String node() {
        String node = require("node");
        missing(
                Files.isDirectory(CLIENTS.resolve("node_modules/@huggingface/hub")),
                "run `npm ci` in acceptance/clients: @huggingface/hub is not there",
                true);
        return node;
    }

    /** A program of the Python clients, which are optional everywhere. */
    static String python(String program) {
        Path found = ROOT.resolve("acceptance/target/python/bin").resolve(program);
        missing(Files.isExecutable(found), "the Python clients are not in acceptance/target/python", false);
        return found.toString();
    }

    private static void missing(boolean present, String what, boolean failWhereRequired) {
        if (failWhereRequired && "1".equals(System.getenv("GLASSHOUSE_REQUIRE_CLIENTS"))) {
            Assertions.assertTrue(present, what);
        }
        Assumptions.assumeTrue(present, what);
    }

    private static Optional<Path> onPath(String program) {
        for (String folder : System.getenv("PATH").split(":")) {
            Path candidate = Path.of(folder, program);
            if (Files.isExecutable(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    /** An environment in which a client finds nothing of the person who runs the tests. */
    static Map<String, String> cleanEnvironment(Path home) throws IOException {
        Files.createDirectories(home);
        return Map.ofEntries(
                Map.entry("PATH", System.getenv("PATH")),
                Map.entry("HOME", home.toString()),
                Map.entry("LANG", "C.UTF-8"),
                Map.entry("GIT_CONFIG_NOSYSTEM", "1"),
                Map.entry("GIT_TERMINAL_PROMPT", "0"),
                Map.entry("GIT_ASKPASS", "true"),
                Map.entry("GIT_AUTHOR_NAME", "ada"),
                Map.entry("GIT_AUTHOR_EMAIL", "ada@example.org"),
                Map.entry("GIT_COMMITTER_NAME", "ada"),
                Map.entry("GIT_COMMITTER_EMAIL", "ada@example.org"),
                Map.entry("HF_HOME", home.resolve("hf").toString()),
                Map.entry("HF_HUB_DISABLE_TELEMETRY", "1"),
                Map.entry("HF_HUB_DISABLE_XET", "1"),
                Map.entry("HF_HUB_DISABLE_PROGRESS_BARS", "1"),
                Map.entry("NO_PROXY", "127.0.0.1,localhost"));
    }
}
