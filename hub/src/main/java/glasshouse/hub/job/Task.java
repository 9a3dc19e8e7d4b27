package glasshouse.hub.job;

import glasshouse.core.entry.EntryId;
import glasshouse.core.entry.RevisionId;
import glasshouse.hub.index.Jobs.Job;
import glasshouse.hub.index.Jobs.Wanted;
import java.time.Duration;
import java.util.Optional;

/** The kinds of work that are done in the background. */
public sealed interface Task {
    /** Brings the row of an entry up to date with the head of its default branch: what lists and filters show. */
    record IndexHead(EntryId entry) implements Task {}

    /** Inspects the head of the default branch. */
    record InspectHead(EntryId entry) implements Task {}

    /** Inspects what other branches and tags point at and nobody has looked at yet: checkpoints. */
    record InspectRefs(EntryId entry) implements Task {}

    /** Inspects a revision that somebody asked for, anew: nothing that was seen before is taken over. */
    record InspectRevision(EntryId entry, RevisionId revision) implements Task {}

    /** Packs the objects and refs of a repository. */
    record Maintain(EntryId entry) implements Task {}

    /** Compares all repositories with what the index has seen of them. */
    record CatchUp() implements Task {}

    /** Removes for good what was deleted long enough ago, and evidence that nothing rests on. */
    record PurgeDeleted() implements Task {}

    /** The row that stands for the work. */
    default Wanted wanted() {
        return switch (this) {
            case IndexHead task -> new Wanted("index-head", task.entry().value(), "", 0);
            case InspectHead task -> new Wanted("inspect-head", task.entry().value(), "", 1);
            case InspectRevision task ->
                new Wanted(
                        "inspect-revision",
                        task.entry().value(),
                        task.revision().value(),
                        1);
            case CatchUp task -> new Wanted("catch-up", "", "", 2);
            case InspectRefs task -> new Wanted("inspect-refs", task.entry().value(), "", 3);
            case Maintain task -> new Wanted("maintain", task.entry().value(), "", 4);
            case PurgeDeleted task -> new Wanted("purge-deleted", "", "", 4);
        };
    }

    /** How long after its end it is due again; nothing where it is done once. */
    default Optional<Duration> every() {
        return switch (this) {
            case PurgeDeleted task -> Optional.of(Duration.ofHours(6));
            case IndexHead task -> Optional.empty();
            case InspectHead task -> Optional.empty();
            case InspectRefs task -> Optional.empty();
            case InspectRevision task -> Optional.empty();
            case Maintain task -> Optional.empty();
            case CatchUp task -> Optional.empty();
        };
    }

    /** The work that a row stands for; nothing where another version of the program wrote it. */
    static Optional<Task> of(Job job) {
        if (job.kind().equals("catch-up")) {
            return Optional.of(new CatchUp());
        }
        if (job.kind().equals("purge-deleted")) {
            return Optional.of(new PurgeDeleted());
        }
        EntryId entry = new EntryId(job.entryId());
        return Optional.ofNullable(
                switch (job.kind()) {
                    case "index-head" -> new IndexHead(entry);
                    case "inspect-head" -> new InspectHead(entry);
                    case "inspect-refs" -> new InspectRefs(entry);
                    case "inspect-revision" -> new InspectRevision(entry, new RevisionId(job.subject()));
                    case "maintain" -> new Maintain(entry);
                    default -> null;
                });
    }
}
