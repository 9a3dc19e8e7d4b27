package glasshouse.hub;

import glasshouse.hub.download.DownloadRoutes;
import glasshouse.hub.lfs.LfsRoutes;
import glasshouse.hub.transport.TransportRoutes;
import glasshouse.hub.tree.TreeRoutes;
import glasshouse.hub.watch.WatchRoutes;
import glasshouse.hub.web.Route;
import java.util.List;
import java.util.stream.Stream;

/** The table of contents: everything that can be asked of the server, a line per resource. */
final class Routes {
    private Routes() {}

    static List<Route> all(
            WatchRoutes watch, TreeRoutes tree, DownloadRoutes download, TransportRoutes transport, LfsRoutes lfs) {
        return Stream.of(watch.routes(), tree.routes(), download.routes(), transport.routes(), lfs.routes())
                .flatMap(List::stream)
                .toList();
    }
}
