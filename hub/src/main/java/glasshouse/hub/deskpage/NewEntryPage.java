package glasshouse.hub.deskpage;

import glasshouse.core.entry.EntryKind;
import glasshouse.core.problem.Problem;
import glasshouse.hub.page.Layout;
import java.util.List;
import java.util.Optional;

/**
 * Where an entry is made.
 *
 * @param owners the namespaces that the reader may make entries in
 */
public record NewEntryPage(
        Layout layout,
        EntryKind kind,
        List<String> owners,
        String owner,
        String name,
        String licence,
        boolean hidden,
        Optional<Problem> fault) {
    public NewEntryPage {
        owners = List.copyOf(owners);
    }
}
