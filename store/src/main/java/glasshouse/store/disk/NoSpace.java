package glasshouse.store.disk;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.List;

/** The disk is full, or what the store may take of it. What was stored before stays readable. */
public final class NoSpace extends IOException {
    private static final long serialVersionUID = 1L;

    /** What Linux says for ENOSPC and EDQUOT: the JDK has no exception of its own for them. */
    private static final List<String> WORDS = List.of("No space left on device", "Disk quota exceeded");

    public NoSpace(String message) {
        super(message);
    }

    public NoSpace(String message, IOException cause) {
        super(message, cause);
    }

    /** The same failure, as {@link NoSpace} where it is one. */
    static IOException recognise(IOException failure) {
        String said = failure instanceof FileSystemException named ? named.getReason() : failure.getMessage();
        if (said != null && WORDS.stream().anyMatch(said::contains)) {
            return new NoSpace("the disk is full", failure);
        }
        return failure;
    }
}
