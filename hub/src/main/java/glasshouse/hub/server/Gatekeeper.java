package glasshouse.hub.server;

import glasshouse.core.access.Access;
import glasshouse.core.access.Action;
import glasshouse.core.access.Decision;
import glasshouse.core.entry.EntryId;
import glasshouse.core.entry.EntryKind;
import glasshouse.core.entry.RepoName;
import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import glasshouse.core.problem.Refusal;
import glasshouse.hub.account.Caller;
import glasshouse.hub.index.Entries;
import glasshouse.hub.index.Entry;
import glasshouse.hub.index.Governance;
import glasshouse.hub.web.Call;
import glasshouse.hub.web.Guard;
import glasshouse.hub.web.Guard.Demand;
import java.util.List;
import java.util.Optional;

/** The one place where access is asked for, in front of every handler. The answer itself comes from {@code core.access}. */
public final class Gatekeeper {
    private final Entries entries;
    private final Governance governance;

    public Gatekeeper(Entries entries, Governance governance) {
        this.entries = entries;
        this.governance = governance;
    }

    /** Whether a caller may, without saying why not. */
    public boolean may(Caller caller, Demand demand) {
        return decide(caller, demand).allowed();
    }

    /** Finds the entry in a path: by its name, or by a name that it once had. */
    public Optional<Entry> find(EntryKind kind, String namespace, String name) {
        RepoName repo;
        try {
            repo = new RepoName(namespace, name.endsWith(".git") ? name.substring(0, name.length() - 4) : name);
        } catch (Refusal notAName) {
            return Optional.empty();
        }
        Optional<Entry> entry = entries.find(kind, repo);
        return entry.isPresent()
                ? entry
                : governance.redirect(kind, repo).map(EntryId::new).flatMap(entries::find);
    }

    /**
     * Lets a call through or refuses it.
     *
     * @throws Refusal with what the caller can do about it
     */
    public void check(Call call, Optional<Entry> entry) throws Exception {
        Guard guard = call.route().guard();
        if (guard.hasEntry()) {
            Entry found = entry.filter(e -> may(call.caller(), new Demand.OnEntry(Action.SEE, e)))
                    .orElseThrow(() -> notFound(call).refusal());
            call.found(found);
        }
        List<Demand> demands = switch (guard) {
            case Guard.Instance on -> List.of(new Demand.OnInstance(on.action()));
            case Guard.Namespace on -> List.of(new Demand.OnNamespace(on.action(), call.path("ns")));
            case Guard.OfEntry on -> List.of(new Demand.OnEntry(on.action(), call.entry()));
            case Guard.Found found -> found.finder().find(call);
        };
        for (Demand demand : demands) {
            require(call.caller(), demand);
        }
    }

    private static Problem notFound(Call call) {
        return Problem.of(
                Code.ENTRY_NOT_FOUND,
                "no such entry: `" + call.path("ns") + "/" + call.path("name") + "`, or you may not see it");
    }

    private void require(Caller caller, Demand demand) {
        switch (decide(caller, demand)) {
            case Decision.Allowed() -> {}
            case Decision.SignIn() ->
                throw Problem.of(Code.SIGN_IN, "sign in first: this needs an account")
                        .mend("send a token, or sign in with the browser")
                        .refusal();
            case Decision.Hidden() ->
                throw Problem.of(Code.ENTRY_NOT_FOUND, "no such entry, or you may not see it")
                        .refusal();
            case Decision.Gated() ->
                throw Problem.of(Code.GATED, "access to " + name(demand) + " is given on request")
                        .mend("ask for access on its page")
                        .refusal();
            case Decision.Forbidden(String reason) ->
                throw Problem.of(Code.FORBIDDEN, reason).refusal();
        }
    }

    private static String name(Demand demand) {
        return demand instanceof Demand.OnEntry on ? "`" + on.entry().name() + "`" : "this";
    }

    private Decision decide(Caller caller, Demand demand) {
        return switch (demand) {
            case Demand.OnInstance on -> Access.decide(on.action(), caller.towards(""));
            case Demand.OnNamespace on -> Access.decide(on.action(), caller.towards(on.namespace()));
            case Demand.OnEntry on ->
                Access.decide(
                        on.action(),
                        on.entry().visibility(),
                        on.entry().gate(),
                        caller.towards(
                                on.entry(),
                                () -> caller.account()
                                        .map(account ->
                                                governance.hasAccess(on.entry().id(), account.id()))
                                        .orElse(false)));
        };
    }
}
