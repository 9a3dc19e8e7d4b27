package glasshouse.hub.server;

import static org.assertj.core.api.Assertions.assertThat;

import glasshouse.hub.HubConfig;
import glasshouse.hub.testing.TestHub;
import glasshouse.hub.web.Reply;
import glasshouse.hub.web.Route;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HubServerTest {
    private static final String SLOW = "/metrics";

    @TempDir
    Path data;

    private CountDownLatch running = new CountDownLatch(1);
    private CountDownLatch done = new CountDownLatch(1);

    private Route slowed(Route route) {
        return !route.pattern().equals(SLOW)
                ? route
                : new Route(
                        route.method(),
                        route.pattern(),
                        route.surface(),
                        route.guard(),
                        call -> {
                            running.countDown();
                            done.await();
                            return Reply.text(200, "done");
                        },
                        route.about());
    }

    private static List<String> head(Socket socket, String path) throws IOException {
        String request = "HEAD " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        List<String> lines = new ArrayList<>();
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            lines.add(line);
        }
        return lines;
    }

    /** A stopping server may also close a connection that asks nothing just then; so this is tried some times. */
    @Test
    void aServerThatStopsSaysWhenToComeAgain() throws Exception {
        List<String> answer = List.of();
        for (int i = 0; i < 10 && answer.isEmpty(); i++) {
            running = new CountDownLatch(1);
            done = new CountDownLatch(1);
            answer = whatAStoppingServerSays(data.resolve("try" + i));
        }
        assertThat(answer)
                .anyMatch(line -> line.startsWith("HTTP/1.1 503"))
                .anyMatch(line -> line.equalsIgnoreCase("Retry-After: 31"));
    }

    private List<String> whatAStoppingServerSays(Path folder) throws Exception {
        TestHub hub = TestHub.with(HubConfig.inFolder(folder, 0), this::slowed);
        Thread asking = Thread.ofVirtual().unstarted(() -> {
            try (Socket socket = new Socket("127.0.0.1", hub.hub().port())) {
                head(socket, SLOW);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        Thread stopping = Thread.ofVirtual().unstarted(() -> {
            try {
                hub.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        try (Socket socket = new Socket("127.0.0.1", hub.hub().port())) {
            socket.setSoTimeout(10_000);
            asking.start();
            running.await();
            List<String> answer = head(socket, "/health");
            stopping.start();
            while (!answer.isEmpty() && answer.getFirst().startsWith("HTTP/1.1 200")) {
                answer = head(socket, "/health");
            }
            return answer;
        } catch (SocketException closed) {
            return List.of();
        } finally {
            done.countDown();
            stopping.join();
        }
    }
}
