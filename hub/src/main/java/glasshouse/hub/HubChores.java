package glasshouse.hub;

import glasshouse.core.entry.EntryId;
import glasshouse.hub.git.GitRepo;
import glasshouse.hub.git.Maintenance;
import glasshouse.hub.git.Repositories;
import glasshouse.hub.job.Chores;
import glasshouse.hub.lfs.LfsRoutes;
import glasshouse.hub.repos.Lifecycle;
import java.io.IOException;

/** What is done from time to time by parts that do not know of jobs. */
final class HubChores implements Chores {
    private final Lifecycle lifecycle;
    private final Repositories repositories;
    private final Maintenance maintenance;
    private final LfsRoutes lfs;

    HubChores(Lifecycle lifecycle, Repositories repositories, Maintenance maintenance, LfsRoutes lfs) {
        this.lifecycle = lifecycle;
        this.repositories = repositories;
        this.maintenance = maintenance;
        this.lfs = lfs;
    }

    @Override
    public String maintain(EntryId entry) throws IOException {
        GitRepo repo = repositories.open(entry);
        return maintenance.needed(repo) ? maintenance.run(repo) : "";
    }

    @Override
    public String purge() throws IOException {
        lfs.expire();
        int gone = lifecycle.purgeExpired();
        return gone == 0 ? "" : gone + " deleted entries removed for good";
    }
}
