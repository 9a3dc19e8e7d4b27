package glasshouse.hub.entrypage;

import glasshouse.hub.page.EntryFrame;
import glasshouse.hub.page.Paging;
import glasshouse.hub.web.Address;
import java.time.Instant;
import java.util.List;

/**
 * The branches and tags of an entry: the checkpoints of a model.
 *
 * @param search only names that contain this
 * @param branches how many there are in all
 * @param tags how many there are in all
 * @param found how many fit the search
 */
public record CheckpointsPage(
        EntryFrame frame, String search, long branches, long tags, long found, List<Row> rows, Paging paging) {
    /** A branch or a tag and the commit that it names. */
    public record Row(String name, boolean branch, String id, String title, Instant at) {
        public String segment() {
            return Address.encodeSegment(name);
        }
    }

    public CheckpointsPage {
        rows = List.copyOf(rows);
    }
}
