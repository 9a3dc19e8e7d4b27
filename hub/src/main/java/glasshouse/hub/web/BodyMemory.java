package glasshouse.hub.web;

import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * How much of bodies is in memory at the same time, whoever sends them: each body takes pieces as it grows, and gives them back when
 * its call has been answered. Small bodies are not counted.
 */
public final class BodyMemory {
    private static final int PIECE_BYTES = 64 << 10;

    private final Semaphore pieces;
    private final Duration patience;

    /** @param patience how long a body waits for others to go */
    public BodyMemory(long bytes, Duration patience) {
        this.pieces = new Semaphore((int) Math.min(Integer.MAX_VALUE, bytes / PIECE_BYTES));
        this.patience = patience;
    }

    /** For all of a server: an eighth of its memory, since what is made of a body takes a multiple of it; but two of the largest. */
    public static BodyMemory standard() {
        long bytes = Math.max(2L * BodyLimit.FILES.bytes(), Runtime.getRuntime().maxMemory() / 8);
        return new BodyMemory(bytes, Duration.ofSeconds(10));
    }

    /** What one body takes. For one thread. */
    public Share share() {
        return new Share();
    }

    /** What one body takes. */
    public final class Share implements AutoCloseable {
        private int taken;

        /**
         * Takes what is needed for a body of so many bytes.
         *
         * @throws glasshouse.core.problem.Refusal UNAVAILABLE where too much is in memory for too long
         */
        void grow(long bytes) {
            int more = (int) (bytes / PIECE_BYTES) - taken;
            if (more <= 0) {
                return;
            }
            try {
                if (pieces.tryAcquire(more, patience.toMillis(), TimeUnit.MILLISECONDS)) {
                    taken += more;
                    return;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw Problem.of(Code.UNAVAILABLE, "too many large requests are being read")
                    .mend("try again in a moment")
                    .after(Duration.ofSeconds(5))
                    .refusal();
        }

        @Override
        public void close() {
            pieces.release(taken);
            taken = 0;
        }
    }
}
