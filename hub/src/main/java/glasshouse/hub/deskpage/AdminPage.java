package glasshouse.hub.deskpage;

import glasshouse.hub.index.Jobs;
import glasshouse.hub.page.Layout;
import java.util.List;
import java.util.Map;

/** How this instance is, at a glance. */
public record AdminPage(
        Layout layout,
        List<Check> checks,
        Map<Jobs.State, Long> jobs,
        Storage storage,
        long accounts,
        long organisations,
        long entries,
        List<Faulty> faults) {
    /** Something that must be well. */
    public record Check(String what, boolean well, String says) {}

    /**
     * What is used, and what is left.
     *
     * @param entryBytes what entries take by logical bytes
     */
    public record Storage(long entryBytes, long freeBytes, long totalBytes) {
        /** How full the disk is, in hundredths. */
        public long percent() {
            return totalBytes == 0 ? 0 : 100 - freeBytes * 100 / totalBytes;
        }
    }

    /** An entry whose repository has a fault. */
    public record Faulty(String name, String href, String fault) {}

    public AdminPage {
        checks = List.copyOf(checks);
        faults = List.copyOf(faults);
    }
}
