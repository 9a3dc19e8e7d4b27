package glasshouse.hub.job;

import glasshouse.core.entry.EntryId;
import glasshouse.hub.git.RefWatch;
import glasshouse.hub.git.Repositories;
import glasshouse.hub.index.Database;
import glasshouse.hub.index.Entries;
import glasshouse.hub.index.Entry;
import glasshouse.hub.index.Governance;
import glasshouse.hub.index.HeldObjects;
import glasshouse.hub.index.Inspections;
import glasshouse.hub.index.Jobs;
import glasshouse.hub.index.Jobs.State;
import glasshouse.hub.index.SeenRefs;
import glasshouse.hub.web.Route;
import glasshouse.store.object.ObjectStore;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything of this package, put together: who watches refs, the queue, what was found, and the way back. */
public final class Background implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Background.class);
    private static final int WORKERS = 2;
    private static final int MAX_COUNTED = 100_000;

    /** Evidence that nothing rests on may be of an inspection under way. */
    private static final Duration SWEEP_AFTER = Duration.ofDays(1);

    private static final Chores NONE = new Chores() {
        @Override
        public String maintain(EntryId entry) {
            return "";
        }

        @Override
        public String purge() {
            return "";
        }
    };

    /** What an entry takes, by logical bytes. */
    @FunctionalInterface
    public interface Usage {
        long bytes(Entry entry) throws IOException;
    }

    private final Repositories repositories;
    private final Entries entries;
    private final Inspections inspections;
    private final RefIntake intake;
    private final Reindex reindex;
    private final JobQueue queue;
    private final RevisionFindings findings;
    private final InstantSource clock;
    private volatile Chores chores = NONE;

    public Background(
            Repositories repositories,
            Database index,
            Entries entries,
            Governance governance,
            ObjectStore objects,
            HeldObjects held,
            Usage usage,
            InstantSource clock) {
        this.repositories = repositories;
        this.entries = entries;
        this.clock = clock;
        inspections = new Inspections(index);
        HeadReader heads = new HeadReader(clock);
        intake = new RefIntake(repositories, entries, new SeenRefs(index), inspections, heads, clock);
        HeadIndex headIndex = new HeadIndex(repositories, entries, inspections, heads, usage);
        reindex = new Reindex(repositories, entries, governance, inspections, held, intake, headIndex, clock);
        Inspecting inspecting = new Inspecting(repositories, entries, inspections, objects, held, clock);
        CatchUp catchUp = new CatchUp(repositories, entries, held, intake, reindex);
        Jobs jobs = new Jobs(index);
        queue = new JobQueue(jobs, new TaskRunner(inspecting, headIndex, catchUp, entries, watched()), clock);
        intake.onWork(queue::wake);
        findings = new RevisionFindings(entries, inspections, jobs, queue);
    }

    /** The chores that are given at the start, with what belongs to this package added. */
    private Chores watched() {
        return new Chores() {
            @Override
            public String maintain(EntryId entry) throws Exception {
                return chores.maintain(entry);
            }

            @Override
            public String purge() throws Exception {
                String said = chores.purge();
                int swept = inspections.sweep(clock.instant().minus(SWEEP_AFTER));
                return swept == 0 ? said : (said + " " + swept + " pieces of evidence that nothing rests on").strip();
            }
        };
    }

    /** Is to be told of every ref that changes. */
    public RefWatch watch() {
        return intake;
    }

    /** Compares entries with their repositories: also to be called when the default branch of an entry is another, or it came back. */
    public RefIntake intake() {
        return intake;
    }

    public JobQueue queue() {
        return queue;
    }

    public RevisionFindings findings() {
        return findings;
    }

    public List<Route> routes() {
        return new FindingRoutes(repositories, entries, findings, queue).routes();
    }

    /**
     * Makes the index anew where it was lost: it knows no entry and there are repositories. Inspections follow in the background.
     */
    public void recover() throws IOException {
        if (entries.ids().isEmpty() && !repositories.ids().isEmpty()) {
            LOG.warn("the index is empty and there are repositories: it is made anew from them");
            int found = reindex.run(Steps.unwatched(clock));
            LOG.warn("the index has {} entries again; what is in their files is inspected in the background", found);
        }
    }

    /** Is told how far {@link #reindex} is. */
    @FunctionalInterface
    public interface Progress {
        void at(long done, long total, String what);
    }

    /**
     * Makes the index anew from the repositories, and inspects everything before it returns. What people did is not touched.
     *
     * @return how many entries there are
     */
    public int reindex(Progress progress) throws IOException {
        int found = reindex.run(new Steps(
                (done, total, what) -> {
                    progress.at(done, total, what);
                    return true;
                },
                () -> false,
                clock));
        queue.settle();
        return found;
    }

    /** How many inspections failed, or wait for another try. */
    public long unfinished() {
        return Stream.of(State.FAILED, State.WAITING)
                .flatMap(state -> queue.list(Optional.empty(), Optional.of(state), 0, MAX_COUNTED).stream())
                .filter(job -> RevisionFindings.KINDS.contains(job.kind())
                        || job.kind().equals("index-head"))
                .count();
    }

    /** Starts to work: what waits from before, then a comparison of all repositories with the index. */
    public void start(Chores given) {
        chores = given;
        queue.add(new Task.CatchUp(), new Task.PurgeDeleted());
        queue.start(WORKERS);
    }

    @Override
    public void close() {
        queue.close();
    }
}
