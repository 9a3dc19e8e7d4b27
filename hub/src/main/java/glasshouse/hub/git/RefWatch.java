package glasshouse.hub.git;

import glasshouse.core.entry.EntryId;
import glasshouse.core.entry.RevisionId;
import java.util.List;
import java.util.Optional;

/** Is told of refs that have changed, after they are durable. What it does must be quick and must not fail. */
@FunctionalInterface
public interface RefWatch {
    /**
     * A ref that was made, moved or deleted.
     *
     * @param ref its whole name
     */
    record Change(String ref, Optional<RevisionId> from, Optional<RevisionId> to) {}

    void changed(EntryId entry, List<Change> changes);
}
