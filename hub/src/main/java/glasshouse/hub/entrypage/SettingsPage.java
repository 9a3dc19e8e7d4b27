package glasshouse.hub.entrypage;

import glasshouse.core.problem.Problem;
import glasshouse.hub.page.EntryFrame;
import java.util.List;
import java.util.Optional;

/**
 * The settings of an entry.
 *
 * @param owners namespaces that it can be moved to
 * @param waiting how many requests for access wait for an answer, at most as many as are counted
 * @param keptDays how long a deleted entry can be brought back
 */
public record SettingsPage(
        EntryFrame frame,
        List<String> owners,
        long waiting,
        long keptDays,
        boolean mayDelete,
        Optional<String> done,
        Optional<Problem> fault) {
    public SettingsPage {
        owners = List.copyOf(owners);
    }
}
