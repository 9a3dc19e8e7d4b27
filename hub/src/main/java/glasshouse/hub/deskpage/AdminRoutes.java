package glasshouse.hub.deskpage;

import glasshouse.core.entry.EntryId;
import glasshouse.core.entry.RepoName;
import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Refusal;
import glasshouse.hub.index.Audience;
import glasshouse.hub.index.Entries;
import glasshouse.hub.index.Entry;
import glasshouse.hub.index.EntryQuery;
import glasshouse.hub.index.Governance;
import glasshouse.hub.index.Jobs;
import glasshouse.hub.index.People;
import glasshouse.hub.job.JobQueue;
import glasshouse.hub.page.Pages;
import glasshouse.hub.page.Wording;
import glasshouse.hub.repos.Lifecycle;
import glasshouse.hub.web.Call;
import glasshouse.hub.web.Guard;
import glasshouse.hub.web.Handler;
import glasshouse.hub.web.Method;
import glasshouse.hub.web.Reply;
import glasshouse.hub.web.Route;
import glasshouse.hub.web.Surface;
import java.io.IOException;
import java.nio.file.FileStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** How this instance is: health, storage, jobs, and entries that were deleted. */
public final class AdminRoutes {
    private static final int MAX_FAULTS = 50;
    private static final int SIZE = 50;
    private static final long LOW_BYTES = 5L << 30;

    private final Pages pages;
    private final People people;
    private final Entries entries;
    private final Governance governance;
    private final Lifecycle lifecycle;
    private final JobQueue jobs;
    private final FileStore disk;

    /** @param disk what the data folder is on */
    public AdminRoutes(
            Pages pages,
            People people,
            Entries entries,
            Governance governance,
            Lifecycle lifecycle,
            JobQueue jobs,
            FileStore disk) {
        this.pages = pages;
        this.people = people;
        this.entries = entries;
        this.governance = governance;
        this.lifecycle = lifecycle;
        this.jobs = jobs;
        this.disk = disk;
    }

    public List<Route> routes() {
        return List.of(
                route(Method.GET, "/admin", this::overview, "How this instance is."),
                route(Method.GET, "/admin/jobs", this::jobs, "What is done in the background; `?state=`."),
                route(
                        Method.GET,
                        "/admin/deleted",
                        call -> deleted(call, 200, Optional.empty()),
                        "Deleted entries that are still kept."),
                route(Method.POST, "/admin/deleted/restore", this::restore, "Brings a deleted entry back."));
    }

    static Route route(Method method, String pattern, Handler handler, String about) {
        return new Route(method, pattern, Surface.PAGE, Guard.operator(), handler, about);
    }

    private Reply overview(Call call) throws IOException {
        Map<Jobs.State, Long> counts = jobs.counts();
        long failed = counts.getOrDefault(Jobs.State.FAILED, 0L);
        long free = disk.getUsableSpace();
        List<Entry> all = faulty();
        List<AdminPage.Check> checks = new ArrayList<>();
        checks.add(new AdminPage.Check("Disk", free > LOW_BYTES, Wording.bytes(free) + " free"));
        checks.add(new AdminPage.Check(
                "Jobs",
                failed == 0,
                failed == 0 ? "none has failed" : Wording.counted(failed, "has failed", "have failed")));
        checks.add(new AdminPage.Check(
                "Repositories",
                all.isEmpty(),
                all.isEmpty() ? "no fault is known" : Wording.counted(all.size(), "has a fault", "have faults")));
        Audience everything = call.caller().audience();
        return pages.reply(
                "desk/admin.jte",
                new AdminPage(
                        pages.layout(call, "Administration").in("admin"),
                        checks,
                        counts,
                        new AdminPage.Storage(used(), free, disk.getTotalSpace()),
                        people.accounts().size(),
                        people.organisations().size(),
                        entries.count(EntryQuery.newest(Optional.empty(), 1), everything),
                        all.stream()
                                .map(e -> new AdminPage.Faulty(
                                        e.name().toString(),
                                        "/" + e.pagePath(),
                                        e.head().fault().orElse("")))
                                .toList()));
    }

    private List<Entry> faulty() {
        return entries.faulty(MAX_FAULTS);
    }

    private long used() {
        return entries.usedBytes();
    }

    private Reply jobs(Call call) {
        Optional<Jobs.State> state = call.query("state").flatMap(AdminRoutes::state);
        int page = call.queryInt("page", 1, 1, 100);
        List<Jobs.Job> found = jobs.list(Optional.empty(), state, (page - 1) * SIZE, SIZE + 1);
        Set<String> ids = found.stream()
                .map(Jobs.Job::entryId)
                .filter(id -> !id.isEmpty())
                .collect(Collectors.toSet());
        Map<String, JobsPage.Named> names = new HashMap<>();
        for (String id : ids) {
            entries.find(new EntryId(id))
                    .ifPresent(e -> names.put(id, new JobsPage.Named(e.name().toString(), "/" + e.pagePath())));
        }
        String more = "/admin/jobs?" + state.map(s -> "state=" + s.word() + "&").orElse("") + "page=" + (page + 1);
        return pages.reply(
                "desk/jobs.jte",
                new JobsPage(
                        pages.layout(call, "Jobs").in("admin"),
                        state,
                        jobs.counts(),
                        found.stream().limit(SIZE).toList(),
                        names,
                        found.size() > SIZE ? Optional.of(more) : Optional.empty()));
    }

    private static Optional<Jobs.State> state(String word) {
        for (Jobs.State state : Jobs.State.values()) {
            if (state.word().equals(word.toLowerCase(Locale.ROOT))) {
                return Optional.of(state);
            }
        }
        return Optional.empty();
    }

    private Reply deleted(Call call, int status, Optional<Problem> fault) {
        List<DeletedPage.Row> rows = governance.deleted().stream()
                .map(deleted -> new DeletedPage.Row(
                        deleted,
                        people.accountById(deleted.deletedBy())
                                .map(People.Account::name)
                                .orElse("somebody who is gone")))
                .toList();
        return pages.reply(
                status,
                "desk/deleted.jte",
                new DeletedPage(pages.layout(call, "Deleted entries").in("admin"), rows, fault));
    }

    private Reply restore(Call call) throws IOException {
        Filled form = Filled.of(call);
        try {
            Optional<RepoName> as = form.optional("as").map(RepoName::parse);
            Entry back = lifecycle.restore(id(form.text("entry")), as);
            return Reply.seeOther("/" + back.pagePath());
        } catch (Refusal refusal) {
            return deleted(call, 409, Optional.of(refusal.problem()));
        }
    }

    private static EntryId id(String text) {
        try {
            return new EntryId(text);
        } catch (IllegalArgumentException e) {
            throw Problem.of(Problem.Code.INVALID, "this is not the id of an entry")
                    .refusal();
        }
    }
}
