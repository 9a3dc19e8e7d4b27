package glasshouse.hub.repos;

import glasshouse.core.access.Action;
import glasshouse.core.entry.EntryKind;
import glasshouse.core.entry.Gate;
import glasshouse.core.entry.Names;
import glasshouse.core.entry.RepoName;
import glasshouse.core.entry.Visibility;
import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import glasshouse.core.problem.Refusal;
import glasshouse.hub.index.Entries;
import glasshouse.hub.index.Entry;
import glasshouse.hub.index.People;
import glasshouse.hub.web.BodyLimit;
import glasshouse.hub.web.Call;
import glasshouse.hub.web.Guard;
import glasshouse.hub.web.Guard.Demand;
import glasshouse.hub.web.Json;
import glasshouse.hub.web.Method;
import glasshouse.hub.web.Reply;
import glasshouse.hub.web.Route;
import glasshouse.hub.web.Surface;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Entries made, moved, changed, duplicated and deleted. */
public final class EntryRoutes {
    private final Entries entries;
    private final People people;
    private final Lifecycle lifecycle;
    private final Duplication duplication;

    public EntryRoutes(Entries entries, People people, Lifecycle lifecycle, Duplication duplication) {
        this.entries = entries;
        this.people = people;
        this.lifecycle = lifecycle;
        this.duplication = duplication;
    }

    public List<Route> routes() {
        return List.of(
                new Route(
                        Method.POST,
                        "/api/repos/create",
                        Surface.API,
                        new Guard.Found(Set.of(Action.CREATE_ENTRY, Action.ACT_AS_SELF), false, this::mayCreate),
                        this::create,
                        "Makes an entry: `name`, `organization`, `type`, `visibility` or `private`, `sdk`, `license`, `files`."),
                new Route(
                        Method.DELETE,
                        "/api/repos/delete",
                        Surface.API,
                        new Guard.Found(Set.of(Action.DELETE, Action.ACT_AS_SELF), false, this::mayDelete),
                        this::delete,
                        "Deletes an entry: `name`, `organization`, `type`. Its name is free at once; for 7 days it can be restored."),
                new Route(
                        Method.POST,
                        "/api/repos/move",
                        Surface.API,
                        new Guard.Found(
                                Set.of(Action.ADMINISTER, Action.CREATE_ENTRY, Action.ACT_AS_SELF),
                                false,
                                this::mayMove),
                        this::move,
                        "Gives an entry another name or namespace: `fromRepo`, `toRepo`, `type`. The old name leads to the new one."),
                new Route(
                        Method.POST,
                        "/api/{kinds}/{entry}/duplicate",
                        Surface.API,
                        new Guard.Found(Set.of(Action.READ_FILES, Action.CREATE_ENTRY), true, this::mayDuplicate),
                        this::duplicate,
                        "Makes an entry that begins as this one is: `repository`, `visibility`. No bytes are copied."),
                new Route(
                        Method.PUT,
                        "/api/{kinds}/{entry}/settings",
                        Surface.API,
                        Guard.entry(Action.ADMINISTER),
                        this::set,
                        "Changes who sees an entry and whether its files are given on request: `visibility` or `private`, `gated`."),
                new Route(
                        Method.PUT,
                        "/api/{kinds}/{entry}/visibility",
                        Surface.API,
                        Guard.entry(Action.ADMINISTER),
                        this::set,
                        "The same for older clients: `private`."));
    }

    private List<Demand> mayCreate(Call call) throws IOException {
        Optional<People.Account> account = call.caller().account();
        if (account.isEmpty()) {
            return List.of(new Demand.OnInstance(Action.ACT_AS_SELF));
        }
        String namespace = EntryRequest.namespace(call.json(BodyLimit.FILES))
                .orElse(account.get().name());
        return List.of(new Demand.OnNamespace(Action.CREATE_ENTRY, namespace));
    }

    private Reply create(Call call) throws IOException {
        JsonNode body = call.json(BodyLimit.FILES);
        EntryKind kind = EntryRequest.kind(body, "type");
        RepoName name = asShown(EntryRequest.name(body, call.account().name()));
        Visibility visibility = EntryRequest.visibility(body).orElse(Visibility.PUBLIC);
        Optional<String> sdk = EntryRequest.text(body, "sdk").map(EntryRoutes::sdk);
        Map<String, byte[]> files = FirstFiles.of(body);
        return made(call, kind, name, () -> lifecycle.create(kind, name, visibility, sdk, call.account(), files));
    }

    /** Makes an entry. */
    @FunctionalInterface
    private interface Making {
        Entry make() throws IOException;
    }

    private Reply made(Call call, EntryKind kind, RepoName name, Making making) throws IOException {
        try {
            return Reply.json(described(call, making.make()));
        } catch (Refusal refusal) {
            if (refusal.problem().code() != Code.CONFLICT) {
                throw refusal;
            }
            return conflict(call, kind, name, refusal);
        }
    }

    private List<Demand> mayDuplicate(Call call) throws IOException {
        List<Demand> demands = new ArrayList<>(List.of(new Demand.OnEntry(Action.READ_FILES, call.entry())));
        if (call.caller().account().isEmpty()) {
            demands.add(new Demand.OnInstance(Action.ACT_AS_SELF));
        } else {
            demands.add(
                    new Demand.OnNamespace(Action.CREATE_ENTRY, copyName(call).namespace()));
        }
        return demands;
    }

