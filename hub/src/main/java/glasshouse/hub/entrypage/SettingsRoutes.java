package glasshouse.hub.entrypage;

import glasshouse.core.access.Action;
import glasshouse.core.access.Role;
import glasshouse.core.entry.Gate;
import glasshouse.core.entry.RepoName;
import glasshouse.core.entry.Visibility;
import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import glasshouse.core.problem.Refusal;
import glasshouse.hub.index.Entry;
import glasshouse.hub.index.Governance;
import glasshouse.hub.index.People;
import glasshouse.hub.page.EntryFrame;
import glasshouse.hub.page.EntryFrames;
import glasshouse.hub.page.Pages;
import glasshouse.hub.repos.Lifecycle;
import glasshouse.hub.web.Call;
import glasshouse.hub.web.Guard;
import glasshouse.hub.web.Guard.Demand;
import glasshouse.hub.web.Method;
import glasshouse.hub.web.Reply;
import glasshouse.hub.web.Route;
import glasshouse.hub.web.Surface;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The settings of an entry: who sees it, whether its files are given on request, its name, its end. */
public final class SettingsRoutes {
    private static final int COUNTED = 100;
    private static final Map<String, String> DONE =
            Map.of("set", "The settings are changed.", "moved", "The entry has its new name; the old one leads here.");

    private final Pages pages;
    private final EntryFrames frames;
    private final People people;
    private final Governance governance;
    private final Lifecycle lifecycle;
    private final InstantSource clock;

    public SettingsRoutes(
            Pages pages,
            EntryFrames frames,
            People people,
            Governance governance,
            Lifecycle lifecycle,
            InstantSource clock) {
        this.pages = pages;
        this.frames = frames;
        this.people = people;
        this.governance = governance;
        this.lifecycle = lifecycle;
        this.clock = clock;
    }

    public List<Route> routes() {
        Guard administer = Guard.entry(Action.ADMINISTER);
        return List.of(
                new Route(
                        Method.GET,
                        "/{entry}/settings",
                        Surface.PAGE,
                        administer,
                        call -> show(call, 200, Optional.empty()),
                        "The settings of an entry."),
                new Route(
                        Method.POST,
                        "/{entry}/settings",
                        Surface.PAGE,
                        administer,
                        this::set,
                        "Changes who sees an entry and whether its files are given on request."),
                new Route(
                        Method.POST,
                        "/{entry}/settings/move",
                        Surface.PAGE,
                        new Guard.Found(Set.of(Action.ADMINISTER, Action.CREATE_ENTRY), true, SettingsRoutes::mayMove),
                        this::move,
                        "Gives an entry another name or owner."),
                new Route(
                        Method.POST,
                        "/{entry}/settings/delete",
                        Surface.PAGE,
                        Guard.entry(Action.DELETE),
                        this::delete,
                        "Deletes an entry."));
    }

    private static List<Demand> mayMove(Call call) throws IOException {
        return List.of(
                new Demand.OnEntry(Action.ADMINISTER, call.entry()),
                new Demand.OnNamespace(Action.CREATE_ENTRY, call.field("owner").orElse("")));
    }

    private Reply show(Call call, int status, Optional<Problem> fault) throws IOException {
        EntryFrame frame = frames.atHead(call, EntryFrame.Part.SETTINGS, "Settings");
        List<String> owners = new ArrayList<>(List.of(call.account().name()));
        people.membershipsOf(call.account().id()).stream()
                .filter(membership -> membership.role().atLeast(Role.CONTRIBUTOR))
                .forEach(membership -> owners.add(membership.organisation()));
        if (!owners.contains(call.entry().name().namespace())) {
            owners.add(call.entry().name().namespace());
        }
        return pages.reply(
                status,
                "entry/settings.jte",
                new SettingsPage(
                        frame,
                        owners,
                        governance
                                .requests(call.entry().id(), "pending", 0, COUNTED)
                                .size(),
                        Lifecycle.KEPT.toDays(),
                        call.may(Action.DELETE),
                        call.query("done").map(DONE::get),
                        fault));
    }

    private Reply set(Call call) throws IOException {
        Optional<Visibility> visibility = call.field("visibility").flatMap(Visibility::parse);
        Optional<Gate> gate = call.field("gate").flatMap(Gate::parse);
        lifecycle.set(call.entry(), visibility, gate);
        return Reply.seeOther("/" + call.entry().pagePath() + "/settings?done=set");
    }

    private Reply move(Call call) throws IOException {
        try {
            String owner = people.namespace(call.field("owner").orElse(""))
                    .map(People.Namespace::name)
                    .orElseThrow(
                            () -> Problem.of(Code.NOT_FOUND, "no such owner").refusal());
            Entry moved = lifecycle.move(
                    call.entry(),
                    new RepoName(owner, call.field("name").orElse("").strip()));
            return Reply.seeOther("/" + moved.pagePath() + "/settings?done=moved");
        } catch (Refusal refusal) {
            return show(call, refusal.problem().code() == Code.CONFLICT ? 409 : 400, Optional.of(refusal.problem()));
        }
    }

    private Reply delete(Call call) throws IOException {
        String typed = call.field("confirm").orElse("").strip();
        if (!typed.equals(call.entry().name().toString())) {
            return show(
                    call,
                    400,
                    Optional.of(Problem.of(Code.INVALID, "the name was not typed as it is; nothing was deleted")
                            .mend("type `" + call.entry().name() + "`")));
        }
        lifecycle.delete(call.entry(), call.account());
        return pages.reply(
                "entry/deleted.jte",
                new DeletedEntryPage(
                        pages.layout(call, "Deleted"),
                        call.entry().name().toString(),
                        clock.instant().plus(Lifecycle.KEPT)));
    }
}
