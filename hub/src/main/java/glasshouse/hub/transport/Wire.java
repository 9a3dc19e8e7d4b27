package glasshouse.hub.transport;

import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import glasshouse.core.problem.Refusal;
import glasshouse.hub.web.Call;
import glasshouse.hub.web.Reply;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
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
            return new BufferedInputStream(new Unpacked(call.body()), BUFFER);
        }
        if (!encoding.equals("identity")) {
            throw Problem.of(Code.INVALID, "the body has an encoding that is neither gzip nor none")
                    .refusal();
        }
        return new BufferedInputStream(call.body(), BUFFER);
    }

    /**
     * The content of gzip. What is wrong with it is the client's fault and told as such, and not what is wrong with the connection that
     * it came by.
     */
    private static final class Unpacked extends InputStream {
        private final InputStream content;

        /** Reads the header of gzip: what is no gzip at all is refused before anything is answered. */
        Unpacked(InputStream packed) throws IOException {
            try {
                this.content = new GZIPInputStream(packed, BUFFER);
            } catch (ZipException | EOFException e) {
                throw told(e);
            }
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int at, int length) throws IOException {
            try {
                return content.read(into, at, length);
            } catch (ZipException | EOFException e) {
                throw told(e);
            }
        }

        private static IOException told(IOException fault) throws IOException {
            // A connection that ends tells it by an exception of its own kind.
            if (fault instanceof EOFException && fault.getClass() != EOFException.class) {
                throw fault;
            }
            throw new Refusal(
                    Problem.of(Code.INVALID, "the body is not the gzip that `Content-Encoding` says")
                            .because(String.valueOf(fault.getMessage()))
                            .mend("send it again, or without gzip"),
                    fault);
        }
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
