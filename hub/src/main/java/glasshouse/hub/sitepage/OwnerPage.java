package glasshouse.hub.sitepage;

import glasshouse.hub.index.Entry;
import glasshouse.hub.index.People.Membership;
import glasshouse.hub.index.People.Namespace;
import glasshouse.hub.page.Layout;
import java.util.List;

/**
 * What a person or an organisation publishes, and who belongs to it.
 *
 * @param entries the latest, of what the reader may see
 * @param total how many there are of those
 * @param members of an organisation, or the organisations of a person
 * @param mayManage whether the reader may change it
 */
public record OwnerPage(
        Layout layout,
        Namespace owner,
        List<Entry> entries,
        long total,
        List<Membership> members,
        boolean mayManage,
        boolean mayCreate) {
    public OwnerPage {
        entries = List.copyOf(entries);
        members = List.copyOf(members);
    }
}
