package glasshouse.hub;

import glasshouse.core.entry.EntryId;
import glasshouse.hub.git.GitRepo;
import glasshouse.hub.git.Maintenance;
import glasshouse.hub.git.Repositories;
import glasshouse.hub.job.Chores;
import glasshouse.hub.lfs.LfsRoutes;
import glasshouse.hub.repos.Lifecycle;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is done from time to time by parts that do not know of jobs. */
final class HubChores implements Chores {
    private static final Logger LOG = LoggerFactory.getLogger(HubChores.class);

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
        int tidied = takeAway();
        return (gone == 0 ? "" : gone + " deleted entries removed for good")
                + (gone == 0 || tidied == 0 ? "" : "; ")
                + (tidied == 0 ? "" : tidied + " repositories rid of what nothing leads to");
    }

    /** Nobody pushes to a quiet repository, so nobody else would ask whether something in it is due. */
    private int takeAway() throws IOException {
        int tidied = 0;
        for (EntryId id : repositories.ids()) {
            if (Maintenance.isNoted(repositories.folder(id))) {
                try {
                    GitRepo repo = repositories.open(id);
                    tidied += maintenance.isDue(repo) && !maintenance.run(repo).isEmpty() ? 1 : 0;
                } catch (IOException | RuntimeException e) {
                    // One that is broken does not keep the others from being tidied.
                    LOG.warn("the repository of {} could not be tidied", id, e);
                }
            }
        }
        return tidied;
    }
}
