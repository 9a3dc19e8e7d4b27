package glasshouse.hub.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** The real git in a folder of its own, away from the configuration of whoever runs the tests. */
public final class Git {
    private final Path home;
    private final Path folder;

    private Git(Path home, Path folder) {
        this.home = home;
        this.folder = folder;
    }

    /** How a command ended, and all that it said. */
    public record Outcome(int exit, String output) {
        public Outcome succeeded() {
            assertThat(exit).as(output).isZero();
            return this;
        }

        public Outcome failed() {
            assertThat(exit).as(output).isNotZero();
            return this;
        }
    }

    /** git with a home folder in {@code home}; skips the test where there is none and none is required. */
    public static Git in(Path home) throws IOException {
        require("git");
        Files.createDirectories(home);
        Git git = new Git(home, home);
        Files.writeString(
                home.resolve(".gitconfig"),
                "[user]\n\tname = ada\n\temail = ada@example.org\n[init]\n\tdefaultBranch = main\n[protocol]\n\tversion = 2\n"
                        + "[advice]\n\tdetachedHead = false\n");
        return git;
    }

    /** As {@link #in}, with git-lfs. */
    public static Git withLfs(Path home) throws IOException, InterruptedException {
        require("git-lfs");
        Git git = in(home);
        git.run("lfs", "install", "--skip-repo").succeeded();
        return git;
    }

    private static void require(String program) {
        boolean there = false;
        for (String folder : String.valueOf(System.getenv("PATH")).split(":")) {
            there |= Files.isExecutable(Path.of(folder, program));
        }
        boolean required = "1".equals(System.getenv("GLASSHOUSE_REQUIRE_CLIENTS"))
                || "1".equals(System.getProperty("GLASSHOUSE_REQUIRE_CLIENTS"));
        if (required) {
            assertThat(there)
                    .as(program + " is required and is not on the path")
                    .isTrue();
        }
        Assumptions.assumeTrue(there, program + " is not on the path");
    }

    /** The same git in another folder. */
    public Git at(Path other) {
        return new Git(home, other);
    }

    public Path folder() {
        return folder;
    }

    /** Clones into a new folder. */
    public Git clone(String url, String name, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of("clone", "-q"));
        command.addAll(List.of(options));
        command.addAll(List.of(url, name));
        run(command.toArray(String[]::new)).succeeded();
        return at(folder.resolve(name));
    }

    public Git write(String path, String text) throws IOException {
        return write(path, text.getBytes(StandardCharsets.UTF_8));
    }

    public Git write(String path, byte[] bytes) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
        return this;
    }

    /** Commits everything. */
    public Git commit(String message) throws Exception {
        run("add", "-A").succeeded();
        run("commit", "-q", "-m", message).succeeded();
        return this;
    }

    public String head() throws Exception {
        return run("rev-parse", "HEAD").succeeded().output().strip();
    }

    /** Whether the repository has an object. */
    public boolean isThere(String object) throws Exception {
        return run("cat-file", "-e", object).exit() == 0;
    }

    public Outcome run(String... arguments) throws IOException, InterruptedException {
        return start(Map.of(), arguments).end();
    }

    /** A command that runs. */
    public record Running(Process process, Path output) {
        public Outcome end() throws IOException, InterruptedException {
            if (!process.waitFor(120, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return new Outcome(-1, "not finished after 120 s: " + Files.readString(output));
            }
            Outcome outcome = new Outcome(process.exitValue(), Files.readString(output));
            Files.delete(output);
            return outcome;
        }
    }

    /** Begins a command. */
    public Running start(Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(home, "git", ".out");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        Map<String, String> env = builder.environment();
        env.keySet().removeIf(name -> name.startsWith("GIT_"));
        env.put("HOME", home.toString());
        env.put("XDG_CONFIG_HOME", home.toString());
        env.put("GIT_CONFIG_NOSYSTEM", "1");
        env.put("GIT_TERMINAL_PROMPT", "0");
        env.put("LC_ALL", "C");
        env.putAll(environment);
        return new Running(builder.start(), output);
    }
}
