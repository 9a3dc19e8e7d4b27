package glasshouse.hub.git;

import glasshouse.core.entry.RevisionId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.internal.storage.file.RefDirectory;
import org.eclipse.jgit.lib.BatchRefUpdate;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefDatabase;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.transport.ReceiveCommand.Result;

/** Changes many refs at once, durably. Many go to the file of packed refs in one step: ten thousand files would take minutes. */
public final class RefBatch {
    /** From so many on, writing all refs of the repository anew costs less than a file for each. */
    private static final int WORTH_PACKING = 16;

    private RefBatch() {}

    /** Something that must be done before the refs, by whoever holds the lock. */
    @FunctionalInterface
    public interface Before {
        void run() throws IOException;
    }

    /**
     * Carries out commands; each has its result afterwards. What is done is on disk when the call returns.
     *
     * @param commands that were not attempted yet
     * @param atomic whether all or none is to be done
     * @param before run only where something will be done, such as {@link Incoming#admit}
     * @return what has changed
     */
    public static List<RefWatch.Change> apply(
            GitRepo repo, List<ReceiveCommand> commands, boolean atomic, Before before) throws IOException {
        repo.writing().lock();
        try {
            refuseStale(repo, commands);
            List<ReceiveCommand> left = ReceiveCommand.filter(commands, Result.NOT_ATTEMPTED);
            if (left.isEmpty() || atomic && left.size() < commands.size()) {
                ReceiveCommand.abort(commands);
                return List.of();
            }
            before.run();
            if (rewrites(repo, left)) {
                Maintenance.noteRewrite(repo);
            }
            execute(repo, left, atomic);
            List<ReceiveCommand> done = ReceiveCommand.filter(commands, Result.OK);
            Durable.syncRefs(repo, done.stream().map(ReceiveCommand::getRefName).toList());
            return changes(repo, done);
        } finally {
            repo.writing().unlock();
        }
    }

    /** Finds what cannot succeed while nothing has been done yet. */
    private static void refuseStale(GitRepo repo, List<ReceiveCommand> commands) throws IOException {
        RefDatabase refs = repo.jgit().getRefDatabase();
        for (ReceiveCommand command : commands) {
            Ref now = refs.exactRef(command.getRefName());
            ObjectId id = now == null || now.getObjectId() == null ? ObjectId.zeroId() : now.getObjectId();
            // A deletion may come without the old value: then it means whatever is there.
            boolean any = command.getType() == ReceiveCommand.Type.DELETE
                    && command.getOldId().equals(ObjectId.zeroId())
                    && now != null;
            if (!any && !id.equals(command.getOldId())) {
                command.setResult(Result.REJECTED_OTHER_REASON, "it has moved meanwhile; fetch first");
            } else if (command.getType() == ReceiveCommand.Type.CREATE
                    && commands.size() < WORTH_PACKING
                    && refs.isNameConflicting(command.getRefName())) {
                command.setResult(
                        Result.REJECTED_OTHER_REASON, "its name is a folder of other names, or lies within one");
            }
        }
    }

    /** Whether any command takes something out of what a ref leads to. */
    private static boolean rewrites(GitRepo repo, List<ReceiveCommand> commands) throws IOException {
        try (RevWalk walk = new RevWalk(repo.jgit())) {
            for (ReceiveCommand command : commands) {
                command.updateType(walk);
                if (command.getType() == ReceiveCommand.Type.DELETE
                        || command.getType() == ReceiveCommand.Type.UPDATE_NONFASTFORWARD) {
                    return true;
                }
            }
            return false;
        }
    }

    private static void execute(GitRepo repo, List<ReceiveCommand> commands, boolean atomic) throws IOException {
        boolean packed = commands.size() >= WORTH_PACKING && repo.jgit().getRefDatabase() instanceof RefDirectory;
        // Without files that lock each ref: nobody else changes refs while we hold the lock of the repository.
        BatchRefUpdate batch = packed
                ? ((RefDirectory) repo.jgit().getRefDatabase()).newBatchUpdate(false)
                : repo.jgit().getRefDatabase().newBatchUpdate();
        batch.setAllowNonFastForwards(true);
        batch.setAtomic(atomic || packed);
        batch.disableRefLog();
        batch.addCommand(commands);
        try (RevWalk walk = new RevWalk(repo.jgit())) {
            batch.execute(walk, NullProgressMonitor.INSTANCE);
        }
    }

    private static List<RefWatch.Change> changes(GitRepo repo, List<ReceiveCommand> done) throws IOException {
        List<RefWatch.Change> changes = new ArrayList<>();
        try (RevWalk walk = new RevWalk(repo.jgit())) {
            for (ReceiveCommand command : done) {
                changes.add(new RefWatch.Change(
                        command.getRefName(), revision(walk, command.getOldId()), revision(walk, command.getNewId())));
            }
        }
        return changes;
    }

    private static Optional<RevisionId> revision(RevWalk walk, ObjectId id) throws IOException {
        if (id.equals(ObjectId.zeroId())) {
            return Optional.empty();
        }
        RevObject object = walk.peel(walk.parseAny(id));
        return object instanceof RevCommit ? Optional.of(new RevisionId(object.name())) : Optional.empty();
    }
}
