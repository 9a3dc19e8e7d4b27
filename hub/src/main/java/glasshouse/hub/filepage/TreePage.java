package glasshouse.hub.filepage;

import glasshouse.hub.git.TreeItem;
import glasshouse.hub.page.EntryFrame;
import glasshouse.hub.web.Address;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A folder of a revision.
 *
 * @param folder its path, empty for the root
 * @param rows the files and folders of this page, in git's order
 * @param from whether this is not the first page
 * @param next where the next page starts
 * @param readme the text of the folder's README.md where it is not the card, made safe
 */
public record TreePage(
        EntryFrame frame, String folder, List<Row> rows, boolean from, Optional<String> next, Optional<String> readme) {
    /** A file or folder, with the commit that changed it last where that was found. */
    public record Row(TreeItem item, Optional<Change> change) {}

    /** A commit, as far as a row shows it. */
    public record Change(String id, String title, Instant at) {}

    public TreePage {
        rows = List.copyOf(rows);
    }

    /** Each folder from the root to this one, with its address. */
    public List<Crumb> crumbs() {
        return Crumb.of(frame, folder);
    }

    public String href(TreeItem item) {
        return item.isFolder() ? frame.tree(item.path()) : frame.blob(item.path());
    }

    public Optional<String> nextHref() {
        return next.map(after -> frame.tree(folder) + "?after=" + Address.encodeSegment(after));
    }
}
