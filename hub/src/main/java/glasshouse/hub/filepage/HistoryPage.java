package glasshouse.hub.filepage;

import glasshouse.hub.page.EntryFrame;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The commits that lead to a revision, newest first.
 *
 * @param path only those that changed it, or empty for all
 * @param from whether this is not the first page
 * @param next the commit that the next page begins after
 */
public record HistoryPage(EntryFrame frame, String path, List<Row> rows, boolean from, Optional<String> next) {
    /** A commit in a line. */
    public record Row(String id, String title, String author, Instant at) {}

    public HistoryPage {
        rows = List.copyOf(rows);
    }

    public Optional<String> nextHref() {
        return next.map(id -> frame.history(path) + "?after=" + id);
    }
}
