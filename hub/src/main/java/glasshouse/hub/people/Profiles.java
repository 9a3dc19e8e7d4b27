package glasshouse.hub.people;

import glasshouse.core.entry.EntryKind;
import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import glasshouse.hub.index.Audience;
import glasshouse.hub.index.Entries;
import glasshouse.hub.index.Entry;
import glasshouse.hub.index.EntryQuery;
import glasshouse.hub.index.People;
import glasshouse.hub.index.People.Account;
import glasshouse.hub.index.People.Membership;
import glasshouse.hub.index.People.Namespace;
import glasshouse.hub.web.Call;
import glasshouse.hub.web.Guard;
import glasshouse.hub.web.Json;
import glasshouse.hub.web.Method;
import glasshouse.hub.web.NextPage;
import glasshouse.hub.web.Reply;
import glasshouse.hub.web.Route;
import glasshouse.hub.web.Surface;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Users and organisations as others see them. What is counted is what the caller may see; an address is shown to nobody. */
public final class Profiles {
    private static final int PAGE = 500;

    private final People people;
    private final Entries entries;

    public Profiles(People people, Entries entries) {
        this.people = people;
        this.entries = entries;
    }

    public List<Route> routes() {
        return List.of(
                route("/api/users/{ns}/overview", this::user, "A user: name, how many entries, organisations."),
                route("/api/users/{ns}/likes", this::noneOfUser, "What a user likes: nothing yet."),
                route("/api/users/{ns}/followers", this::noneOfUser, "Who follows a user: nobody yet."),
                route("/api/users/{ns}/following", this::noneOfUser, "Whom a user follows: nobody yet."),
                route(
                        "/api/organizations/{ns}/overview",
                        this::organisation,
                        "An organisation: name, how many entries and members."),
                route("/api/organizations/{ns}/members", this::members, "The members of an organisation."),
                route(
                        "/api/organizations/{ns}/followers",
                        this::noneOfOrganisation,
                        "Who follows an organisation: nobody yet."),
                new Route(
                        Method.GET,
                        "/api/settings/repositories",
                        Surface.API,
                        Guard.signedIn(),
                        call -> storage(
                                call, people.namespace(call.account().name()).orElseThrow()),
                        "The caller's entries with what each takes."),
                new Route(
                        Method.GET,
                        "/api/organizations/{ns}/settings/repositories",
                        Surface.API,
                        Guard.signedIn(),
                        call -> storage(call, requireOrganisation(call)),
                        "An organisation's entries that the caller may see, with what each takes."));
    }

    private static Route route(String pattern, glasshouse.hub.web.Handler handler, String about) {
        return new Route(Method.GET, pattern, Surface.API, Guard.anybody(), handler, about);
    }

    private Account requireUser(Call call) {
        return people.account(call.path("ns"))
                .filter(account -> !account.disabled())
                .orElseThrow(() ->
                        Problem.of(Code.NOT_FOUND, "no user has this name").refusal());
    }

    private Namespace requireOrganisation(Call call) {
        return people.namespace(call.path("ns"))
                .filter(Namespace::organisation)
                .orElseThrow(() -> Problem.of(Code.NOT_FOUND, "no organisation has this name")
                        .refusal());
    }

    private Reply user(Call call) {
        Account account = requireUser(call);
        ObjectNode answer = Json.object()
                .put("_id", account.id())
                .put("user", account.name())
                .put("fullname", account.fullName())
                .put("type", "user")
                .put("isPro", false)
                .put("createdAt", Json.time(account.createdAt()));
        counts(answer, account.name(), call.caller().audience());
        answer.put("numPapers", 0)
                .put("numUpvotes", 0)
                .put("numLikes", 0)
                .put("numFollowers", 0)
                .put("numFollowing", 0)
                .put("isFollowing", false);
        ArrayNode organisations = answer.putArray("orgs");
        for (Membership membership : people.membershipsOf(account.id())) {
            organisations
                    .addObject()
                    .put("name", membership.organisation())
                    .put("fullname", membership.organisationFullName());
        }
        return Reply.json(answer);
    }

