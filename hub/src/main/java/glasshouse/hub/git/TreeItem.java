package glasshouse.hub.git;

import glasshouse.core.entry.Digest;
import java.util.Optional;

/**
 * A file or folder of a revision.
 *
 * @param path from the root
 * @param type what it is
 * @param oid git's name of the blob or tree, 40 hex digits
 * @param blobBytes size of the blob itself; for a large file, of its pointer; 0 for a folder
 * @param pointer where it stands for a large file
 */
public record TreeItem(String path, Type type, String oid, long blobBytes, Optional<LfsPointer> pointer) {
    /** What an item is. */
    public enum Type {
        FILE,
        FOLDER,
        /** A symbolic link: its blob is the target, which is never followed. */
        LINK,
        /** A commit of another repository. */
        SUBMODULE
    }

    /** The size of the content: of the large file where it is one. */
    public long sizeBytes() {
        return pointer.map(LfsPointer::sizeBytes).orElse(blobBytes);
    }

    public boolean isFolder() {
        return type == Type.FOLDER;
    }

    /** What identifies the content: SHA-256 where we hold it as an object, else git's name. */
    public Digest digest() {
        return pointer.map(LfsPointer::sha256).orElseGet(() -> Digest.gitBlob(oid));
    }

    /** The last segment of the path. */
    public String fileName() {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
