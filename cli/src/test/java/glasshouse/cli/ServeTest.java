package glasshouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import glasshouse.core.entry.EntryKind;
import glasshouse.core.entry.RepoName;
import glasshouse.core.entry.Visibility;
import glasshouse.hub.Hub;
import glasshouse.hub.HubConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server as a process of its own. */
class ServeTest {
    private static final Pattern READY =
            Pattern.compile("glasshouse is ready at http://127\\.0\\.0\\.1:(\\d+) with its data in (.+)");
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(2);

    @TempDir
    Path folder;

    private final List<Process> processes = new ArrayList<>();
    private Path data;

    @BeforeEach
    void place() throws IOException {
        data = folder.toRealPath().resolve("data");
    }

    @AfterEach
    void end() {
        processes.forEach(Process::destroyForcibly);
    }

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseCompactObjectHeaders",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "glasshouse.cli.Main"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
        processes.add(process);
        return process;
    }

    private Process serve() throws IOException {
        return start("serve", "--data", data.toString(), "--port", "0");
    }

    private int portOf(String line) throws IOException {
        Matcher ready = READY.matcher(String.valueOf(line));
        assertThat(ready.matches())
                .as(line + Files.readString(folder.resolve("err")))
                .isTrue();
        assertThat(ready.group(2)).isEqualTo(data.toString());
        return Integer.parseInt(ready.group(1));
    }

    @Test
    void saysThatItIsReadyAndHowToBeginThenStopsOnASignal() throws Exception {
        Process first = serve();
        BufferedReader out = first.inputReader(StandardCharsets.UTF_8);
        int port = portOf(out.readLine());
        assertThat(out.readLine())
                .matches("create the administrator at http://127\\.0\\.0\\.1:" + port
                        + "/join\\?link=[A-Za-z]{43} \\(.*\\)");

        Process second = serve();
        assertThat(second.waitFor()).isEqualTo(Main.NO);
        assertThat(second.inputReader().readLine()).isNull();
        assertThat(Files.readString(folder.resolve("err"))).contains("in use by another process");

        assertThat(Typed.in(folder, "user", "add", "ada", "--admin", "--data", data.toString())
                        .code())
                .isZero();
        first.toHandle().destroy();
        assertThat(first.waitFor()).isZero();
        assertThat(out.readLine()).isNull();
        assertThat(data.resolve("control.sock")).doesNotExist();

        Process again = serve();
        BufferedReader second1 = again.inputReader(StandardCharsets.UTF_8);
        portOf(second1.readLine());
        again.toHandle().destroy();
        assertThat(again.waitFor()).isZero();
        assertThat(second1.readLine())
                .as("there is an administrator, so there is no link")
                .isNull();
    }

    @Test
    void aPortThatIsTakenIsARefusalAndNotAFault() throws Exception {
        try (var other = new java.net.ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(other.getLocalPort());
            Process process = start("serve", "--data", data.toString(), "--port", port);
            assertThat(process.waitFor()).isEqualTo(Main.NO);
            assertThat(Files.readString(folder.resolve("err")))
                    .contains("cannot listen on 127.0.0.1:" + port)
                    .doesNotContain("Exception");
        }
    }

    @Test
    void aRequestThatRunsWhenTheSignalComesIsAnswered() throws Exception {
        try (Hub hub = Hub.open(HubConfig.inFolder(data, 0), InstantSource.system(), line -> {})) {
            var ada = hub.parts().accounts().add("ada", "", Optional.empty(), Optional.empty(), true);
            hub.parts()
                    .lifecycle()
                    .create(
                            EntryKind.MODEL,
                            new RepoName("ada", "engine"),
                            Visibility.PUBLIC,
                            Optional.empty(),
                            ada,
                            Map.of());
        }
        Process process = serve();
        int port = portOf(process.inputReader(StandardCharsets.UTF_8).readLine());
        byte[] body = "paths=.gitattributes&expand=false".getBytes(StandardCharsets.US_ASCII);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream()
                    .write(("POST /api/models/ada/engine/paths-info/main HTTP/1.1\r\nHost: 127.0.0.1:" + port
                                    + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: "
                                    + body.length + "\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            BufferedReader answer =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            // The handler has begun to read: only then is the request one that runs.
            assertThat(answer.readLine()).isEqualTo("HTTP/1.1 100 Continue");
            assertThat(answer.readLine()).isEmpty();
            process.destroy();
            awaitRefusal(port);
            socket.getOutputStream().write(body);
            assertThat(answer.readLine()).isEqualTo("HTTP/1.1 200 OK");
            assertThat(answer.lines()).anyMatch(line -> line.contains("\"path\":\".gitattributes\""));
        }
        assertThat(process.waitFor()).isZero();
    }

    /** Tries until nobody listens any more. */
    private static void awaitRefusal(int port) throws IOException {
        long until = System.nanoTime() + PATIENCE_NANOS;
        while (System.nanoTime() < until) {
            try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
                Thread.onSpinWait();
            } catch (ConnectException refused) {
                return;
            }
        }
        throw new AssertionError("the server goes on listening");
    }

    @Test
    void theCommandsOfAProcessAreThoseOfTheMain() throws Exception {
        Process added = start("user", "add", "ada", "--data", data.toString());
        assertThat(added.waitFor()).isZero();
        Process token = start("token", "create", "--user", "ada", "--data", data.toString());
        assertThat(new String(token.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .matches("hf_[A-Za-z]{40}\\R");
        assertThat(start("user", "add", "ada", "--data", data.toString()).waitFor())
                .isEqualTo(Main.NO);
        assertThat(start("usr").waitFor()).isEqualTo(Main.WRONG_USE);
    }
}
