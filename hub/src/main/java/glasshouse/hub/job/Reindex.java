package glasshouse.hub.job;

import glasshouse.core.entry.EntryId;
import glasshouse.core.entry.EntryKind;
import glasshouse.core.entry.Gate;
import glasshouse.core.entry.RepoName;
import glasshouse.core.entry.Visibility;
import glasshouse.hub.git.Description;
import glasshouse.hub.git.Repositories;
import glasshouse.hub.index.Entries;
import glasshouse.hub.index.Entry;
import glasshouse.hub.index.Governance;
import glasshouse.hub.index.HeldObjects;
import glasshouse.hub.index.Inspections;
import glasshouse.hub.index.People;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Ref;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the index anew from the repositories. What people did here is in the other database and is not touched; which entries were
 * deleted is asked there, so that none of them comes back.
 */
public final class Reindex {
    private static final Logger LOG = LoggerFactory.getLogger(Reindex.class);

    private final Repositories repositories;
    private final Entries entries;
    private final Governance governance;
    private final Inspections inspections;
    private final HeldObjects held;
    private final RefIntake intake;
    private final HeadIndex headIndex;
    private final InstantSource clock;

    Reindex(
            Repositories repositories,
            Entries entries,
            Governance governance,
            Inspections inspections,
            HeldObjects held,
            RefIntake intake,
            HeadIndex headIndex,
            InstantSource clock) {
        this.repositories = repositories;
        this.entries = entries;
        this.governance = governance;
        this.inspections = inspections;
        this.held = held;
        this.intake = intake;
        this.headIndex = headIndex;
        this.clock = clock;
    }

    /**
     * Makes the entries anew, with their heads, refs and objects; forgets all evidence and leaves the inspections to jobs.
     *
     * @return how many entries there are now
     */
    int run(Steps steps) throws IOException {
        Map<EntryId, Entry> found = describe();
        for (EntryId id : entries.ids()) {
            Entry now = entries.find(id).orElseThrow();
            Entry then = found.get(id);
            if (then == null || !then.name().key().equals(now.name().key()) || then.kind() != now.kind()) {
                // Names first become free, so that no order of renames stands in the way.
                entries.remove(id);
            }
        }
        inspections.forgetAll();
        int done = 0;
        for (Entry entry : found.values()) {
            steps.at(done++, found.size(), entry.name().toString());
            rebuild(entry, steps);
        }
        for (EntryId id : deleted()) {
            // Who brings it back finds its files: while its repository is kept, so are they.
            if (Files.isDirectory(repositories.folder(id))) {
                held.restore(id);
            }
        }
        return found.size();
    }

    /** What all repositories say of themselves, each name once. */
    private Map<EntryId, Entry> describe() throws IOException {
        Set<EntryId> deleted = deleted();
        Map<EntryId, Entry> found = new java.util.LinkedHashMap<>();
        Map<String, EntryId> names = new HashMap<>();
        for (EntryId id : repositories.ids()) {
            if (!deleted.contains(id)) {
                Entry entry = described(id);
                EntryId other =
                        names.putIfAbsent(entry.kind() + " " + entry.name().key(), id);
                if (other != null) {
                    LOG.warn(
                            "{} and {} are both called {}; the second is recovered under its id",
                            other,
                            id,
                            entry.name());
                    entry = recovered(id);
                }
                found.put(id, entry);
            }
        }
        return found;
    }

    private Set<EntryId> deleted() {
        Set<EntryId> deleted = new HashSet<>();
        governance.deleted().forEach(one -> deleted.add(one.entryId()));
        return deleted;
    }

    private Entry described(EntryId id) {
        return Description.read(repositories.folder(id))
                .filter(entry -> entry.id().equals(id))
                .orElseGet(() -> {
                    LOG.warn("the repository of {} does not say what it is; it is recovered as private", id);
                    return recovered(id);
                });
    }

    /** An entry for a repository that does not say what it is. */
    private Entry recovered(EntryId id) {
        Instant made = made(id);
        return new Entry(
                id,
                EntryKind.MODEL,
                new RepoName(People.RECOVERED, id.value()),
                Visibility.PRIVATE,
                Gate.NONE,
                defaultBranch(id),
                Optional.empty(),
                "",
                made,
                Entry.Head.unknown(made));
    }

    private Instant made(EntryId id) {
        try {
            FileTime time = Files.getLastModifiedTime(repositories.folder(id).resolve(Constants.HEAD));
            return time.toInstant().truncatedTo(ChronoUnit.MILLIS);
        } catch (IOException e) {
            return clock.instant().truncatedTo(ChronoUnit.MILLIS);
        }
    }

    private String defaultBranch(EntryId id) {
        try {
            Ref head = repositories.open(id).jgit().exactRef(Constants.HEAD);
            String target = head == null ? "" : head.getTarget().getName();
            return target.startsWith(Constants.R_HEADS) ? target.substring(Constants.R_HEADS.length()) : "main";
        } catch (IOException | RuntimeException e) {
            return "main";
        }
    }

    /**
     * Takes in a repository that the index does not know.
     *
     * @return whether there was anything to take in
     */
    boolean adopt(EntryId id) throws IOException {
        if (deleted().contains(id)
                || entries.find(id).isPresent()
                || !repositories.ids().contains(id)) {
            return false;
        }
        Entry entry = described(id);
        if (entries.find(entry.kind(), entry.name()).isPresent()) {
            entry = recovered(id);
        }
        LOG.info("the repository of {} was not in the index; it is taken in as {}", id, entry.name());
        rebuild(entry, Steps.unwatched(clock));
        return true;
    }

    private void rebuild(Entry entry, Steps steps) throws IOException {
        EntryId id = entry.id();
        entries.put(entries.find(id).map(known -> entry.with(known.head())).orElse(entry));
        try {
            held.restore(id);
            intake.refresh(id);
            headIndex.run(id, steps);
        } catch (IOException | RuntimeException e) {
            Optional<Broken> broken = Broken.of(e);
            if (broken.isEmpty()) {
                throw e;
            }
            String fault = "the repository is broken: " + broken.get().what();
            LOG.warn("{} ({}): {}", entry.name(), id, fault);
            entries.change(id, now -> now.with(HeadReader.withFault(now.head(), fault)));
        }
    }
}
