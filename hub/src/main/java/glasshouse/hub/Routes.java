package glasshouse.hub;

import glasshouse.hub.download.DownloadRoutes;
import glasshouse.hub.job.Background;
import glasshouse.hub.tree.TreeRoutes;
import glasshouse.hub.watch.WatchRoutes;
import glasshouse.hub.web.Route;
import java.util.List;
import java.util.stream.Stream;

/** The table of contents: everything that can be asked of the server, a line per resource. */
final class Routes {
    private Routes() {}

    static List<Route> all(
            WatchRoutes watch, Background background, TreeRoutes tree, DownloadRoutes download, Site site) {
        return Stream.of(background.routes(), watch.routes(), tree.routes(), download.routes(), site.routes())
                .flatMap(List::stream)
                .toList();
    }
}
