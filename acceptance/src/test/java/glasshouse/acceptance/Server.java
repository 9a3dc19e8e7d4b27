package glasshouse.acceptance;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The jar that people run, as a process of its own on a free port, with the people that the tests need. */
final class Server implements AutoCloseable {
    static final String ADA = "hf_AdaAdaAdaAdaAdaAdaAdaAdaAdaAdaAdaAda";
    static final String ADA_READS = "hf_ReadReadReadReadReadReadReadReadReadR";
    static final String BOB = "hf_BobBobBobBobBobBobBobBobBobBobBobBobB";
    static final String OPERATOR = "hf_RootRootRootRootRootRootRootRootRootR";
    static final String PASSWORD = "correct horse battery staple";

    private static final Pattern ADDRESS = Pattern.compile("http://[0-9.:\\[\\]a-z]+");
    private static final String SEED = """
            users:
            - name: ada
              email: ada@example.org
              password: %1$s
              tokens:
              - {value: %2$s, role: write}
              - {value: %3$s, role: read}
            - name: bob
              email: bob@example.org
              password: %1$s
              tokens:
              - {value: %4$s, role: write}
            - name: root
              password: %1$s
              admin: true
              tokens:
              - {value: %5$s, role: write}
            organisations:
            - name: lab
              members: {ada: admin}
            """.formatted(PASSWORD, ADA, ADA_READS, BOB, OPERATOR);

    private final Process process;
    private final String base;
    private final Path data;
    private final List<String> ready;

    private Server(Process process, String base, Path data, List<String> ready) {
        this.process = process;
        this.base = base;
        this.data = data;
        this.ready = ready;
    }

    /** Starts a server on a folder that may hold something already. */
    static Server start(Path data, String... flags) throws IOException {
        List<String> command = new ArrayList<>(java());
        command.addAll(List.of("serve", "--data", data.toString(), "--port", "0"));
        command.addAll(List.of(flags));
        Files.createDirectories(data);
        Path log = data.resolveSibling(data.getFileName() + ".log");
        Process process =
                new ProcessBuilder(command).redirectError(log.toFile()).start();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        List<String> lines = new ArrayList<>();
        String line;
        while ((line = out.readLine()) != null) {
            lines.add(line);
            Matcher address = ADDRESS.matcher(line);
            if (address.find()) {
                return new Server(process, address.group(), data, lines);
            }
        }
        throw new IOException("the server did not start: " + lines + Files.readString(log));
    }

    /** A server on an empty folder, with ada, bob, an operator called root, and the organisation lab of ada's. */
    static Server withPeople(Path data) throws IOException, InterruptedException {
        Server server = start(data);
        Path seed = Files.createTempFile("seed", ".yaml");
        Files.writeString(seed, SEED);
        command(data.getParent(), "admin", "seed", seed.toString(), "--data", data.toString())
                .succeeded();
        Files.delete(seed);
        return server;
    }

    /** Runs a command of the program, as a process of its own. */
    static Run command(Path folder, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(java());
        command.addAll(List.of(arguments));
        return Run.of(folder, Map.of("PATH", System.getenv("PATH"), "LANG", "C.UTF-8"), command);
    }

    static List<String> java() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseCompactObjectHeaders",
                "-Xmx512m",
                "-jar",
                Tools.ROOT.resolve("cli/target/glasshouse-all.jar").toString());
    }

    /** {@code http://127.0.0.1:port}. */
    String base() {
        return base;
    }

    String host() {
        return base.substring("http://".length());
    }

    Path data() {
        return data;
    }

    /** What it printed until it was ready. */
    List<String> ready() {
        return ready;
    }

    /** An address with a token in it, as git takes it. */
    String gitUrl(String user, String token, String repo) {
        return "http://" + user + ":" + token + "@" + host() + "/" + repo;
    }

    /** Ends the process at once, as a power cut would. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Asks it to stop, and waits. */
    int stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        return process.exitValue();
    }

    @Override
    public void close() throws InterruptedException {
        stop();
    }
}
