package glasshouse.hub.filepage;

import glasshouse.hub.page.EntryFrame;
import java.util.ArrayList;
import java.util.List;

/** A folder on the way to a path. */
public record Crumb(String name, String href) {
    /** Each folder from below the root to the path. */
    static List<Crumb> of(EntryFrame frame, String path) {
        List<Crumb> crumbs = new ArrayList<>();
        for (int end = path.indexOf('/'); end >= 0 || !path.isEmpty(); end = path.indexOf('/', end + 1)) {
            String folder = end < 0 ? path : path.substring(0, end);
            crumbs.add(new Crumb(folder.substring(folder.lastIndexOf('/') + 1), frame.tree(folder)));
            if (end < 0) {
                break;
            }
        }
        return crumbs;
    }
}
