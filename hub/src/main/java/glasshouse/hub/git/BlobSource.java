package glasshouse.hub.git;

import glasshouse.format.source.ByteSource;
import java.io.IOException;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;

/** Reads blobs of a repository. Regular files are small (what is large is an object of the store), so a blob is read whole. */
public final class BlobSource {
    /** The largest blob that is read: above the limit for regular files, for repositories made elsewhere. */
    public static final int MAX_BYTES = 64 << 20;

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

    /** A blob as a source of bytes. */
    public static ByteSource open(GitRepo repo, String oid) throws IOException {
        return ByteSource.of(bytes(repo, oid));
    }
}
