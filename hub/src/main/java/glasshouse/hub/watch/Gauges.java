package glasshouse.hub.watch;

import glasshouse.hub.index.Entries;
import glasshouse.hub.index.Jobs.State;
import glasshouse.hub.job.JobQueue;
import glasshouse.hub.server.Journal;
import glasshouse.store.object.ObjectStore;
import java.io.IOException;

/** Figures that are asked for when somebody looks. */
public final class Gauges {
    private Gauges() {}

    /** Adds them to the figures of a server. */
    public static void add(Journal journal, JobQueue queue, Entries entries, ObjectStore store) {
        for (State state : new State[] {State.WAITING, State.RUNNING, State.FAILED}) {
            journal.gauge(
                    "glasshouse_jobs_" + state.word(),
                    "Jobs in the background that are " + state.word() + ".",
                    () -> queue.counts().getOrDefault(state, 0L));
        }
        journal.gauge(
                "glasshouse_entries",
                "Entries of all kinds.",
                () -> entries.totals().entries());
        journal.gauge(
                "glasshouse_entry_bytes",
                "What all entries take, by logical bytes: an object counts in each entry that holds it.",
                () -> entries.totals().usedBytes());
        journal.gauge("glasshouse_store_usable_bytes", "How many bytes more the store can take.", () -> usable(store));
    }

    private static double usable(ObjectStore store) {
        try {
            return store.usableBytes();
        } catch (IOException e) {
            return Double.NaN;
        }
    }
}
