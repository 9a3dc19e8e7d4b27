package glasshouse.hub.transport;

import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import glasshouse.hub.web.Call;
import glasshouse.hub.web.Reply;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.eclipse.jgit.util.io.LimitedInputStream;

/** What the two services have in common on the wire. */
final class Wire {
    private static final int BUFFER = 64 << 10;

    private Wire() {}

    /** A reply that no cache may keep. */
    static Reply stream(String contentType, Reply.Writer writer) {
        return Reply.stream(contentType, writer)
                .header("Cache-Control", "no-cache, max-age=0, must-revalidate")
                .header("Pragma", "no-cache")
                .header("Expires", "Fri, 01 Jan 1980 00:00:00 GMT");
    }

    /** What a client says that it understands: {@code version=2}. */
    static List<String> extraParameters(Call call) {
        return call.header("Git-Protocol").map(text -> List.of(text.split(":"))).orElse(List.of());
    }

    /** Refuses a body of another kind: a form on another site cannot send this one. */
    static void requireType(Call call, String type) {
        if (!call.contentType().equals(type)) {
            throw Problem.of(Code.INVALID, "the body must have the type `" + type + "`")
                    .refusal();
        }
    }

    /** The body, unpacked. */
    static InputStream body(Call call) throws IOException {
        String encoding = call.header("Content-Encoding").orElse("identity");
        if (Set.of("gzip", "x-gzip").contains(encoding)) {
            return new BufferedInputStream(new GZIPInputStream(call.body(), BUFFER), BUFFER);
        }
        if (!encoding.equals("identity")) {
            throw Problem.of(Code.INVALID, "the body has an encoding that is neither gzip nor none")
                    .refusal();
        }
        return new BufferedInputStream(call.body(), BUFFER);
    }

    /** A stream that ends in a fault after so many bytes. */
    static InputStream limited(InputStream body, long maxBytes) {
        return new LimitedInputStream(body, maxBytes) {
            @Override
            protected void limitExceeded() throws IOException {
                throw new IOException("the request has more than " + maxBytes + " bytes");
            }
        };
    }
}
