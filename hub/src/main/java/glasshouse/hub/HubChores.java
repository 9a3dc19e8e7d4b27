package glasshouse.hub;

import glasshouse.core.entry.EntryId;
import glasshouse.hub.job.Chores;
import glasshouse.hub.repos.Lifecycle;
import java.io.IOException;

/** What is done from time to time by parts that do not know of jobs. */
final class HubChores implements Chores {
    private final Lifecycle lifecycle;

    HubChores(Lifecycle lifecycle) {
        this.lifecycle = lifecycle;
    }

    @Override
    public String maintain(EntryId entry) {
        return "";
    }

    @Override
    public String purge() throws IOException {
        int gone = lifecycle.purgeExpired();
        return gone == 0 ? "" : gone + " deleted entries removed for good";
    }
}
