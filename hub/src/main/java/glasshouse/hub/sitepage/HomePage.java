package glasshouse.hub.sitepage;

import glasshouse.core.entry.EntryKind;
import glasshouse.hub.index.Entry;
import glasshouse.hub.page.Layout;
import java.util.List;

/**
 * What this instance holds, what is new, and what needs attention.
 *
 * @param newest by last change, all kinds
 * @param contradicted entries whose files contradict something, most first
 */
public record HomePage(Layout layout, List<Holding> holdings, List<Entry> newest, List<Entry> contradicted) {
    /** How much there is of a kind, of what the reader may see. */
    public record Holding(EntryKind kind, long entries) {
        public String title() {
            return switch (kind) {
                case MODEL -> entries == 1 ? "model" : "models";
                case DATASET -> entries == 1 ? "dataset" : "datasets";
                case CODE -> entries == 1 ? "code repository" : "code repositories";
            };
        }
    }

    public HomePage {
        holdings = List.copyOf(holdings);
        newest = List.copyOf(newest);
        contradicted = List.copyOf(contradicted);
    }

    public boolean isEmpty() {
        return newest.isEmpty();
    }
}
