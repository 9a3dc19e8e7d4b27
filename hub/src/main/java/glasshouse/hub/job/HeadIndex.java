package glasshouse.hub.job;

import glasshouse.core.entry.EntryId;
import glasshouse.core.entry.RevisionId;
import glasshouse.hub.git.GitRepo;
import glasshouse.hub.git.Repositories;
import glasshouse.hub.index.Entries;
import glasshouse.hub.index.Entry;
import glasshouse.hub.index.Inspections;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.errors.MissingObjectException;

/** Brings the row of an entry up to date with the head of its default branch, and counts its files. */
final class HeadIndex {

    private final Repositories repositories;
    private final Entries entries;
    private final Inspections inspections;
    private final HeadReader heads;
    private final Background.Usage usage;

    HeadIndex(
            Repositories repositories,
            Entries entries,
            Inspections inspections,
            HeadReader heads,
            Background.Usage usage) {
        this.repositories = repositories;
        this.entries = entries;
        this.inspections = inspections;
        this.heads = heads;
        this.usage = usage;
    }

    /** Brings the row up to date. */
    String run(EntryId id, Steps steps) throws IOException {
        Optional<Entry> entry = entries.find(id);
        if (entry.isEmpty()) {
            return "the entry is gone";
        }
        GitRepo repo = repositories.open(id);
        Optional<RevisionId> head = RefReader.head(repo, entry.get());
        if (head.isEmpty()) {
            return "the default branch has no commit";
        }
        RevisionId revision = head.get();
        Tally tally = tally(repo, id, revision, steps);
        Entry.Head read = heads.read(repo, entry.get(), revision, entry.get().head(), HeadReader.Patience.THOROUGH);
        long used = usage.bytes(entry.get());
        inspections.putTally(id, revision, tally.json());
        entries.change(id, now -> {
            boolean movedOn = now.head().revision().isPresent()
                    && !now.head().revision().equals(entry.get().head().revision());
            // What was inspected meanwhile is kept: only what is read here is replaced.
            return movedOn ? now : now.with(HeadReader.with(HeadReader.seen(read, now.head()), tally, used));
        });
        return tally.files() + " files";
    }

    private Tally tally(GitRepo repo, EntryId id, RevisionId revision, Steps steps) throws IOException {
        Optional<Map.Entry<RevisionId, String>> before = inspections.tally(id);
        Optional<Tally> counted = before.flatMap(known -> Tally.parse(known.getValue()));
        if (counted.isPresent()) {
            try {
                return counted.get().after(repo, before.map(Map.Entry::getKey), revision, steps);
            } catch (MissingObjectException e) {
                // What was counted before is no longer there: the branch was rewritten, and packed since.
            }
        }
        return Tally.of(repo, revision, steps);
    }
}
