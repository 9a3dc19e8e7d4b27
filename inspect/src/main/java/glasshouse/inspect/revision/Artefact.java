package glasshouse.inspect.revision;

import glasshouse.core.entry.ArtefactPath;
import glasshouse.core.entry.Digest;
import glasshouse.core.know.Subject;
import glasshouse.format.source.ByteSource;
import java.io.IOException;
import java.util.Optional;

/** One file of a revision. */
public interface Artefact {
    ArtefactPath path();

    long sizeBytes();

    /**
     * The SHA-256 of its content: a folder and the hub must name the same bytes in the same way. It may be computed at the first
     * call, which then reads the whole file.
     */
    Digest digest() throws IOException;

    /** Its bytes. Opens nothing that has to be closed. */
    ByteSource open() throws IOException;

    /** How evidence names it. */
    default Subject subject() throws IOException {
        return new Subject(path(), sizeBytes(), Optional.of(digest()));
    }
}
