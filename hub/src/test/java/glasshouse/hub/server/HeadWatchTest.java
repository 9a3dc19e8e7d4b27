package glasshouse.hub.server;

import static org.assertj.core.api.Assertions.assertThat;

import glasshouse.hub.HubConfig;
import glasshouse.hub.testing.TestHub;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sockets that send as they please, against a server that waits a second for a head. */
class HeadWatchTest {
    private static final String REQUEST = "GET /health HTTP/1.1\r\nHost: localhost\r\n";

    @TempDir
    Path data;

    private TestHub hub;

    @BeforeEach
    void start() throws IOException {
        HubConfig plain = HubConfig.inFolder(data, 0);
        ServerConfig server = plain.server();
        hub = TestHub.with(new HubConfig(
                plain.data(),
                new ServerConfig(
                        server.host(),
                        server.port(),
                        server.publicUrl(),
                        server.aliases(),
                        server.trustedProxies(),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(1),
                        server.minBodyRate(),
                        server.maxConnections(),
                        server.stopTimeout()),
                plain.database(),
                plain.limits()));
    }

    @AfterEach
    void stop() throws IOException {
        hub.close();
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket("127.0.0.1", hub.hub().port());
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    /** Sends a byte of a header every 100 ms; says after how long the connection was closed, or the limit. */
    private static Duration drip(Socket socket, Duration limit) throws Exception {
        long began = System.nanoTime();
        long elapsed = 0;
        try {
            while (elapsed < limit.toNanos()) {
                send(socket, "x");
                Thread.sleep(100);
                if (socket.getInputStream().available() == 0 && closed(socket)) {
                    break;
                }
                elapsed = System.nanoTime() - began;
            }
        } catch (IOException closed) {
            // What was looked for.
        }
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private static boolean closed(Socket socket) throws IOException {
        socket.setSoTimeout(1);
        try {
            return socket.getInputStream().read() < 0;
        } catch (java.net.SocketTimeoutException open) {
            return false;
        }
    }

    private static String answer(Socket socket) throws IOException {
        StringBuilder head = new StringBuilder();
        InputStream in = socket.getInputStream();
        int next;
        while (head.indexOf("\"ok\"}") < 0 && (next = in.read()) >= 0) {
            head.append((char) next);
        }
        return head.toString();
    }

    @Test
    void aHeadThatDripsIsCutOff() throws Exception {
        try (Socket socket = connect()) {
            send(socket, REQUEST + "X-Slow: ");
            assertThat(drip(socket, Duration.ofSeconds(8))).isBetween(Duration.ofMillis(700), Duration.ofSeconds(5));
        }
    }

    @Test
    void soIsTheNextHeadOnAConnection() throws Exception {
        try (Socket socket = connect()) {
            send(socket, REQUEST + "\r\n");
            assertThat(answer(socket)).startsWith("HTTP/1.1 200");
            send(socket, REQUEST + "X-Slow: ");
            assertThat(drip(socket, Duration.ofSeconds(10))).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(7));
        }
    }

    @Test
    void whoNeverSendsAHeadIsCutOff() throws Exception {
        try (Socket socket = connect()) {
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void aBodyThatNeverComesIsTheClientsFault() throws Exception {
        try (Socket socket = connect()) {
            send(
                    socket,
                    "POST /api/validate-yaml HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                            + "Content-Length: 2\r\n\r\n{");
            byte[] answer = socket.getInputStream().readNBytes(12);
            assertThat(new String(answer, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 408");
        }
    }

    @Test
    void aConnectionThatSendsRequestsIsKept() throws Exception {
        try (Socket socket = connect()) {
            for (int i = 0; i < 5; i++) {
                send(socket, REQUEST + "\r\n");
                assertThat(answer(socket)).startsWith("HTTP/1.1 200");
                Thread.sleep(900);
            }
        }
    }
}
