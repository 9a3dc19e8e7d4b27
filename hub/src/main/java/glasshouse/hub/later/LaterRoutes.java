package glasshouse.hub.later;

import glasshouse.core.access.Action;
import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import glasshouse.hub.web.Guard;
import glasshouse.hub.web.Handler;
import glasshouse.hub.web.Json;
import glasshouse.hub.web.Method;
import glasshouse.hub.web.Reply;
import glasshouse.hub.web.Route;
import glasshouse.hub.web.Surface;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Answers what is left for later: 501 and what to do instead; an empty list where clients only look whether there is something. */
public final class LaterRoutes {
    private static final Set<Method> ALL = Set.of(Method.values());
    private static final Set<Method> LOOK = Set.of(Method.GET);
    private static final Set<Method> SEND = Set.of(Method.POST);

    private static final String OF_ENTRY = "/api/{kinds}/{entry}/";
    private static final String BY_LFS = "set HF_HUB_DISABLE_XET=1: large files then come and go by git-lfs";
    private static final String ELSEWHERE = "code is kept and shown here; run it on a machine of yours";
    private static final String ASK = "ask for the head of a branch from time to time instead";
    private static final String IN_CARD = "list the entries in a card instead";

    private final List<Route> routes = new ArrayList<>();

    public LaterRoutes() {
        later(LOOK, OF_ENTRY + "xet-read-token/{rev}", "Xet transfers", BY_LFS);
        later(LOOK, OF_ENTRY + "xet-write-token/{rev}", "Xet transfers", BY_LFS);
        empty(OF_ENTRY + "likers", "Who likes an entry: nobody can yet.");
        later(Set.of(Method.POST, Method.DELETE), OF_ENTRY + "like", "likes", "nothing is lost: no entry has any");
        later(LOOK, OF_ENTRY + "leaderboard", "leaderboards", "read the results in the card's `model-index`");
        for (String hosted : List.of(
                "runtime",
                "secrets",
                "variables",
                "hardware",
                "storage",
                "volumes",
                "sleeptime",
                "pause",
                "restart",
                "dev-mode",
                "logs/{path*}")) {
            later(ALL, OF_ENTRY + hosted, "machines that run code", ELSEWHERE);
        }
        later(SEND, OF_ENTRY + "resource-group", "resource groups", "use the roles of an organisation");
        empty("/api/collections", "Collections: there are none yet.");
        later(SEND, "/api/collections", "collections", IN_CARD);
        later(ALL, "/api/collections/{path*}", "collections", IN_CARD);
        empty("/api/settings/webhooks", "Webhooks: there are none yet.");
        later(SEND, "/api/settings/webhooks", "webhooks", ASK);
        later(ALL, "/api/settings/webhooks/{path*}", "webhooks", ASK);
        later(ALL, "/api/buckets/{path?*}", "buckets", "use a dataset: it keeps files with their history");
        later(ALL, "/api/kernels/{path?*}", "kernels", "use a code repository");
        later(ALL, "/api/jobs/{path?*}", "machines that run code", ELSEWHERE);
        later(ALL, "/api/scheduled-jobs/{path?*}", "machines that run code", ELSEWHERE);
        later(Set.of(Method.GET, Method.POST), "/oauth/{path*}", "OAuth", "make a token under Settings, Tokens");
        empty("/api/daily_papers", "Papers: there are none here.");
        // Clients tell their maker what was used. Nobody listens here, and they may know.
        add(
                LOOK,
                "/api/telemetry/{path*}",
                Guard.anybody(),
                call -> Reply.empty(204),
                "Telemetry of clients: not kept.");
    }

    public List<Route> routes() {
        return List.copyOf(routes);
    }

    private void later(Set<Method> methods, String pattern, String what, String instead) {
        Handler no = call -> {
            throw Problem.of(Code.NOT_IMPLEMENTED, "this server does not have " + what + " yet")
                    .mend(instead)
                    .refusal();
        };
        add(methods, pattern, guard(pattern), no, "Not there yet: " + what + "; " + instead + ".");
    }

    private void empty(String pattern, String about) {
        add(LOOK, pattern, guard(pattern), call -> Reply.json(Json.array()), about);
    }

    /** What is not there yet says no more about an entry than what is. */
    private static Guard guard(String pattern) {
        return pattern.startsWith(OF_ENTRY) ? Guard.entry(Action.SEE) : Guard.anybody();
    }

    private void add(Set<Method> methods, String pattern, Guard guard, Handler handler, String about) {
        for (Method method : Method.values()) {
            if (methods.contains(method)) {
                routes.add(new Route(method, pattern, Surface.API, guard, handler, about));
            }
        }
    }
}
