package glasshouse.hub.deskpage;

import glasshouse.core.access.Role;
import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import glasshouse.core.problem.Refusal;
import glasshouse.hub.account.Accounts;
import glasshouse.hub.index.People;
import glasshouse.hub.index.People.Account;
import glasshouse.hub.page.Pages;
import glasshouse.hub.page.Paging;
import glasshouse.hub.web.Address;
import glasshouse.hub.web.Call;
import glasshouse.hub.web.Method;
import glasshouse.hub.web.Reply;
import glasshouse.hub.web.Route;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The people and organisations of this instance, for its administrators. */
public final class UserRoutes {
    private static final int SIZE = 50;
    private static final Map<String, String> DONE = Map.of(
            "added", "The account is made.",
            "changed", "The account is changed.",
            "organisation", "The organisation is made.");

    private final Pages pages;
    private final People people;
    private final Accounts accounts;
    private final InstantSource clock;

    public UserRoutes(Pages pages, People people, Accounts accounts, InstantSource clock) {
        this.pages = pages;
        this.people = people;
        this.accounts = accounts;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                AdminRoutes.route(
                        Method.GET,
                        "/admin/users",
                        call -> show(call, 200, Optional.empty()),
                        "The accounts of this instance."),
                AdminRoutes.route(Method.POST, "/admin/users", this::add, "Makes an account."),
                AdminRoutes.route(
                        Method.POST,
                        "/admin/users/change",
                        this::change,
                        "Disables or enables an account, makes it administrator or not, sets its password."),
                AdminRoutes.route(
                        Method.POST, "/admin/organisations", this::addOrganisation, "Makes an organisation."));
    }

    private Reply show(Call call, int status, Optional<Problem> fault) {
        String search = call.query("q")
                .map(String::strip)
                .filter(q -> q.length() <= 100)
                .orElse("");
        String wanted = search.toLowerCase(Locale.ROOT);
        int page = call.queryInt("page", 1, 1, 1_000_000);
        List<Account> found = people.accounts().stream()
                .filter(a -> (a.name() + " " + a.fullName() + " " + a.email().orElse(""))
                        .toLowerCase(Locale.ROOT)
                        .contains(wanted))
                .toList();
        String address =
                "/admin/users?" + (search.isEmpty() ? "" : "q=" + Address.encodeSegment(search) + "&") + "page=";
        return pages.reply(
                status,
                "desk/users.jte",
                new UsersPage(
                        pages.layout(call, "People").in("admin"),
                        search,
                        found.stream()
                                .skip((long) (page - 1) * SIZE)
                                .limit(SIZE)
                                .toList(),
                        Paging.of(address, page, SIZE, found.size()),
                        people.organisations(),
                        call.query("done").map(DONE::get),
                        fault));
    }

    private Reply add(Call call) throws IOException {
        Filled form = Filled.of(call);
        return attempt(
                call,
                "added",
                () -> accounts.add(
                        form.text("name"),
                        form.text("fullName"),
                        form.optional("email"),
                        Optional.of(form.raw("password")).filter(password -> !password.isEmpty()),
                        form.text("admin").equals("on")));
    }

    private Reply addOrganisation(Call call) throws IOException {
        Filled form = Filled.of(call);
        return attempt(call, "organisation", () -> {
            Account admin = account(form.text("admin"));
            String name = form.text("name");
            String fullName = form.optional("fullName").orElse(name);
            if (fullName.length() > 200) {
                throw Problem.of(Code.INVALID, "a full name has at most 200 characters")
                        .refusal();
            }
            var made = people.addOrganisation(name, fullName, clock.instant());
            people.setMember(made.id(), admin.id(), Role.ADMIN);
        });
    }

    private Reply change(Call call) throws IOException {
        Filled form = Filled.of(call);
        return attempt(call, "changed", () -> {
            Account account = account(form.text("name"));
            switch (form.text("do")) {
                case "disable" -> {
                    keepAnAdministrator(account);
                    accounts.disable(account);
                }
                case "enable" -> accounts.enable(account);
                case "password" -> accounts.setPassword(account, form.raw("password"));
                case "admin" -> people.setOperator(account.id(), true);
                case "no-admin" -> {
                    keepAnAdministrator(account);
                    people.setOperator(account.id(), false);
                }
                default -> throw Problem.of(Code.INVALID, "no such change").refusal();
            }
        });
    }

    private Reply attempt(Call call, String done, Runnable what) {
        try {
            what.run();
            return Reply.seeOther("/admin/users?done=" + done);
        } catch (Refusal refusal) {
            return show(call, refusal.problem().code() == Code.CONFLICT ? 409 : 400, Optional.of(refusal.problem()));
        }
    }

    private Account account(String name) {
        return people.account(name)
                .orElseThrow(() ->
                        Problem.of(Code.NOT_FOUND, "no account `" + name + "`").refusal());
    }

    private void keepAnAdministrator(Account account) {
        boolean another = people.accounts().stream()
                .anyMatch(other ->
                        other.operator() && !other.disabled() && !other.id().equals(account.id()));
        if (account.operator() && !another) {
            throw Problem.of(Code.CONFLICT, "`" + account.name() + "` is the last administrator")
                    .mend("make somebody else administrator first")
                    .refusal();
        }
    }
}