    private static RepoName copyName(Call call) throws IOException {
        return EntryRequest.name(
                call.json(), "repository", Optional.of(call.account().name()));
    }

    private Reply duplicate(Call call) throws IOException {
        RepoName name = asShown(copyName(call));
        Optional<Visibility> visibility = EntryRequest.visibility(call.json());
        return made(
                call,
                call.entry().kind(),
                name,
                () -> duplication.duplicate(call.entry(), name, visibility, call.account()));
    }

    private static String sdk(String word) {
        if (!word.matches("[a-z0-9_-]{1,32}")) {
            throw Problem.of(Code.INVALID, "`sdk` is not a word such as `static`")
                    .refusal();
        }
        return word;
    }

    /** A client that does not mind reads the address of what is there already. */
    private Reply conflict(Call call, EntryKind kind, RepoName name, Refusal refusal) {
        Optional<Entry> there =
                entries.find(kind, name).filter(entry -> call.may(new Demand.OnEntry(Action.SEE, entry)));
        if (there.isEmpty()) {
            throw refusal;
        }
        String message = refusal.problem().sentence();
        return Reply.json(409, described(call, there.get()).put("error", message))
                .header("X-Error-Message", message.replaceAll("[^\\x20-\\x7e]", "?"));
    }

    private static ObjectNode described(Call call, Entry entry) {
        return Json.object()
                .put("url", call.address().link("/" + entry.hubPath()))
                .put("name", entry.name().toString())
                .put("id", entry.id().value())
                .put("type", entry.kind().apiType());
    }

    /** The name with its namespace as that is written. */
    private RepoName asShown(RepoName name) {
        People.Namespace namespace = people.namespace(name.namespace())
                .orElseThrow(
                        () -> Problem.of(Code.NOT_FOUND, "no user or organisation is called `" + name.namespace() + "`")
                                .refusal());
        return new RepoName(namespace.name(), name.name());
    }

    private List<Demand> mayDelete(Call call) throws IOException {
        Optional<People.Account> account = call.caller().account();
        if (account.isEmpty()) {
            return List.of(new Demand.OnInstance(Action.ACT_AS_SELF));
        }
        JsonNode body = call.json();
        Entry entry = visible(
                call,
                EntryRequest.kind(body, "type"),
                EntryRequest.name(body, account.get().name()));
        return List.of(new Demand.OnEntry(Action.DELETE, entry));
    }

    private Reply delete(Call call) {
        lifecycle.delete(call.entry(), call.account());
        return Reply.json(Json.object());
    }

    private List<Demand> mayMove(Call call) throws IOException {
        if (call.caller().account().isEmpty()) {
            return List.of(new Demand.OnInstance(Action.ACT_AS_SELF));
        }
        JsonNode body = call.json();
        Entry entry =
                visible(call, EntryRequest.kind(body, "type"), EntryRequest.name(body, "fromRepo", Optional.empty()));
        RepoName to = EntryRequest.name(body, "toRepo", Optional.empty());
        List<Demand> demands = new ArrayList<>(List.of(new Demand.OnEntry(Action.ADMINISTER, entry)));
        if (!Names.key(to.namespace()).equals(Names.key(entry.name().namespace()))) {
            demands.add(new Demand.OnNamespace(Action.CREATE_ENTRY, to.namespace()));
        }
        return demands;
    }

    private Reply move(Call call) throws IOException {
        RepoName to = asShown(EntryRequest.name(call.json(), "toRepo", Optional.empty()));
        return Reply.json(described(call, lifecycle.move(call.entry(), to)));
    }

    /**
     * The entry that a body names. One that the caller may not know of is told in the words for one that is not there; and what
     * changes an entry takes its name of today, not one that it once had.
     */
    private Entry visible(Call call, EntryKind kind, RepoName name) {
        Entry entry = entries.find(kind, name)
                .filter(found -> call.may(new Demand.OnEntry(Action.SEE, found)))
                .orElseThrow(
                        () -> Problem.of(Code.ENTRY_NOT_FOUND, "no such entry: `" + name + "`, or you may not see it")
                                .refusal());
        call.found(entry);
        return entry;
    }

    private Reply set(Call call) throws IOException {
        JsonNode body = call.json();
        Optional<Visibility> visibility = EntryRequest.visibility(body);
        Optional<Gate> gate = EntryRequest.gate(body);
        if (visibility.isEmpty() && gate.isEmpty()) {
            throw Problem.of(Code.INVALID, "the body changes nothing")
                    .mend("send `visibility`, `private` or `gated`")
                    .refusal();
        }
        Entry changed = lifecycle.set(call.entry(), visibility, gate);
        ObjectNode answer = Json.object()
                .put("visibility", changed.visibility().word())
                .put("private", !changed.visibility().isPublic());
        if (changed.gate() == Gate.NONE) {
            answer.put("gated", false);
        } else {
            answer.put("gated", changed.gate().word());
        }
        return Reply.json(answer);
    }
}
