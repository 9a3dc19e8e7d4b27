package glasshouse.hub.git;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.Deflater;
import org.eclipse.jgit.internal.storage.file.PackInserter;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;

/**
 * Objects on their way into a repository: written to a pack beside it ({@link Incoming}), while a caller's bytes are still coming and no
 * lock is held. {@link Committer#commit(Draft, Committer.Target, Committer.Message, Committer.Content)} makes them part of the
 * repository; closed without that, nothing of them stays. For one thread.
 */
public final class Draft implements AutoCloseable {
    private final GitRepo repo;
    private final Incoming incoming;
    private final PackInserter inserter;

    private Draft(GitRepo repo, Incoming incoming, PackInserter inserter) {
        this.repo = repo;
        this.incoming = incoming;
        this.inserter = inserter;
    }

    public static Draft open(GitRepo repo) throws IOException {
        Incoming incoming = Incoming.into(repo);
        PackInserter inserter = incoming.objects().newPackInserter();
        // What is there already is written again rather than looked for: it may be on its way out as nobody's.
        inserter.checkExisting(false);
        inserter.setCompressionLevel(Deflater.BEST_SPEED);
        return new Draft(repo, incoming, inserter);
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

    /** Writes any object. What it flushes counts only once it is admitted. */
    public ObjectInserter inserter() {
        return inserter;
    }

    /** Reads what is in the repository and what was written here. */
    ObjectReader reader() {
        return inserter.newReader();
    }

    /** Makes what was written part of the repository; it is on disk when the call returns. */
    public void admit() throws IOException {
        inserter.flush();
        incoming.admit();
    }

    @Override
    public void close() throws IOException {
        inserter.close();
        incoming.close();
    }
}
