package glasshouse.inspect.revision;

import glasshouse.core.entry.ArtefactPath;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One immutable state of an entry. It may have a million artefacts: who goes through them keeps only those that matter.
 * Implementations are safe for use by several threads at once.
 */
public interface Revision {
    /**
     * All artefacts, in any order, each path once. To be closed.
     *
     * @throws IOException where they cannot be listed; while going on, as {@link java.io.UncheckedIOException}
     */
    Stream<Artefact> artefacts() throws IOException;

    /** The artefact at a path, where there is one. */
    Optional<Artefact> artefact(ArtefactPath path) throws IOException;
}
