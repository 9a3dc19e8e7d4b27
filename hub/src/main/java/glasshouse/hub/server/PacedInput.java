package glasshouse.hub.server;

import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import glasshouse.core.problem.Refusal;
import glasshouse.hub.web.Pouring;
import java.io.FilterInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.LongSupplier;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Blocker;

/** A body that must keep coming: after a time of grace, its average rate must not fall below the least one. */
final class PacedInput extends FilterInputStream implements Pouring {
    private static final long GRACE_NANOS = 30_000_000_000L;

    private final Content.Source source;
    private final long bytesPerSecond;
    private final LongSupplier nanos;
    private final long started;
    private long received;

    PacedInput(Content.Source source, long bytesPerSecond, LongSupplier nanos) {
        super(Content.Source.asInputStream(source));
        this.source = source;
        this.bytesPerSecond = bytesPerSecond;
        this.nanos = nanos;
        this.started = nanos.getAsLong();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int at, int length) throws IOException {
        int n = in.read(into, at, length);
        if (n >= 0) {
            keepPace(n);
        }
        return n;
    }

    @Override
    public long pourInto(Sink sink) throws IOException {
        long before = received;
        while (true) {
            Content.Chunk chunk = source.read();
            if (chunk == null) {
                try (Blocker.Runnable wait = Blocker.runnable()) {
                    source.demand(wait);
                    wait.block();
                }
                continue;
            }
            if (Content.Chunk.isFailure(chunk)) {
                throw stopped(chunk.getFailure());
            }
            try {
                ByteBuffer piece = chunk.getByteBuffer();
                int n = piece.remaining();
                if (n > 0) {
                    sink.take(piece);
                    keepPace(n);
                }
            } finally {
                chunk.release();
            }
            if (chunk.isLast()) {
                return received - before;
            }
        }
    }

    private static Refusal stopped(Throwable failure) {
        return new Refusal(Problem.of(Code.TIMED_OUT, "the request stopped in the middle"), failure);
    }

    private void keepPace(int n) {
        received += n;
        long elapsed = nanos.getAsLong() - started;
        if (elapsed > GRACE_NANOS && received < bytesPerSecond * ((elapsed - GRACE_NANOS) / 1_000_000_000L)) {
            throw Problem.of(Code.TIMED_OUT, "the body came too slowly")
                    .because(received + " bytes in " + elapsed / 1_000_000_000L + " s")
                    .refusal();
        }
    }
}
