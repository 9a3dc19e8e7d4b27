package glasshouse.hub.entrypage;

import glasshouse.hub.page.EntryFrame;
import java.util.List;
import java.util.Optional;

/**
 * What the publisher says.
 *
 * @param card none where the revision has no README.md
 */
public record CardPage(EntryFrame frame, Optional<Card> card) {
    /**
     * A card.
     *
     * @param stated the front matter, a row per key
     * @param fault why the front matter cannot be read, where it cannot
     * @param html the text, made safe
     */
    public record Card(List<Stated> stated, Optional<String> fault, String html) {
        public Card {
            stated = List.copyOf(stated);
        }
    }

    /** One key of the front matter, its value in words, and the line that it stands on. */
    public record Stated(String key, String value, int line) {}
}
