package glasshouse.hub.server;

import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongSupplier;

/** A body that must keep coming: after a time of grace, its average rate must not fall below the least one. */
final class PacedInput extends FilterInputStream {
    private static final long GRACE_NANOS = 30_000_000_000L;

    private final long bytesPerSecond;
    private final LongSupplier nanos;
    private final long started;
    private long received;

    PacedInput(InputStream body, long bytesPerSecond, LongSupplier nanos) {
        super(body);
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
        received += Math.max(0, n);
        long elapsed = nanos.getAsLong() - started;
        if (n >= 0 && elapsed > GRACE_NANOS && received < bytesPerSecond * ((elapsed - GRACE_NANOS) / 1_000_000_000L)) {
            throw Problem.of(Code.TIMED_OUT, "the body came too slowly")
                    .because(received + " bytes in " + elapsed / 1_000_000_000L + " s")
                    .refusal();
        }
        return n;
    }
}
