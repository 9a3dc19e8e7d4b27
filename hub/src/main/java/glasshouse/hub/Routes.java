package glasshouse.hub;

import glasshouse.hub.commit.CommitRoutes;
import glasshouse.hub.download.DownloadRoutes;
import glasshouse.hub.history.HistoryRoutes;
import glasshouse.hub.tree.TreeRoutes;
import glasshouse.hub.watch.WatchRoutes;
import glasshouse.hub.web.Route;
import java.util.List;
import java.util.stream.Stream;

/** The table of contents: everything that can be asked of the server, a line per resource. */
final class Routes {
    private Routes() {}

    static List<Route> all(
            WatchRoutes watch, TreeRoutes tree, HistoryRoutes history, DownloadRoutes download, CommitRoutes commit) {
        return Stream.of(watch.routes(), tree.routes(), history.routes(), download.routes(), commit.routes())
                .flatMap(List::stream)
                .toList();
    }
}
