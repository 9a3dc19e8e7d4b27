package glasshouse.hub.entrypage;

import glasshouse.hub.gate.GateField;
import glasshouse.hub.index.Governance.AccessRequest;
import glasshouse.hub.page.EntryFrame;
import java.util.List;
import java.util.Optional;

/**
 * Where somebody asks for access to the files of an entry.
 *
 * @param fields what the publisher wants to know
 * @param request what they asked before
 */
public record AccessPage(EntryFrame frame, List<GateField> fields, Optional<AccessRequest> request) {
    public AccessPage {
        fields = List.copyOf(fields);
    }
}
