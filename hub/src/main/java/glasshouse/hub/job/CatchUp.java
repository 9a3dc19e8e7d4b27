package glasshouse.hub.job;

import glasshouse.core.entry.EntryId;
import glasshouse.hub.git.Repositories;
import glasshouse.hub.index.Entries;
import glasshouse.hub.index.HeldObjects;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * After a start: compares every repository with what the index has seen of it, and takes in repositories that the index does not
 * know. A process may have ended between the two.
 */
final class CatchUp {
    private static final Logger LOG = LoggerFactory.getLogger(CatchUp.class);

    private final Repositories repositories;
    private final Entries entries;
    private final HeldObjects held;
    private final RefIntake intake;
    private final Reindex reindex;

    CatchUp(Repositories repositories, Entries entries, HeldObjects held, RefIntake intake, Reindex reindex) {
        this.repositories = repositories;
        this.entries = entries;
        this.held = held;
        this.intake = intake;
        this.reindex = reindex;
    }

    String run(Steps steps) throws Exception {
        held.writeMissing();
        List<EntryId> known = entries.ids();
        int done = 0;
        int changed = 0;
        for (EntryId id : known) {
            steps.at(done++, known.size(), "comparing repositories");
            changed += refresh(id) ? 1 : 0;
        }
        Set<EntryId> unknown = new HashSet<>(repositories.ids());
        entries.ids().forEach(unknown::remove);
        for (EntryId id : unknown) {
            steps.check();
            changed += reindex.adopt(id) ? 1 : 0;
        }
        return known.size() + " repositories compared, " + changed + " had changed";
    }

    private boolean refresh(EntryId id) {
        try {
            return intake.refresh(id);
        } catch (java.io.IOException | RuntimeException e) {
            // One repository that cannot be read must not keep the others from being compared.
            Optional<Broken> broken = Broken.of(e);
            LOG.warn("the repository of {} could not be compared", id, e);
            broken.ifPresent(fault -> entries.change(
                    id,
                    now -> now.with(HeadReader.withFault(now.head(), "the repository is broken: " + fault.what()))));
            return false;
        }
    }
}
