package glasshouse.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was answered is there after a stop, after a kill, and for the commands of the terminal. */
class RestartTest {
    @TempDir
    Path folder;

    private static HttpResponse<String> send(Server server, String method, String path, String type, String body)
            throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(URI.create(server.base() + path))
                            .header("Authorization", "Bearer " + Server.ADA)
                            .header("Content-Type", type)
                            .method(method, HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    private static void commit(Server server, String path, String content) throws Exception {
        String lines = "{\"key\":\"header\",\"value\":{\"summary\":\"Add " + path + "\",\"description\":\"\"}}\n"
                + "{\"key\":\"file\",\"value\":{\"path\":\"" + path + "\",\"encoding\":\"base64\",\"content\":\""
                + Base64.getEncoder().encodeToString(content.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                + "\"}}\n";
        HttpResponse<String> answer =
                send(server, "POST", "/api/models/ada/kept/commit/main", "application/x-ndjson", lines);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @Test
    void whatWasAnsweredOutlivesAKill() throws Exception {
        Path data = folder.resolve("data");
        Server server = Server.withPeople(data);
        assertThat(send(
                                server,
                                "POST",
                                "/api/repos/create",
                                "application/json",
                                "{\"name\":\"kept\",\"type\":\"model\"}")
                        .statusCode())
                .isEqualTo(200);
        for (int i = 0; i < 10; i++) {
            commit(server, "file" + i + ".txt", "content " + i);
        }
        server.kill();
        try (Server again = Server.start(data)) {
            for (int i = 0; i < 10; i++) {
                HttpResponse<String> file =
                        send(again, "GET", "/ada/kept/resolve/main/file" + i + ".txt", "text/plain", "");
                assertThat(file.body()).isEqualTo("content " + i);
            }
        }
    }

    @Test
    void aSecondServerAndTheCommandsRespectTheFirst() throws Exception {
        Path data = folder.resolve("data");
        try (Server server = Server.withPeople(data)) {
            Run second = Server.command(folder, "serve", "--data", data.toString(), "--port", "0")
                    .failed();
            assertThat(second.output()).contains("in use by another process");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("control.sock"))))
                    .isEqualTo("rw-------");
            Server.command(folder, "user", "add", "carol", "--data", data.toString())
                    .succeeded();
            assertThat(Server.command(folder, "user", "list", "--data", data.toString())
                            .succeeded()
                            .output())
                    .contains("ada", "carol");
            String token = Server.command(
                            folder, "token", "create", "--user", "carol", "--role", "write", "--data", data.toString())
                    .succeeded()
                    .output()
                    .strip();
            assertThat(token).matches("hf_[A-Za-z]{20,}");
            assertThat(server.stop()).isIn(0, 143);
        }
        assertThat(Server.command(folder, "user", "list", "--data", data.toString())
                        .succeeded()
                        .output())
                .contains("carol");
    }
}
