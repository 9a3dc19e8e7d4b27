package glasshouse.hub.filepage;

import glasshouse.hub.page.EntryFrame;
import java.time.Instant;
import java.util.List;

/**
 * A commit and what it changed.
 *
 * @param message what it says after its title
 * @param parents their ids
 */
public record CommitPage(
        EntryFrame frame,
        String id,
        String title,
        String message,
        String author,
        Instant at,
        List<String> parents,
        Changes changes) {
    public CommitPage {
        parents = List.copyOf(parents);
    }
}
