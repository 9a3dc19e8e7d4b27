package glasshouse.hub.entrypage;

import glasshouse.hub.page.EntryFrame;
import java.util.List;

/** What a machine saw of an entry: contradictions first, then what cannot be checked, then what holds. */
public record FoundPage(EntryFrame frame, List<UseIt> uses) {
    public FoundPage {
        uses = List.copyOf(uses);
    }
}
