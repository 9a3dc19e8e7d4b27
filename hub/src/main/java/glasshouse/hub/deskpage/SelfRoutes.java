package glasshouse.hub.deskpage;

import glasshouse.core.access.Action;
import glasshouse.core.entry.EntryId;
import glasshouse.core.entry.EntryKind;
import glasshouse.core.entry.RepoName;
import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import glasshouse.core.problem.Refusal;
import glasshouse.hub.account.Accounts;
import glasshouse.hub.account.SessionCookie;
import glasshouse.hub.account.Tokens;
import glasshouse.hub.index.Entries;
import glasshouse.hub.index.Entry;
import glasshouse.hub.index.Governance;
import glasshouse.hub.index.People;
import glasshouse.hub.page.Pages;
import glasshouse.hub.web.Call;
import glasshouse.hub.web.Guard;
import glasshouse.hub.web.Handler;
import glasshouse.hub.web.Method;
import glasshouse.hub.web.Reply;
import glasshouse.hub.web.Route;
import glasshouse.hub.web.Surface;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A person's own settings: profile, password, tokens. */
public final class SelfRoutes {
    private static final Map<String, String> DONE = Map.of(
            "profile", "Your profile is changed.",
            "password", "Your password is changed; other sessions are ended.",
            "revoked", "The token is revoked.");

    private final Pages pages;
    private final Accounts accounts;
    private final Tokens tokens;
    private final People people;
    private final Entries entries;
    private final Governance governance;

    public SelfRoutes(
            Pages pages, Accounts accounts, Tokens tokens, People people, Entries entries, Governance governance) {
        this.pages = pages;
        this.accounts = accounts;
        this.tokens = tokens;
        this.people = people;
        this.entries = entries;
        this.governance = governance;
    }

    public List<Route> routes() {
        return List.of(
                route(
                        Method.GET,
                        "/settings",
                        call -> profile(call, 200, Optional.empty()),
                        "A person's own settings."),
                route(Method.POST, "/settings/profile", this::changeProfile, "Changes what others see of oneself."),
                route(Method.POST, "/settings/password", this::changePassword, "Changes one's password."),
                route(
                        Method.GET,
                        "/settings/tokens",
                        call -> tokens(call, 200, Optional.empty(), Optional.empty()),
                        "One's tokens."),
                route(Method.POST, "/settings/tokens", this::makeToken, "Makes a token and shows it, once."),
                route(Method.POST, "/settings/tokens/revoke", this::revoke, "Ends a token."));
    }

    private static Route route(Method method, String pattern, Handler handler, String about) {
        return new Route(method, pattern, Surface.PAGE, Guard.session(), handler, about);
    }

    private Reply profile(Call call, int status, Optional<Problem> fault) {
        // Read anew: the caller was found before a change that this page shows.
        var account = people.accountById(call.account().id()).orElse(call.account());
        List<ProfilePage.Asked> asked = governance.requestsOf(account.id()).stream()
                .flatMap(request -> entries
                        .find(new EntryId(request.entryId()))
                        .filter(entry -> sees(call, entry))
                        .map(entry ->
                                new ProfilePage.Asked(request, entry.name().toString(), "/" + entry.pagePath()))
                        .stream())
                .toList();
        return pages.reply(
                status,
                "desk/profile.jte",
                new ProfilePage(
                        pages.layout(call, "Settings").in("settings"),
                        account,
                        people.membershipsOf(account.id()),
                        asked,
                        call.query("done").map(DONE::get),
                        fault));
    }

    private static boolean sees(Call call, Entry entry) {
        return call.may(new Guard.Demand.OnEntry(Action.SEE, entry));
    }

    private Reply changeProfile(Call call) throws IOException {
        Filled form = Filled.of(call);
        try {
            accounts.changeProfile(call.account(), form.text("fullName"), form.optional("email"));
            return Reply.seeOther("/settings?done=profile");
        } catch (Refusal refusal) {
            return profile(call, 400, Optional.of(refusal.problem()));
        }
    }

    private Reply changePassword(Call call) throws IOException {
        Filled form = Filled.of(call);
        try {
            accounts.changePassword(call.account(), form.raw("old"), form.raw("new"), call.cookie(SessionCookie.NAME));
            return Reply.seeOther("/settings?done=password");
        } catch (Refusal refusal) {
            int status = refusal.problem().code() == Code.RATE_LIMITED ? 429 : 400;
            return profile(call, status, Optional.of(refusal.problem())).retryAfter(refusal.problem());
        }
    }

    private Reply tokens(Call call, int status, Optional<Tokens.Made> made, Optional<Problem> fault) {
        return pages.reply(
                        status,
                        "desk/tokens.jte",
                        new TokensPage(
                                pages.layout(call, "Tokens").in("settings"), tokens.of(call.account()), made, fault))
                .header("Cache-Control", "no-store");
    }

    private Reply makeToken(Call call) throws IOException {
        Filled form = Filled.of(call);
        try {
            Optional<Duration> lasts = form.optional("days").map(SelfRoutes::days);
            Map<String, Boolean> named = new HashMap<>();
            name(call, named, form.raw("reads"), false);
            name(call, named, form.raw("writes"), true);
            var wish = new Tokens.Wish(form.text("name"), form.text("role"), lasts, named);
            return tokens(call, 200, Optional.of(tokens.make(call.account(), wish)), Optional.empty());
        } catch (Refusal refusal) {
            return tokens(call, 400, Optional.empty(), Optional.of(refusal.problem()));
        }
    }

    private static Duration days(String text) {
        try {
            return Duration.ofDays(Integer.parseInt(text));
        } catch (NumberFormatException e) {
            throw Problem.of(Code.INVALID, "the number of days is not a number").refusal();
        }
    }

    /** Takes entries, one per line, as they stand in the Hub's addresses or in ours. */
    private void name(Call call, Map<String, Boolean> named, String lines, boolean mayWrite) {
        for (String line : lines.split("\\s+")) {
            if (!line.isEmpty()) {
                named.put(entry(call, line).id().value(), mayWrite);
            }
        }
    }

    private Entry entry(Call call, String path) {
        int slash = path.indexOf('/');
        Optional<EntryKind> kind = path.chars().filter(c -> c == '/').count() == 2
                ? EntryKind.parse(path.substring(0, slash))
                : Optional.of(EntryKind.MODEL);
        String name = path.chars().filter(c -> c == '/').count() == 2 ? path.substring(slash + 1) : path;
        return kind.flatMap(k -> entries.find(k, RepoName.parse(name)))
                .filter(entry -> sees(call, entry))
                .orElseThrow(() -> Problem.of(Code.ENTRY_NOT_FOUND, "no entry `" + path + "` that you may see")
                        .mend("write one per line, such as `models/ada/engine`")
                        .refusal());
    }

    private Reply revoke(Call call) throws IOException {
        tokens.revoke(call.account(), Filled.of(call).text("token"));
        return Reply.seeOther("/settings/tokens?done=revoked");
    }
}
