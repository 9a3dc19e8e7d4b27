package glasshouse.hub.filepage;

import glasshouse.format.source.ByteSource;
import glasshouse.hub.git.LfsPointer;
import glasshouse.hub.index.Entry;
import java.io.IOException;
import java.util.Optional;

/** Opens the content of large files, where the entry holds it. */
@FunctionalInterface
public interface LargeFiles {
    Optional<ByteSource> open(Entry entry, LfsPointer pointer) throws IOException;
}
