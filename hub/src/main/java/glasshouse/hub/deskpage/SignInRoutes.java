package glasshouse.hub.deskpage;

import glasshouse.core.problem.Problem.Code;
import glasshouse.core.problem.Refusal;
import glasshouse.hub.account.Accounts;
import glasshouse.hub.account.Session;
import glasshouse.hub.account.SessionCookie;
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
import java.util.Optional;

/** Signing in, signing out, and joining by a one-time link. */
public final class SignInRoutes {
    private final Pages pages;
    private final Accounts accounts;

    public SignInRoutes(Pages pages, Accounts accounts) {
        this.pages = pages;
        this.accounts = accounts;
    }

    public List<Route> routes() {
        return List.of(
                route(Method.GET, "/login", this::login, "Where to sign in; `?next=` is where to go afterwards."),
                route(Method.POST, "/login", this::signIn, "Signs in with a name and a password."),
                route(Method.POST, "/logout", this::signOut, "Ends the session."),
                route(
                        Method.GET,
                        "/join",
                        this::join,
                        "Where the first administrator makes an account, by a one-time link."),
                route(Method.POST, "/join", this::joined, "Makes the account of the one-time link."));
    }

    private static Route route(Method method, String pattern, Handler handler, String about) {
        return new Route(method, pattern, Surface.PAGE, Guard.anybody(), handler, about);
    }

    /** Only a path of this server: a link to the form must not lead elsewhere once somebody has signed in. */
    static String safeNext(String next) {
        boolean here = next.startsWith("/")
                && !next.startsWith("//")
                && next.length() <= 2000
                && next.chars().allMatch(c -> c > ' ' && c < 127 && c != '\\');
        return here ? next : "/";
    }

    private Reply login(Call call) {
        String next = safeNext(call.query("next").orElse("/"));
        if (call.caller().account().isPresent()) {
            return Reply.seeOther(next);
        }
        return pages.reply("desk/login.jte", new LoginPage(pages.layout(call, "Sign in"), "", next, Optional.empty()));
    }

    private Reply signIn(Call call) throws IOException {
        Filled form = Filled.fromHere(call);
        String next = safeNext(form.text("next"));
        try {
            Session session = accounts.signIn(form.text("name"), form.raw("password"), call.remote());
            return Reply.seeOther(next).header("Set-Cookie", SessionCookie.set(session, secure(call)));
        } catch (Refusal refusal) {
            int status = refusal.problem().code() == Code.RATE_LIMITED ? 429 : 403;
            return pages.reply(
                            status,
                            "desk/login.jte",
                            new LoginPage(
                                    pages.layout(call, "Sign in"),
                                    form.text("name"),
                                    next,
                                    Optional.of(refusal.problem())))
                    .retryAfter(refusal.problem());
        }
    }

    private static boolean secure(Call call) {
        return call.address().base().startsWith("https:");
    }

    private Reply signOut(Call call) throws IOException {
        Filled.fromHere(call);
        call.cookie(SessionCookie.NAME).ifPresent(accounts::signOut);
        return Reply.seeOther("/").header("Set-Cookie", SessionCookie.clear(secure(call)));
    }

    /**
     * The address holds a secret, which the policy of all pages keeps from other sites. A stricter one would make browsers that do not
     * send {@code Sec-Fetch-Site}, as on plain HTTP, send {@code Origin: null} with the form, which is refused.
     */
    private Reply join(Call call) {
        String link = call.query("link").orElse("");
        return pages.reply(
                "desk/join.jte",
                new JoinPage(
                        pages.layout(call, "Join"), link, accounts.isGoodLink(link), "", "", "", Optional.empty()));
    }

    private Reply joined(Call call) throws IOException {
        Filled form = Filled.fromHere(call);
        try {
            Session session = accounts.join(
                    form.text("link"),
                    form.text("name"),
                    form.text("fullName"),
                    form.optional("email"),
                    form.raw("password"));
            return Reply.seeOther("/settings/tokens").header("Set-Cookie", SessionCookie.set(session, secure(call)));
        } catch (Refusal refusal) {
            String link = form.text("link");
            return pages.reply(
                    400,
                    "desk/join.jte",
                    new JoinPage(
                            pages.layout(call, "Join"),
                            link,
                            accounts.isGoodLink(link),
                            form.text("name"),
                            form.text("fullName"),
                            form.text("email"),
                            Optional.of(refusal.problem())));
        }
    }
}
