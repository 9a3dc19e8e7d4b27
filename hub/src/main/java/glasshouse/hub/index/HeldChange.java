package glasshouse.hub.index;

import glasshouse.core.entry.EntryId;
import glasshouse.hub.index.HeldObjects.Item;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A change of what an entry holds that waits to be written, and what came of it. */
final class HeldChange {
    final EntryId entry;
    final List<Item> held;
    final List<String> released;

    /** Whether it was written, or failed. */
    boolean done;

    @Nullable
    Exception fault;

    HeldChange(EntryId entry, List<Item> held, List<String> released) {
        this.entry = entry;
        this.held = List.copyOf(held);
        this.released = List.copyOf(released);
    }

    Stream<String> lines() {
        return Stream.concat(
                held.stream().map(HeldFile::held), released.stream().map(HeldFile::released));
    }
}
