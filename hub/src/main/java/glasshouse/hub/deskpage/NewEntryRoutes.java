package glasshouse.hub.deskpage;

import glasshouse.core.access.Action;
import glasshouse.core.access.Role;
import glasshouse.core.entry.EntryKind;
import glasshouse.core.entry.RepoName;
import glasshouse.core.entry.Visibility;
import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import glasshouse.core.problem.Refusal;
import glasshouse.hub.index.Entry;
import glasshouse.hub.index.People;
import glasshouse.hub.page.Pages;
import glasshouse.hub.repos.Lifecycle;
import glasshouse.hub.web.Call;
import glasshouse.hub.web.Guard;
import glasshouse.hub.web.Method;
import glasshouse.hub.web.Reply;
import glasshouse.hub.web.Route;
import glasshouse.hub.web.Surface;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Making an entry in the browser. */
public final class NewEntryRoutes {
    private final Pages pages;
    private final People people;
    private final Lifecycle lifecycle;

    public NewEntryRoutes(Pages pages, People people, Lifecycle lifecycle) {
        this.pages = pages;
        this.people = people;
        this.lifecycle = lifecycle;
    }

    public List<Route> routes() {
        return List.of(
                new Route(Method.GET, "/new", Surface.PAGE, Guard.signedIn(), this::form, "Where an entry is made."),
                new Route(
                        Method.POST,
                        "/new",
                        Surface.PAGE,
                        new Guard.Found(
                                Set.of(Action.CREATE_ENTRY),
                                false,
                                call -> List.of(new Guard.Demand.OnNamespace(
                                        Action.CREATE_ENTRY, Filled.of(call).text("owner")))),
                        this::make,
                        "Makes an entry with a card."));
    }

    private Reply form(Call call) {
        EntryKind kind = call.query("kind").flatMap(EntryKind::parse).orElse(EntryKind.MODEL);
        return pages.reply(
                "desk/new.jte",
                new NewEntryPage(
                        pages.layout(call, "New entry").in("new"),
                        kind,
                        owners(call),
                        call.query("owner").orElse(call.account().name()),
                        "",
                        "",
                        false,
                        Optional.empty()));
    }

    private List<String> owners(Call call) {
        List<String> owners = new ArrayList<>(List.of(call.account().name()));
        people.membershipsOf(call.account().id()).stream()
                .filter(membership -> membership.role().atLeast(Role.CONTRIBUTOR))
                .forEach(membership -> owners.add(membership.organisation()));
        return owners;
    }

    private Reply make(Call call) throws IOException {
        Filled form = Filled.of(call);
        EntryKind kind = EntryKind.parse(form.text("kind")).orElse(EntryKind.MODEL);
        Visibility visibility = form.text("visibility").equals("private") ? Visibility.PRIVATE : Visibility.PUBLIC;
        try {
            // The owner as it is shown: what a person types may differ in case.
            String owner = people.namespace(form.text("owner"))
                    .map(People.Namespace::name)
                    .orElseThrow(
                            () -> Problem.of(Code.NOT_FOUND, "no such owner").refusal());
            String licence = form.text("licence");
            if (!licence.matches("[A-Za-z0-9.+-]{0,60}")) {
                throw Problem.of(Code.INVALID, "a licence is given by its id")
                        .mend("write an SPDX id such as apache-2.0, or leave it empty")
                        .refusal();
            }
            RepoName name = new RepoName(owner, form.text("name"));
            Entry made = lifecycle.create(
                    kind, name, visibility, Optional.empty(), call.account(), Map.of("README.md", card(name, licence)));
            return Reply.seeOther("/" + made.pagePath());
        } catch (Refusal refusal) {
            return pages.reply(
                    refusal.problem().code() == Code.CONFLICT ? 409 : 400,
                    "desk/new.jte",
                    new NewEntryPage(
                            pages.layout(call, "New entry").in("new"),
                            kind,
                            owners(call),
                            form.text("owner"),
                            form.text("name"),
                            form.text("licence"),
                            !visibility.isPublic(),
                            Optional.of(refusal.problem())));
        }
    }

    private static byte[] card(RepoName name, String licence) {
        String front =
                licence.isEmpty() ? "" : "---\nlicense: " + licence.toLowerCase(java.util.Locale.ROOT) + "\n---\n\n";
        return (front + "# " + name.name() + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
