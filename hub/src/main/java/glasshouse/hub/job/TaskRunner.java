package glasshouse.hub.job;

import glasshouse.core.entry.EntryId;
import glasshouse.hub.index.Entries;
import java.util.Optional;

/** Does each kind of work, or hands it to whom it belongs. */
final class TaskRunner implements JobQueue.Work {
    private final Inspecting inspecting;
    private final HeadIndex headIndex;
    private final CatchUp catchUp;
    private final Entries entries;
    private final Chores chores;

    TaskRunner(Inspecting inspecting, HeadIndex headIndex, CatchUp catchUp, Entries entries, Chores chores) {
        this.inspecting = inspecting;
        this.headIndex = headIndex;
        this.catchUp = catchUp;
        this.entries = entries;
        this.chores = chores;
    }

    @Override
    public String run(Task task, Steps steps) throws Exception {
        return switch (task) {
            case Task.IndexHead(EntryId entry) -> telling(entry, () -> headIndex.run(entry, steps));
            case Task.InspectHead(EntryId entry) -> telling(entry, () -> inspecting.head(entry, steps));
            case Task.InspectRefs(EntryId entry) -> telling(entry, () -> inspecting.refs(entry, steps));
            case Task.InspectRevision(EntryId entry, var revision) ->
                telling(entry, () -> inspecting.anew(entry, revision, steps));
            case Task.Maintain(EntryId entry) ->
                telling(entry, () -> entries.find(entry).isEmpty() ? "the entry is gone" : chores.maintain(entry));
            case Task.CatchUp() -> catchUp.run(steps);
            case Task.PurgeDeleted() -> chores.purge();
        };
    }

    /** Where the repository is broken, the page of its entry says so. */
    private String telling(EntryId entry, java.util.concurrent.Callable<String> work) throws Exception {
        try {
            return work.call();
        } catch (Stopped e) {
            throw e;
        } catch (Exception e) {
            Optional<Broken> broken = Broken.of(e);
            broken.ifPresent(fault -> entries.change(
                    entry,
                    now -> now.with(HeadReader.withFault(now.head(), "the repository is broken: " + fault.what()))));
            throw e;
        }
    }
}
