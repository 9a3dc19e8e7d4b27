package glasshouse.hub.deskpage;

import glasshouse.core.access.Action;
import glasshouse.core.access.Role;
import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import glasshouse.core.problem.Refusal;
import glasshouse.hub.index.Entries;
import glasshouse.hub.index.People;
import glasshouse.hub.index.People.Account;
import glasshouse.hub.index.People.Namespace;
import glasshouse.hub.page.Pages;
import glasshouse.hub.web.Call;
import glasshouse.hub.web.Guard;
import glasshouse.hub.web.Handler;
import glasshouse.hub.web.Method;
import glasshouse.hub.web.Reply;
import glasshouse.hub.web.Route;
import glasshouse.hub.web.Surface;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The members of an organisation and what they may do. */
public final class OrganisationRoutes {
    private static final Map<String, String> DONE =
            Map.of("member", "The member has the role now.", "removed", "They are no longer a member.");

    private final Pages pages;
    private final People people;
    private final Entries entries;

    public OrganisationRoutes(Pages pages, People people, Entries entries) {
        this.pages = pages;
        this.people = people;
        this.entries = entries;
    }

    public List<Route> routes() {
        return List.of(
                route(Method.GET, "", call -> show(call, 200, Optional.empty()), "The settings of an organisation."),
                route(Method.POST, "/members", this::set, "Makes somebody a member, or gives a member another role."),
                route(Method.POST, "/members/remove", this::remove, "Ends a membership."));
    }

    private static Route route(Method method, String rest, Handler handler, String about) {
        return new Route(
                method,
                "/settings/organisations/{ns}" + rest,
                Surface.PAGE,
                Guard.namespace(Action.MANAGE_NAMESPACE),
                handler,
                about);
    }

    private Namespace organisation(Call call) {
        return people.namespace(call.path("ns"))
                .filter(Namespace::organisation)
                .orElseThrow(() -> Problem.of(Code.NOT_FOUND, "no organisation `" + call.path("ns") + "`")
                        .refusal());
    }

    private Reply show(Call call, int status, Optional<Problem> fault) {
        Namespace organisation = organisation(call);
        return pages.reply(
                status,
                "desk/organisation.jte",
                new OrganisationPage(
                        pages.layout(call, organisation.name()).in("settings"),
                        organisation,
                        people.membersOf(organisation.id()),
                        entries.usedBytes(organisation.name()),
                        call.query("done").map(DONE::get),
                        fault));
    }

    private Account account(String name) {
        return people.account(name)
                .orElseThrow(() -> Problem.of(Code.NOT_FOUND, "no account `" + name + "`")
                        .mend("they need an account here first")
                        .refusal());
    }

    private Reply set(Call call) throws IOException {
        Filled form = Filled.of(call);
        Namespace organisation = organisation(call);
        try {
            Account account = account(form.text("name"));
            Role role = Role.parse(form.text("role"))
                    .orElseThrow(() -> Problem.of(Code.INVALID, "no such role").refusal());
            keepAnAdministrator(organisation, account, role);
            people.setMember(organisation.id(), account.id(), role);
            return Reply.seeOther("/settings/organisations/" + organisation.name() + "?done=member");
        } catch (Refusal refusal) {
            return show(call, 400, Optional.of(refusal.problem()));
        }
    }

    private void keepAnAdministrator(Namespace organisation, Account account, Role role) {
        boolean another = people.membersOf(organisation.id()).stream()
                .anyMatch(m -> m.role() == Role.ADMIN && !m.accountId().equals(account.id()));
        if (role != Role.ADMIN && !another) {
            throw Problem.of(Code.CONFLICT, "an organisation keeps at least one administrator")
                    .mend("make somebody else administrator first")
                    .refusal();
        }
    }

    private Reply remove(Call call) throws IOException {
        Namespace organisation = organisation(call);
        try {
            people.removeMember(
                    organisation.id(), account(Filled.of(call).text("name")).id());
            return Reply.seeOther("/settings/organisations/" + organisation.name() + "?done=removed");
        } catch (Refusal refusal) {
            return show(call, 409, Optional.of(refusal.problem()));
        }
    }
}
