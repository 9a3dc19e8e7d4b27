package glasshouse.hub.web;

import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An answer: status, headers, and a body that is written when it is sent.
 *
 * @param status HTTP status
 * @param headers in order; a name may occur twice
 * @param body what follows the headers
 */
public record Reply(int status, List<Map.Entry<String, String>> headers, Body body) {
    /** When to come again after a problem that passes, where it does not say itself. */
    private static final Duration A_WHILE = Duration.ofSeconds(30);

    private static final String JSON = "application/json; charset=utf-8";

    /** What follows the headers. */
    public sealed interface Body {
        /** Nothing. */
        record Empty() implements Body {}

        /** Bytes that are there. */
        record Bytes(byte[] bytes) implements Body {}

        /** Bytes that are made while they are sent. A fault after the first byte breaks the connection. */
        record Stream(Writer writer) implements Body {}

        /**
         * As many bytes as said, from a file.
         *
         * @param source gives them to the channel; called at most once, not for HEAD
         */
        record Region(long sizeBytes, Transfer source) implements Body {}
    }

    /** Writes a body. */
    @FunctionalInterface
    public interface Writer {
        void write(OutputStream out) throws IOException;
    }

    /** Writes a body to a channel. */
    @FunctionalInterface
    public interface Transfer {
        void to(WritableByteChannel out) throws IOException;
    }

    public Reply {
        headers = List.copyOf(headers);
    }

    public static Reply empty(int status) {
        return new Reply(status, List.of(), new Body.Empty());
    }

    /** Any value that {@link Json} can write. */
    public static Reply json(Object value) {
        return json(200, value);
    }

    public static Reply json(int status, Object value) {
        return bytes(status, JSON, Json.bytes(value));
    }

    /** JSON that was written before. */
    public static Reply jsonBytes(byte[] json) {
        return bytes(200, JSON, json);
    }

    public static Reply html(int status, String html) {
        return bytes(status, "text/html; charset=utf-8", html.getBytes(StandardCharsets.UTF_8));
    }

    public static Reply text(int status, String text) {
        return bytes(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    public static Reply bytes(int status, String contentType, byte[] bytes) {
        return new Reply(status, List.of(Map.entry("Content-Type", contentType)), new Body.Bytes(bytes));
    }

    public static Reply stream(String contentType, Writer writer) {
        return new Reply(200, List.of(Map.entry("Content-Type", contentType)), new Body.Stream(writer));
    }

    public static Reply region(int status, long sizeBytes, Transfer source) {
        return new Reply(status, List.of(), new Body.Region(sizeBytes, source));
    }

    /** Look there instead, with the same method. */
    public static Reply redirect(String location) {
        return empty(307).header("Location", location);
    }

    /** Look there instead, with GET: the answer to a form. */
    public static Reply seeOther(String location) {
        return empty(303).header("Location", location);
    }

    public Reply header(String name, String value) {
        // INVARIANT: a line break in a header would let a value write headers of its own.
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) < ' ' && value.charAt(i) != '\t' || value.charAt(i) == 127) {
                throw new IllegalArgumentException("header `" + name + "` has a control character");
            }
        }
        List<Map.Entry<String, String>> more = new ArrayList<>(headers);
        more.add(Map.entry(name, value));
        return new Reply(status, more, body);
    }

    /** Says when to come again, where it is a problem that passes: clients without a number come again at once, or never. */
    public Reply retryAfter(Problem problem) {
        boolean passes = problem.code() == Code.RATE_LIMITED || problem.code() == Code.UNAVAILABLE;
        return problem.retryAfter()
                .or(() -> passes ? Optional.of(A_WHILE) : Optional.empty())
                .map(wait -> header(
                        "Retry-After",
                        Long.toString(Math.max(1, wait.plusMillis(999).toSeconds()))))
                .orElse(this);
    }

    public Reply withStatus(int newStatus) {
        return new Reply(newStatus, headers, body);
    }
}
