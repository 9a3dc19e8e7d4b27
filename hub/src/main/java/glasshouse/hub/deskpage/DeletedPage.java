package glasshouse.hub.deskpage;

import glasshouse.core.problem.Problem;
import glasshouse.hub.index.Governance.Deleted;
import glasshouse.hub.page.Layout;
import java.util.List;
import java.util.Optional;

/** Entries that were deleted and can still be brought back. */
public record DeletedPage(Layout layout, List<Row> rows, Optional<Problem> fault) {
    /** A deleted entry, and who deleted it. */
    public record Row(Deleted deleted, String by) {}

    public DeletedPage {
        rows = List.copyOf(rows);
    }
}
