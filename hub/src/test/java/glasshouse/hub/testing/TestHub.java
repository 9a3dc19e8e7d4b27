package glasshouse.hub.testing;

import glasshouse.core.access.Role;
import glasshouse.core.entry.EntryKind;
import glasshouse.core.entry.RepoName;
import glasshouse.core.entry.Visibility;
import glasshouse.hub.Hub;
import glasshouse.hub.HubConfig;
import glasshouse.hub.account.Secrets;
import glasshouse.hub.index.Credentials.Token;
import glasshouse.hub.index.Entry;
import glasshouse.hub.index.Ids;
import glasshouse.hub.index.People.Account;
import glasshouse.hub.web.Json;
import glasshouse.hub.web.Route;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/** A hub that listens on a free port of loopback. */
public final class TestHub implements AutoCloseable {
    private final Hub hub;
    private final HttpClient http =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
    private final List<String> log = new CopyOnWriteArrayList<>();

    private TestHub(HubConfig config, InstantSource clock, UnaryOperator<Route> each) throws IOException {
        hub = Hub.open(onChosenDatabase(config), clock, log::add, each);
        hub.start();
    }

    /** With {@code GLASSHOUSE_TEST_DATABASE=postgres} every test of this kind runs on PostgreSQL. */
    private static HubConfig onChosenDatabase(HubConfig config) {
        String chosen = System.getenv("GLASSHOUSE_TEST_DATABASE");
        if (chosen == null || !chosen.equals("postgres")) {
            return config;
        }
        PostgresCluster cluster =
                PostgresCluster.get().orElseThrow(() -> new IllegalStateException("no PostgreSQL is installed"));
        return new HubConfig(config.data(), config.server(), cluster.database(config.data()), config.limits());
    }

    public static TestHub in(Path data) throws IOException {
        return with(HubConfig.inFolder(data, 0));
    }

    public static TestHub with(HubConfig config) throws IOException {
        return with(config, InstantSource.system());
    }

    public static TestHub with(HubConfig config, InstantSource clock) throws IOException {
        return new TestHub(config, clock, route -> route);
    }

    /** A hub that serves its routes changed. */
    public static TestHub with(HubConfig config, UnaryOperator<Route> each) throws IOException {
        return new TestHub(config, InstantSource.system(), each);
    }

    public Hub hub() {
        return hub;
    }

    public Hub.Parts parts() {
        return hub.parts();
    }

    /** The lines of the request log so far. */
    public List<String> log() {
        return log;
    }

    /** {@code http://127.0.0.1:port}. */
    public String base() {
        return "http://127.0.0.1:" + hub.port();
    }

    public Account user(String name) {
        return parts().people().addAccount(name, name, Optional.empty(), Optional.empty(), false, Instant.now());
    }

    public Account operator(String name) {
        return parts().people().addAccount(name, name, Optional.empty(), Optional.empty(), true, Instant.now());
    }

    /** An organisation with members: {@code Map.of("ada", Role.ADMIN)}. */
    public void organisation(String name, Map<String, Role> members) {
        var organisation = parts().people().addOrganisation(name, name, Instant.now());
        members.forEach((account, role) -> parts().people()
                .setMember(
                        organisation.id(),
                        parts().people().account(account).orElseThrow().id(),
                        role));
    }

    /** A token of a user; {@code role} is read or write. */
    public String token(String user, String role) {
        return token(user, role, Map.of());
    }

    /** A token of a user; for a fine-grained one, the ids of entries and whether it may write to them. */
    public String token(String user, String role, Map<String, Boolean> entries) {
        String secret = Secrets.token();
        Account account = parts().people().account(user).orElseThrow();
        String id = Ids.next(System.currentTimeMillis());
        Token token = new Token(
                id,
                account.id(),
                "test " + id,
                role,
                secret.substring(secret.length() - 4),
                Instant.now(),
                Optional.empty(),
                Optional.empty(),
                entries);
        parts().credentials().addToken(token, Secrets.hash(secret));
        return secret;
    }

    public Entry entry(EntryKind kind, String name, Visibility visibility, String creator) throws IOException {
        return parts().lifecycle()
                .create(
                        kind,
                        RepoName.parse(name),
                        visibility,
                        Optional.empty(),
                        parts().people().account(creator).orElseThrow(),
                        Map.of());
    }

    /** An answer with its body as text. */
    public record Answer(int status, String body, HttpResponse<String> raw) {
        public JsonNode json() {
            return Json.parse(body.getBytes(StandardCharsets.UTF_8));
        }

        /** A header, or the empty text. */
        public String header(String name) {
            return raw.headers().firstValue(name).orElse("");
        }
    }

    public Answer get(String path, String token) throws Exception {
        return send("GET", path, token, "", "");
    }

    public Answer post(String path, String token, Object json) throws Exception {
        return send("POST", path, token, "application/json", Json.text(json));
    }

    /** Sends a request; an empty token or content type is left out. */
    public Answer send(String method, String path, String token, String contentType, String body) throws Exception {
        return send(request(method, path, token, contentType, body).build());
    }

    public HttpRequest.Builder request(String method, String path, String token, String contentType, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base() + path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        if (!contentType.isEmpty()) {
            request.header("Content-Type", contentType);
        }
        return request;
    }

    public Answer send(HttpRequest request) throws Exception {
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        return new Answer(answer.statusCode(), answer.body(), answer);
    }

    @Override
    public void close() throws IOException {
        http.shutdownNow();
        http.close();
        hub.close();
    }
}