    private Reply organisation(Call call) {
        Namespace organisation = requireOrganisation(call);
        ObjectNode answer = Json.object()
                .put("_id", organisation.id())
                .put("name", organisation.name())
                .put("fullname", organisation.fullName())
                .put("type", "org")
                .put("isVerified", false)
                .put("isFollowing", false)
                .put("createdAt", Json.time(organisation.createdAt()))
                .put("numUsers", people.membersOf(organisation.id()).size());
        counts(answer, organisation.name(), call.caller().audience());
        return Reply.json(answer.put("numFollowers", 0).put("numPapers", 0));
    }

    private void counts(ObjectNode answer, String namespace, Audience audience) {
        answer.put("numModels", count(EntryKind.MODEL, namespace, audience))
                .put("numDatasets", count(EntryKind.DATASET, namespace, audience))
                .put("numSpaces", count(EntryKind.CODE, namespace, audience));
    }

    private long count(EntryKind kind, String namespace, Audience audience) {
        return entries.count(query(Optional.of(kind), namespace, 1), audience);
    }

    private static EntryQuery query(Optional<EntryKind> kind, String namespace, int limit) {
        return new EntryQuery(
                kind,
                Optional.of(namespace),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                EntryQuery.Sort.CREATED,
                false,
                0,
                limit);
    }

    private Reply members(Call call) {
        Namespace organisation = requireOrganisation(call);
        List<Membership> all = people.membersOf(organisation.id());
        int from = Math.min(call.queryInt("cursor", 0, 0, Integer.MAX_VALUE), all.size());
        int limit = call.queryInt("limit", PAGE, 1, PAGE);
        List<Membership> page = all.subList(from, Math.min(all.size(), from + limit));
        ArrayNode answer = Json.array();
        for (Membership member : page) {
            answer.addObject()
                    .put("_id", member.accountId())
                    .put("user", member.account())
                    .put(
                            "fullname",
                            people.namespace(member.account())
                                    .map(Namespace::fullName)
                                    .orElse(member.account()))
                    .put("type", "user")
                    .put("isPro", false)
                    .put("role", member.role().word());
        }
        boolean more = from + page.size() < all.size();
        return NextPage.link(
                Reply.json(answer), call, more ? Optional.of(String.valueOf(from + page.size())) : Optional.empty());
    }

    private Reply noneOfUser(Call call) {
        requireUser(call);
        return Reply.json(Json.array());
    }

    private Reply noneOfOrganisation(Call call) {
        requireOrganisation(call);
        return Reply.json(Json.array());
    }

    private Reply storage(Call call, Namespace namespace) {
        int limit = call.queryInt("limit", PAGE, 1, PAGE);
        EntryQuery query = query(Optional.empty(), namespace.name(), limit + 1);
        Optional<Entries.Position> after = call.query("cursor").map(Profiles::position);
        List<Entry> found = entries.list(query, call.caller().audience(), after);
        boolean more = found.size() > limit;
        List<Entry> page = new ArrayList<>(more ? found.subList(0, limit) : found);
        long whole = Math.max(1, entries.usedBytes(namespace.name()));
        ArrayNode answer = Json.array();
        for (Entry entry : page) {
            answer.addObject()
                    .put("id", entry.name().toString())
                    .put("type", entry.kind().apiType())
                    .put("updatedAt", Json.time(entry.head().modifiedAt()))
                    .put("visibility", entry.visibility().word())
                    .put("storage", entry.head().usedBytes())
                    .put("storagePercent", 100.0 * entry.head().usedBytes() / whole);
        }
        Optional<String> next = more
                ? Optional.of(entries.position(query.sort(), page.getLast())).map(at -> at.id() + "." + at.value())
                : Optional.empty();
        return NextPage.link(Reply.json(answer), call, next);
    }

    private static Entries.Position position(String cursor) {
        int dot = Math.max(0, cursor.indexOf('.'));
        return new Entries.Position(cursor.substring(Math.min(dot + 1, cursor.length())), cursor.substring(0, dot));
    }
}
