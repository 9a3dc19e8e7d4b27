package glasshouse.hub.git;

import glasshouse.format.source.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.ObjectStream;

/** Reads blobs of a repository. Regular files are small (what is large is an object of the store), so a blob is read whole. */
public final class BlobSource {
    /** The largest blob that is read: above the limit for regular files, for repositories made elsewhere. */
    public static final int MAX_BYTES = 64 << 20;

    private static final int PIECE_BYTES = 64 << 10;

    private BlobSource() {}

    /** The bytes of a blob. */
    public static byte[] bytes(GitRepo repo, String oid) throws IOException {
        try (ObjectReader reader = repo.jgit().newObjectReader()) {
            ObjectLoader loader = reader.open(ObjectId.fromString(oid), Constants.OBJ_BLOB);
            return loader.getCachedBytes(MAX_BYTES);
        } catch (LargeObjectException e) {
            throw new IOException("the blob " + oid + " is larger than " + MAX_BYTES + " bytes", e);
        }
    }

    /** Hands a part of a blob on. The whole blob is held where it is small, and never where it is large. */
    public static void transfer(GitRepo repo, String oid, long from, long length, WritableByteChannel to)
            throws IOException {
        try (ObjectReader reader = repo.jgit().newObjectReader();
                ObjectStream blob = reader.open(ObjectId.fromString(oid), Constants.OBJ_BLOB)
                        .openStream()) {
            blob.skipNBytes(from);
            byte[] piece = new byte[(int) Math.min(PIECE_BYTES, Math.max(1, length))];
            for (long left = length; left > 0; ) {
                int n = blob.read(piece, 0, (int) Math.min(piece.length, left));
                if (n < 0) {
                    throw new IOException("the blob " + oid + " ends before its size");
                }
                to.write(ByteBuffer.wrap(piece, 0, n));
                left -= n;
            }
        }
    }

    /** A blob as a source of bytes. */
    public static ByteSource open(GitRepo repo, String oid) throws IOException {
        return ByteSource.of(bytes(repo, oid));
    }
}
