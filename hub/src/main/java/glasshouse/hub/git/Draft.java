package glasshouse.hub.git;

import java.io.IOException;
import java.io.InputStream;
import org.eclipse.jgit.internal.storage.file.PackInserter;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;

/**
 * Objects on their way into a repository: written to a pack that nobody sees yet, while a caller's bytes are still coming and no
 * lock is held. {@link Committer#commit(Draft, Committer.Target, Committer.Message, Committer.Content)} makes them part of the
 * repository; closed without that, nothing of them stays. For one thread.
 */
public final class Draft implements AutoCloseable {
    private final GitRepo repo;
    private final PackInserter inserter;

    private Draft(GitRepo repo, PackInserter inserter) {
        this.repo = repo;
        this.inserter = inserter;
    }

    public static Draft open(GitRepo repo) {
        PackInserter inserter = repo.jgit().getObjectDatabase().newPackInserter();
        // An object that is only in the pack of a push which is then refused goes away with it: write it again.
        inserter.checkExisting(false);
        inserter.setCompressionLevel(1);
        return new Draft(repo, inserter);
    }

    public GitRepo repo() {
        return repo;
    }

    /** Writes a blob. */
    public ObjectId blob(byte[] bytes) throws IOException {
        return inserter.insert(Constants.OBJ_BLOB, bytes);
    }

    /** Writes a blob of a known size without holding it in memory. */
    public ObjectId blob(long sizeBytes, InputStream from) throws IOException {
        return inserter.insert(Constants.OBJ_BLOB, sizeBytes, from);
    }

    ObjectInserter inserter() {
        return inserter;
    }

    /** Reads what is in the repository and what was written here. */
    ObjectReader reader() {
        return inserter.newReader();
    }

    @Override
    public void close() {
        inserter.close();
    }
}
