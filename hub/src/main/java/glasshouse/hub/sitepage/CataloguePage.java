package glasshouse.hub.sitepage;

import glasshouse.hub.index.Entry;
import glasshouse.hub.page.Layout;
import glasshouse.hub.page.Paging;
import java.util.List;
import java.util.Map;

/**
 * A list of entries with what it can be narrowed by.
 *
 * @param heading what is listed
 * @param path of the page, without its query
 * @param choices the values that the filters offer
 */
public record CataloguePage(
        Layout layout,
        String heading,
        String path,
        Filters filters,
        Choices choices,
        long total,
        List<Entry> entries,
        Paging paging) {
    /** The values there are, each with how many entries have it, most first. */
    public record Choices(
            Map<String, Long> licences,
            Map<String, Long> libraries,
            Map<String, Long> tasks,
            Map<String, Long> owners) {}

    public CataloguePage {
        entries = List.copyOf(entries);
    }

    /** Whether the list mixes kinds, so that each row says its own. */
    public boolean mixed() {
        return filters.kind().isEmpty();
    }

    /** The command that publishes a first entry of this kind. */
    public String firstCommand() {
        String type = filters.kind()
                .map(kind -> switch (kind) {
                    case MODEL -> "";
                    case DATASET -> " --repo-type dataset";
                    case CODE -> " --repo-type space";
                })
                .orElse("");
        return "export HF_ENDPOINT=" + layout.base() + "\nhf upload" + type + " you/name ./folder";
    }
}
