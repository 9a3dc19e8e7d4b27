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
    private final ObjectInserter inserter;

    private Draft(GitRepo repo, Incoming incoming) {
        this.repo = repo;
        this.incoming = incoming;
        this.inserter =
                new BySize(inserter(incoming, Deflater.BEST_SPEED), inserter(incoming, Deflater.NO_COMPRESSION));
    }

    public static Draft open(GitRepo repo) throws IOException {
        return new Draft(repo, Incoming.into(repo));
    }

    private static PackInserter inserter(Incoming incoming, int level) {
        PackInserter inserter = incoming.objects().newPackInserter();
        // What is there already is written again rather than looked for: it may be on its way out as nobody's.
        inserter.checkExisting(false);
        inserter.setCompressionLevel(level);
        return inserter;
    }

    /**
     * Writes large folders as they are. They are mostly object names, which do not compress: a folder of a million files would take
     * half a second of work to become a third smaller.
     */
    private static final class BySize extends ObjectInserter.Filter {
        private static final int LARGE = 1 << 20;

        private final PackInserter packed;
        private final PackInserter plain;

        BySize(PackInserter packed, PackInserter plain) {
            this.packed = packed;
            this.plain = plain;
        }

        @Override
        protected ObjectInserter delegate() {
            return packed;
        }

        @Override
        public ObjectId insert(int type, byte[] data) throws IOException {
            return insert(type, data, 0, data.length);
        }

        @Override
        public ObjectId insert(int type, byte[] data, int at, int length) throws IOException {
            boolean large = type == Constants.OBJ_TREE && length >= LARGE;
            return (large ? plain : packed).insert(type, data, at, length);
        }

        @Override
        public void flush() throws IOException {
            plain.flush();
            packed.flush();
        }

        @Override
        public void close() {
            plain.close();
            packed.close();
        }
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
