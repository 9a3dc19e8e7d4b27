package glasshouse.hub.job;

import glasshouse.core.entry.EntryId;
import glasshouse.core.entry.RevisionId;
import glasshouse.core.know.Observed;
import glasshouse.hub.index.Entries;
import glasshouse.hub.index.Entry;
import glasshouse.hub.index.Inspections;
import glasshouse.hub.index.Inspections.Inspection;
import glasshouse.hub.index.Jobs;
import glasshouse.hub.index.Jobs.Job;
import glasshouse.inspect.Findings;
import glasshouse.inspect.record.Records;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What was found in a revision, and how the inspection of it stands: what the page *What was found* and the API show. */
public final class RevisionFindings {
    private static final int MAX_JOBS = 200;
    /** The kinds of work that inspect. */
    static final Set<String> KINDS = Set.of("inspect-head", "inspect-refs", "inspect-revision");

    /** How the inspection of a revision stands. */
    public sealed interface State {
        /** The word in JSON. */
        default String word() {
            return switch (this) {
                case Done done -> "done";
                case Waiting waiting -> "waiting";
                case Running running -> "running";
                case Failed failed -> "failed";
                case NotLooked not -> "not-looked-at";
            };
        }
    }

    /** It was inspected. */
    public record Done() implements State {}

    /** It will be inspected. */
    public record Waiting() implements State {}

    /**
     * It is being inspected now.
     *
     * @param total 0 where it is not known
     * @param message what it is at
     */
    public record Running(long done, long total, String message) implements State {}

    /**
     * It could not be inspected.
     *
     * @param why for a reader
     */
    public record Failed(String why, Instant at) implements State {}

    /** Nobody asked for it: no branch or tag leads to it. */
    public record NotLooked() implements State {}

    /**
     * What was seen.
     *
     * @param findings statements, problems first; claims; facts; evidence
     * @param observed the evidence with the time when it was first seen, in the same order
     * @param digest of all evidence
     * @param inspectedAt when the inspection ended
     * @param current whether the inspectors of this version looked
     */
    public record Seen(
            Findings findings, List<Observed> observed, String digest, Instant inspectedAt, boolean current) {}

    /**
     * What was found and how it stands. A revision can be looked at again while what was seen before is still shown.
     *
     * @param seen nothing before the first inspection has ended
     */
    public record Report(RevisionId revision, State state, Optional<Seen> seen) {}

    private final Entries entries;
    private final Inspections inspections;
    private final Jobs jobs;
    private final JobQueue queue;

    RevisionFindings(Entries entries, Inspections inspections, Jobs jobs, JobQueue queue) {
        this.entries = entries;
        this.inspections = inspections;
        this.jobs = jobs;
        this.queue = queue;
    }

    /** What was found in a revision of an entry. */
    public Report of(Entry entry, RevisionId revision) {
        Optional<Inspection> inspection = inspections.find(entry.id(), revision);
        return new Report(
                revision,
                state(entry, revision, inspection.isPresent()),
                inspection.map(found -> seen(entry.id(), found)));
    }

    private Seen seen(EntryId entry, Inspection inspection) {
        List<Observed> observed = inspections.evidence(entry, inspection.revision()).stream()
                .map(one -> new Observed(Records.evidence(one.body()), one.observedAt()))
                .toList();
        Findings findings =
                Findings.of(observed.stream().map(Observed::evidence).toList());
        return new Seen(
                findings,
                observed,
                inspection.digest(),
                inspection.finishedAt(),
                inspection.inspectors().equals(Inspecting.INSPECTORS));
    }

    private State state(Entry entry, RevisionId revision, boolean inspected) {
        boolean head = entry.head().revision().equals(Optional.of(revision));
        Optional<State> failed = Optional.empty();
        for (Job job : jobs.list(Optional.of(entry.id()), Optional.empty(), 0, MAX_JOBS)) {
            if (!KINDS.contains(job.kind()) || !about(job, revision, head, inspected)) {
                continue;
            }
            switch (job.state()) {
                case RUNNING -> {
                    return new Running(job.stepsDone(), job.stepsTotal(), job.message());
                }
                case WAITING -> {
                    return new Waiting();
                }
                case FAILED ->
                    failed = Optional.of(
                            new Failed(job.message(), job.finishedAt().orElse(job.createdAt())));
                case DONE -> {}
            }
        }
        if (inspected) {
            return new Done();
        }
        return failed.orElse(new NotLooked());
    }

    /** Whether a job looks at a revision, as far as its row tells: one that goes through all refs may come to it. */
    private static boolean about(Job job, RevisionId revision, boolean head, boolean inspected) {
        return switch (job.kind()) {
            case "inspect-revision" -> job.subject().equals(revision.value());
            case "inspect-head" -> head;
            default -> !head && !inspected;
        };
    }

    /** Looks at a revision again, and takes nothing over that was seen before. */
    public void lookAgain(Entry entry, RevisionId revision) {
        if (entries.find(entry.id()).isPresent()) {
            queue.add(new Task.IndexHead(entry.id()), new Task.InspectRevision(entry.id(), revision));
        }
    }
}
