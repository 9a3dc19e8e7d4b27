package glasshouse.hub.entrypage;

import glasshouse.core.problem.Problem;
import glasshouse.hub.gate.AccessRequests.Status;
import glasshouse.hub.index.Governance.AccessRequest;
import glasshouse.hub.page.EntryFrame;
import java.util.List;
import java.util.Optional;

/**
 * Requests for access to the files of an entry.
 *
 * @param next address of the next page
 */
public record RequestsPage(
        EntryFrame frame, Status status, List<Row> rows, Optional<String> next, Optional<Problem> fault) {
    /** A request, and what was filled in. */
    public record Row(AccessRequest request, List<Answer> answers) {}

    /** What somebody filled in. */
    public record Answer(String field, String value) {}

    public RequestsPage {
        rows = List.copyOf(rows);
    }
}
