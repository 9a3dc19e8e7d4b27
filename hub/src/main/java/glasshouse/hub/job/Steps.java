package glasshouse.hub.job;

import glasshouse.hub.index.Jobs;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;

/** How far one piece of work is. Told often, written down at most once a second. Used by one thread. */
public final class Steps {
    private static final Duration BETWEEN_NOTES = Duration.ofSeconds(1);

    /** Takes down how far work is, and says whether it is still wanted. */
    @FunctionalInterface
    interface Note {
        boolean take(long done, long total, String message);
    }

    private final Note note;
    private final BooleanSupplier stopping;
    private final InstantSource clock;
    private Instant noted = Instant.EPOCH;

    Steps(Note note, BooleanSupplier stopping, InstantSource clock) {
        this.note = note;
        this.stopping = stopping;
        this.clock = clock;
    }

    static Steps of(Jobs jobs, String jobId, BooleanSupplier stopping, InstantSource clock) {
        return new Steps((done, total, message) -> jobs.progress(jobId, done, total, message), stopping, clock);
    }

    /** Steps that nobody watches and nothing stops. */
    public static Steps unwatched(InstantSource clock) {
        return new Steps((done, total, message) -> true, () -> false, clock);
    }

    /** Steps of a part of this work: they end with it, and what they say is not noted. */
    Steps within() {
        return new Steps((done, total, message) -> true, stopping, clock);
    }

    /**
     * Says how far the work is.
     *
     * @throws Stopped where it is to end here
     */
    void at(long done, long total, String message) {
        check();
        Instant now = clock.instant();
        if (done == 0 || Duration.between(noted, now).compareTo(BETWEEN_NOTES) >= 0) {
            noted = now;
            if (!note.take(done, total, message)) {
                throw new Stopped();
            }
        }
    }

    /**
     * To be asked between two artefacts.
     *
     * @throws Stopped where the work is to end here
     */
    void check() {
        if (stopping.getAsBoolean()) {
            throw new Stopped();
        }
    }

    /** Whether the work is to end. */
    boolean stopping() {
        return stopping.getAsBoolean();
    }
}
