package glasshouse.hub.job;

import glasshouse.core.entry.EntryId;
import glasshouse.core.entry.RevisionId;
import glasshouse.hub.git.Committer;
import glasshouse.hub.git.GitRepo;
import glasshouse.hub.git.RefWatch;
import glasshouse.hub.git.Repositories;
import glasshouse.hub.index.Entries;
import glasshouse.hub.index.Entry;
import glasshouse.hub.index.Inspections;
import glasshouse.hub.index.Jobs.Wanted;
import glasshouse.hub.index.SeenRefs;
import glasshouse.hub.index.SeenRefs.Seen;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.eclipse.jgit.lib.Constants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes note of refs that have changed. At once: where they point, and, for the default branch, revision, date and card, since
 * clients ask for them right after a commit. Everything else is left to jobs, of which a push makes three at most.
 */
public final class RefIntake implements RefWatch {
    private static final Logger LOG = LoggerFactory.getLogger(RefIntake.class);

    /** Above this number of changes all refs are read at once. */
    private static final int FEW = 16;

    private static final int LOCKS = 64;
    private static final java.time.Duration MAINTAIN_AFTER = java.time.Duration.ofMinutes(10);

    private final Repositories repositories;
    private final Entries entries;
    private final SeenRefs seen;
    private final Inspections inspections;
    private final HeadReader heads;
    private final InstantSource clock;
    private final List<Object> locks =
            IntStream.range(0, LOCKS).mapToObj(n -> new Object()).toList();
    private Runnable wake = () -> {};

    RefIntake(
            Repositories repositories,
            Entries entries,
            SeenRefs seen,
            Inspections inspections,
            HeadReader heads,
            InstantSource clock) {
        this.repositories = repositories;
        this.entries = entries;
        this.seen = seen;
        this.inspections = inspections;
        this.heads = heads;
        this.clock = clock;
    }

    /** Called once, before anything changes: what to do when there is new work. */
    void onWork(Runnable waker) {
        this.wake = waker;
    }

    @Override
    public void changed(EntryId id, List<Change> changes) {
        Set<String> names = new HashSet<>();
        changes.stream().map(Change::ref).filter(RefReader::matters).forEach(names::add);
        if (names.isEmpty()) {
            return;
        }
        try {
            synchronized (lock(id)) {
                // Two changes may be told in another order than they were made: what counts is where refs point now.
                note(id, now(repositories.open(id), names));
            }
        } catch (IOException | RuntimeException e) {
            // The change itself is done and durable. What the index missed is found by the next comparison.
            LOG.error("changes of {} were not noted", id, e);
        }
    }

    private Object lock(EntryId id) {
        return locks.get(Math.floorMod(id.hashCode(), LOCKS));
    }

    private static Map<String, Optional<RevisionId>> now(GitRepo repo, Set<String> names) throws IOException {
        Map<String, Optional<RevisionId>> now = new LinkedHashMap<>();
        if (names.size() <= FEW) {
            for (String name : names) {
                now.put(name, Committer.head(repo, name));
            }
        } else {
            Map<String, RevisionId> all = RefReader.targets(repo);
            names.forEach(name -> now.put(name, Optional.ofNullable(all.get(name))));
        }
        return now;
    }

    /**
     * Compares an entry with its repository: for what changed while nobody watched, and after a change of the default branch.
     *
     * @return whether anything was new
     */
    public boolean refresh(EntryId id) throws IOException {
        synchronized (lock(id)) {
            Optional<Entry> entry = entries.find(id);
            if (entry.isEmpty()) {
                return false;
            }
            GitRepo repo = repositories.open(id);
            Map<String, RevisionId> now = RefReader.targets(repo);
            Map<String, RevisionId> before = seen.of(id);
            Map<String, Optional<RevisionId>> changes = new LinkedHashMap<>();
            now.forEach((ref, revision) -> {
                if (!revision.equals(before.get(ref))) {
                    changes.put(ref, Optional.of(revision));
                }
            });
            before.keySet().stream()
                    .filter(ref -> !now.containsKey(ref))
                    .forEach(ref -> changes.put(ref, Optional.empty()));
            Optional<RevisionId> head = Optional.ofNullable(now.get(branch(entry.get())));
            if (!head.equals(entry.get().head().revision())) {
                changes.put(branch(entry.get()), head);
            }
            List<Wanted> missed = missed(id, repo, entry.get(), head);
            if (changes.isEmpty() && missed.isEmpty()) {
                return false;
            }
            note(id, repo, entry.get(), changes, missed);
            return true;
        }
    }

    /** What no inspector of this version has looked at. */
    private List<Wanted> missed(EntryId id, GitRepo repo, Entry entry, Optional<RevisionId> head) throws IOException {
        Set<RevisionId> known = inspections.inspected(id, Inspecting.INSPECTORS);
        List<Wanted> missed = new ArrayList<>();
        if (head.isPresent() && !known.contains(head.get())) {
            missed.add(new Task.IndexHead(id).wanted());
            missed.add(new Task.InspectHead(id).wanted());
        }
        Map<String, RevisionId> others = RefReader.revisions(repo);
        others.remove(branch(entry));
        if (!known.containsAll(others.values())) {
            missed.add(new Task.InspectRefs(id).wanted());
        }
        return missed;
    }

    private static String branch(Entry entry) {
        return Constants.R_HEADS + entry.defaultBranch();
    }

    private void note(EntryId id, Map<String, Optional<RevisionId>> changes) throws IOException {
        Optional<Entry> entry = entries.find(id);
        if (entry.isPresent()) {
            note(id, repositories.open(id), entry.get(), changes, List.of());
        }
    }

    private void note(
            EntryId id, GitRepo repo, Entry entry, Map<String, Optional<RevisionId>> changes, List<Wanted> missed) {
        Set<Wanted> wanted = new java.util.LinkedHashSet<>(missed);
        UnaryOperator<Entry> change = UnaryOperator.identity();
        Optional<RevisionId> head = changes.getOrDefault(branch(entry), Optional.empty());
        if (changes.containsKey(branch(entry))) {
            change = headChange(repo, entry, head);
            if (head.isPresent()) {
                wanted.add(new Task.IndexHead(id).wanted());
                wanted.add(new Task.InspectHead(id).wanted());
            }
        }
        if (changes.entrySet().stream()
                .anyMatch(one -> one.getValue().isPresent() && !one.getKey().equals(branch(entry)))) {
            wanted.add(new Task.InspectRefs(id).wanted());
        }
        List<Seen> refs = changes.entrySet().stream()
                .map(one -> new Seen(one.getKey(), one.getValue()))
                .toList();
        seen.note(id, refs, change, List.copyOf(wanted), clock.instant());
        if (!refs.isEmpty()) {
            seen.later(List.of(new Task.Maintain(id).wanted()), clock.instant().plus(MAINTAIN_AFTER));
        }
        wake.run();
    }

    private UnaryOperator<Entry> headChange(GitRepo repo, Entry entry, Optional<RevisionId> revision) {
        if (revision.isEmpty()) {
            return now -> now.with(HeadReader.empty(now));
        }
        try {
            Entry.Head head = heads.read(repo, entry, revision.get(), entry.head(), HeadReader.Patience.QUICK);
            return now -> now.with(HeadReader.card(now.head(), head));
        } catch (IOException | RuntimeException e) {
            // The revision counts, even if nothing can be read of it; the job says what is wrong.
            LOG.warn("the head of {} could not be read", entry.id(), e);
            return now ->
                    now.with(HeadReader.at(now.head(), revision, now.head().modifiedAt()));
        }
    }
}
