package glasshouse.inspect.revision;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A pointer file of git-lfs: what a checkout holds where the content was not fetched. */
public final class LfsPointer {
    private static final byte[] START =
            "version https://git-lfs.github.com/spec/v1".getBytes(StandardCharsets.US_ASCII);

    /** A pointer is smaller than this, by its definition. */
    private static final int MAX_BYTES = 1024;

    private LfsPointer() {}

    /** Whether the artefact is a pointer to its content and not the content. */
    public static boolean is(Artefact artefact) throws IOException {
        if (artefact.sizeBytes() >= MAX_BYTES || artefact.sizeBytes() < START.length) {
            return false;
        }
        return Arrays.equals(artefact.open().readFully(0, START.length), START);
    }
}
