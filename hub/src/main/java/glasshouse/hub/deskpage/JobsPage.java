package glasshouse.hub.deskpage;

import glasshouse.hub.index.Jobs;
import glasshouse.hub.page.Layout;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is done in the background.
 *
 * @param state only jobs that stand so
 * @param names of the entries that jobs are about, by id
 */
public record JobsPage(
        Layout layout,
        Optional<Jobs.State> state,
        Map<Jobs.State, Long> counts,
        List<Jobs.Job> jobs,
        Map<String, Named> names,
        Optional<String> next) {
    /** An entry's name and address. */
    public record Named(String name, String href) {}

    public JobsPage {
        jobs = List.copyOf(jobs);
        names = Map.copyOf(names);
    }
}
