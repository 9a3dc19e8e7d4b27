package glasshouse.hub.server;

import glasshouse.hub.web.Reply;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Map;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Blocker;

/** Writes replies to the wire. */
final class Sender {
    private static final int STREAM_BUFFER = 32 << 10;

    private Sender() {}

    static void send(Reply reply, Response response, boolean head) throws IOException {
        response.setStatus(reply.status());
        HttpFields.Mutable headers = response.getHeaders();
        for (Map.Entry<String, String> header : reply.headers()) {
            headers.add(header.getKey(), header.getValue());
        }
        switch (reply.body()) {
            case Reply.Body.Empty() -> {
                if (reply.status() != 204 && reply.status() != 304 && !headers.contains("Content-Length")) {
                    headers.put("Content-Length", 0);
                }
                write(response, true, ByteBuffer.allocate(0));
            }
            case Reply.Body.Bytes(byte[] bytes) -> {
                headers.put("Content-Length", bytes.length);
                write(response, true, head ? ByteBuffer.allocate(0) : ByteBuffer.wrap(bytes));
            }
            case Reply.Body.Stream(Reply.Writer writer) -> {
                if (head) {
                    write(response, true, ByteBuffer.allocate(0));
                } else {
                    // Closed only where all was written: otherwise a part would be sent as if it were the whole.
                    OutputStream out = new BufferedOutputStream(Content.Sink.asOutputStream(response), STREAM_BUFFER);
                    writer.write(out);
                    out.close();
                }
            }
            case Reply.Body.Region(long size, Reply.Transfer source) -> {
                headers.put("Content-Length", size);
                if (!head && size > 0) {
                    source.to(new ResponseChannel(response, size));
                }
                write(response, true, ByteBuffer.allocate(0));
            }
        }
    }

    private static void write(Response response, boolean last, ByteBuffer bytes) throws IOException {
        try (Blocker.Callback callback = Blocker.callback()) {
            response.write(last, bytes, callback);
            callback.block();
        }
    }

    /** Hands buffers to the response as they are, and lets no more through than was promised. */
    private static final class ResponseChannel implements WritableByteChannel {
        private final Response response;
        private long left;

        ResponseChannel(Response response, long size) {
            this.response = response;
            this.left = size;
        }

        @Override
        public int write(ByteBuffer bytes) throws IOException {
            int n = bytes.remaining();
            if (n > left) {
                throw new IOException("more bytes than promised");
            }
            Sender.write(response, false, bytes);
            left -= n;
            return n;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {
            // the response is ended by its sender
        }
    }
}
