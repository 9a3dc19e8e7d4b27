package glasshouse.hub;

import glasshouse.hub.download.DownloadRoutes;
import glasshouse.hub.people.PeopleRoutes;
import glasshouse.hub.repos.EntryRoutes;
import glasshouse.hub.repos.InfoRoutes;
import glasshouse.hub.repos.ListRoutes;
import glasshouse.hub.tree.TreeRoutes;
import glasshouse.hub.watch.WatchRoutes;
import glasshouse.hub.web.Route;
import java.util.List;
import java.util.stream.Stream;

/** The table of contents: everything that can be asked of the server, a line per resource. */
final class Routes {
    private Routes() {}

    static List<Route> all(
            EntryRoutes entries,
            InfoRoutes info,
            ListRoutes lists,
            PeopleRoutes people,
            TreeRoutes tree,
            DownloadRoutes download,
            WatchRoutes watch) {
        return Stream.of(
                        // entries as wholes, and people
                        entries.routes(),
                        info.routes(),
                        lists.routes(),
                        people.routes(),
                        // what is in them
                        tree.routes(),
                        download.routes(),
                        // the server itself
                        watch.routes())
                .flatMap(List::stream)
                .toList();
    }
}
