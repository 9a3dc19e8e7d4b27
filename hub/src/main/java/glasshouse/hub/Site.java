package glasshouse.hub;

import glasshouse.hub.entrypage.EntryRoutes;
import glasshouse.hub.filepage.FileRoutes;
import glasshouse.hub.filepage.LargeFiles;
import glasshouse.hub.git.Repositories;
import glasshouse.hub.git.TreeListing;
import glasshouse.hub.index.Entries;
import glasshouse.hub.index.People;
import glasshouse.hub.page.EntryFrames;
import glasshouse.hub.page.Pages;
import glasshouse.hub.sitepage.SiteRoutes;
import glasshouse.hub.web.Route;
import java.util.List;
import java.util.stream.Stream;

/** The pages that a person sees, wired to the services behind them. */
final class Site {
    private final Pages pages;
    private final SiteRoutes site;
    private final EntryRoutes entry;
    private final FileRoutes files;

    Site(Pages pages, Entries entries, People people, Repositories repositories, TreeListing trees, LargeFiles large) {
        this.pages = pages;
        EntryFrames frames = new EntryFrames(pages, repositories, any -> 0);
        site = new SiteRoutes(pages, entries, people);
        entry = new EntryRoutes(pages, frames, trees);
        files = new FileRoutes(pages, frames, trees, large);
    }

    List<Route> routes() {
        return Stream.of(pages.routes(), site.routes(), entry.routes(), files.routes())
                .flatMap(List::stream)
                .toList();
    }
}
