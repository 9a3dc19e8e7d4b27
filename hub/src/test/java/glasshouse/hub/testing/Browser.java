package glasshouse.hub.testing;

import glasshouse.hub.account.Secrets;
import glasshouse.hub.index.People.Account;
import glasshouse.hub.testing.TestHub.Answer;
import glasshouse.hub.web.Address;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;

/** Asks for pages and sends forms as a browser does, signed in or not; follows nothing by itself. */
public final class Browser {
    private final TestHub hub;
    private final String cookie;

    private Browser(TestHub hub, String cookie) {
        this.hub = hub;
        this.cookie = cookie;
    }

    public static Browser anonymous(TestHub hub) {
        return new Browser(hub, "");
    }

    /** A browser in which somebody is signed in. */
    public static Browser of(TestHub hub, String user) {
        Account account = hub.parts().people().account(user).orElseThrow();
        String secret = Secrets.letters();
        Instant now = Instant.now();
        hub.parts()
                .credentials()
                .addSession(Secrets.hash(secret), account.id(), now, now.plus(Duration.ofDays(3650)), 100);
        return new Browser(hub, "glasshouse_session=" + secret);
    }

    /** A browser with the cookie that an answer set. */
    public static Browser after(TestHub hub, Answer answer) {
        String set = answer.header("Set-Cookie");
        return new Browser(hub, set.substring(0, set.indexOf(';')));
    }

    /** The header {@code Cookie} that it sends. */
    public String cookie() {
        return cookie;
    }

    public Answer get(String path) throws Exception {
        return hub.send(prepared("GET", path, "").build());
    }

    public Answer post(String path, Map<String, String> form) throws Exception {
        return post(path, form, "same-origin");
    }

    /** @param site what the browser says of the page that the form was on */
    public Answer post(String path, Map<String, String> form, String site) throws Exception {
        String body = form.entrySet().stream()
                .map(field -> Address.encodeSegment(field.getKey()) + "=" + Address.encodeSegment(field.getValue()))
                .collect(Collectors.joining("&"));
        return hub.send(
                prepared("POST", path, body).header("Sec-Fetch-Site", site).build());
    }

    private HttpRequest.Builder prepared(String method, String path, String body) {
        HttpRequest.Builder request = hub.request(
                        method, path, "", body.isEmpty() ? "" : "application/x-www-form-urlencoded", "")
                .header("Accept", "text/html")
                .header("X-Request-Id", "request-of-a-test")
                .method(method, method.equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        return cookie.isEmpty() ? request : request.header("Cookie", cookie);
    }
}
