package glasshouse.hub.commit;

import glasshouse.core.entry.ArtefactPath;
import glasshouse.core.entry.Digest;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/** One thing that a commit does, its content already written. */
sealed interface Operation {
    ArtefactPath path();

    /** A regular file. */
    record Put(ArtefactPath path, ObjectId blob) implements Operation {}

    /**
     * A large file, whose content was uploaded before.
     *
     * @param sizeBytes as the client says; a client that copies does not
     */
    record PutLarge(ArtefactPath path, Digest sha256, Optional<Long> sizeBytes) implements Operation {}

    /** A file or folder that goes. */
    record Delete(ArtefactPath path) implements Operation {}

    /** A folder that goes with all that is in it. */
    record DeleteFolder(ArtefactPath path) implements Operation {}

    /** A file that gets another name, its content unchanged. */
    record Rename(ArtefactPath from, ArtefactPath path) implements Operation {}
}
