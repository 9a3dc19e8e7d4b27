package glasshouse.hub.access;

import static org.assertj.core.api.Assertions.assertThat;

import glasshouse.core.access.Access;
import glasshouse.core.access.Action;
import glasshouse.core.access.Decision;
import glasshouse.core.access.Standing;
import glasshouse.core.entry.EntryKind;
import glasshouse.hub.HubConfig;
import glasshouse.hub.access.Cast.Person;
import glasshouse.hub.index.Entry;
import glasshouse.hub.testing.TestHub;
import glasshouse.hub.testing.TestHub.Answer;
import glasshouse.hub.web.Guard;
import glasshouse.hub.web.Method;
import glasshouse.hub.web.Reply;
import glasshouse.hub.web.Route;
import glasshouse.hub.web.Surface;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * For every route there is, everybody, and every sort of entry: what is let through is what {@code core.access} allows, what may not
 * be seen is answered as if it were not there, and nothing that is listed may not be seen.
 *
 * <p>The routes come from the table, so a new one is looked at from its first day. In the first tests its handler does not run: a probe
 * answers in its place, so that nothing is changed and nothing else can refuse.
 */
class AccessPropertyTest {
    private static final String REACHED = "reached";
    private static final String ABSENT = "qxabsentxq";

    /** What stands for the parameters of routes; {@code ns} and {@code name} are those of the entry or its owner. */
    private static final Map<String, String> VALUES = Map.ofEntries(
            Map.entry("ns", Cast.OWNER),
            Map.entry("rev", "main"),
            Map.entry("path", "README.md"),
            Map.entry("num", "1"),
            Map.entry("branch", "main"),
            Map.entry("tag", "v1"),
            Map.entry("file", "style.css"),
            Map.entry("sha", "0123456789abcdef0123456789abcdef01234567"),
            Map.entry("oid", "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"),
            Map.entry("digest", "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"),
            Map.entry("id", "0123456789abcdef01234567"),
            Map.entry("status", "pending"));

    /**
     * What routes take whose subject stands in the body.
     *
     * @param action what is demanded
     * @param json the body; {@code NAME} stands for the entry
     * @param onOwner whether the subject is the namespace and no entry
     */
    private record Body(Action action, String json, boolean onOwner) {}

    private static final Map<String, Body> BODIES = Map.of(
            "POST /api/repos/create",
            new Body(Action.CREATE_ENTRY, "{\"organization\": \"lab\", \"name\": \"new\"}", true),
            "POST /new",
            new Body(Action.CREATE_ENTRY, "owner=lab&name=new&kind=model", true),
            "DELETE /api/repos/delete",
            new Body(Action.DELETE, "{\"organization\": \"lab\", \"name\": \"NAME\"}", false),
            "POST /api/repos/move",
            new Body(Action.ADMINISTER, "{\"fromRepo\": \"lab/NAME\", \"toRepo\": \"lab/other\"}", false));

    @TempDir
    Path data;

    private TestHub probes;
    private Cast cast;
    private final List<String> faults = new ArrayList<>();
    private final Map<String, Answer> absent = new HashMap<>();

    private static Route probed(Route route) {
        return new Route(
                route.method(),
                route.pattern(),
                route.surface(),
                route.guard(),
                call -> Reply.text(200, REACHED),
                route.about());
    }

    @BeforeEach
    void start() throws Exception {
        probes = TestHub.with(HubConfig.inFolder(data, 0), AccessPropertyTest::probed);
        cast = Cast.on(probes);
    }

    private void stop() throws Exception {
        probes.close();
        assertThat(faults).isEmpty();
    }

    @Test
    void anEntryIsReachedByThoseAloneWhoMayAndHiddenFromThoseWhoMayNotKnowOfIt() throws Exception {
        for (Route route : probes.hub().routes()) {
            if (!route.guard().hasEntry()) {
                continue;
            }
            boolean first = true;
            for (Route.Path path : route.paths()) {
                EntryKind kind = path.kind().orElseThrow();
                for (Person person : first ? cast.people() : cast.few()) {
                    for (Entry entry : cast.of(kind)) {
                        check(route, path, entry, person);
                    }
                }
                first = false;
            }
        }
        stop();
    }

    private void check(Route route, Route.Path path, Entry entry, Person person) throws Exception {
        Answer answer = send(route, address(route, path, entry.name().name()), person, "");
        String what =
                route.method() + " " + String.join("/", path.segments()) + " of " + entry.name() + " by " + person;
        if (hiddenRight(route, path, entry, person, answer, what)) {
            return;
        }
        boolean reached = answer.body().equals(REACHED);
        switch (route.guard()) {
            case Guard.OfEntry of -> compare(of.action(), route, entry, person, answer, what);
            case Guard.Found found -> {
                boolean some = found.actions().stream()
                        .filter(AccessPropertyTest::isOnEntry)
                        .anyMatch(action -> decide(action, entry, person).allowed());
                if (reached && !some) {
                    faults.add(what + " was let through though none of " + found.actions() + " is allowed");
                }
            }
            case Guard.Instance instance -> throw new IllegalStateException(what);
            case Guard.Namespace namespace -> throw new IllegalStateException(what);
        }
    }

    private static boolean isOnEntry(Action action) {
        return switch (action) {
            case MANAGE_SELF, ADMINISTER_INSTANCE, CREATE_ENTRY, MANAGE_NAMESPACE -> false;
            default -> true;
        };
    }

    /** Whether the entry is hidden from a person, who then gets the answer for one that is not there, and nobody else does. */
    private boolean hiddenRight(Route route, Route.Path path, Entry entry, Person person, Answer answer, String what)
            throws Exception {
        String key = route.method() + String.join("/", path.segments()) + person;
        Answer none = absent.get(key);
        if (none == null) {
            none = send(route, address(route, path, ABSENT), person, "");
            absent.put(key, none);
        }
        boolean hidden = !Access.maySee(entry.visibility(), person.towards(entry));
        boolean asAbsent = same(answer, entry.name().name(), none);
        if (hidden != asAbsent) {
            faults.add(what
                    + (hidden ? " shows that there is something: " : " looks as if nothing were there: ")
                    + told(answer)
                    + (hidden ? ", and for nothing: " + told(none) : ""));
        }
        return hidden;
    }

    private static boolean same(Answer one, String name, Answer none) {
        return one.status() == none.status()
                && one.body().replace(name, ABSENT).equals(none.body())
                && headers(one).equals(headers(none));
    }

    private static List<String> headers(Answer answer) {
        return List.of(
                answer.header("X-Error-Code"),
                answer.header("WWW-Authenticate"),
                answer.header("LFS-Authenticate"),
                answer.header("Content-Type"));
    }

    private static String told(Answer answer) {
        String body = answer.body();
        return answer.status() + " " + answer.header("X-Error-Code") + " "
                + body.substring(0, Math.min(160, body.length()));
    }

    private void compare(Action action, Route route, Entry entry, Person person, Answer answer, String what) {
        Decision decision = decide(action, entry, person);
        boolean right = switch (decision) {
            case Decision.Allowed() -> answer.body().equals(REACHED);
            case Decision.SignIn() -> answer.status() == (route.surface() == Surface.PAGE ? 303 : 401);
            case Decision.Hidden() -> false;
            case Decision.Forbidden(String reason) ->
                answer.status() == 403 && !answer.header("X-Error-Code").equals("GatedRepo");
            case Decision.Gated() -> gatedRight(route, person, answer);
        };
        if (!right) {
            faults.add(what + " should be " + decision + " and is " + told(answer));
        }
    }

    private static boolean gatedRight(Route route, Person person, Answer answer) {
        return switch (route.surface()) {
            case API, FILE ->
                answer.status() == (person.isAnonymous() ? 401 : 403)
                        && answer.header("X-Error-Code").equals("GatedRepo");
            case GIT, LFS, PLAIN -> answer.status() == (person.isAnonymous() ? 401 : 403);
            case PAGE -> answer.status() == 403 || answer.status() == 404 || answer.status() == 303;
        };
    }

    private static Decision decide(Action action, Entry entry, Person person) {
        return Access.decide(action, entry.visibility(), entry.gate(), person.towards(entry));
    }

    @Test
    void theInstanceAndNamespacesAreReachedByThoseAloneWhoMay() throws Exception {
        for (Route route : probes.hub().routes()) {
            for (Person person : cast.people()) {
                switch (route.guard()) {
                    case Guard.Instance on -> checkElsewhere(route, person, on.action(), person.towardsInstance());
                    case Guard.Namespace on -> checkElsewhere(route, person, on.action(), person.towardsOwner());
                    case Guard.OfEntry of -> {}
                    case Guard.Found found -> {}
                }
            }
        }
        stop();
    }

    private void checkElsewhere(Route route, Person person, Action action, Standing standing) throws Exception {
        Answer answer = send(route, address(route, route.paths().getFirst(), ABSENT), person, "");
        boolean allowed = Access.decide(action, standing).allowed();
        if (allowed != answer.body().equals(REACHED)) {
            faults.add(route.method() + " " + route.pattern() + " by " + person + " should be "
                    + Access.decide(action, standing) + " and is " + told(answer));
        }
    }

    @Test
    void aSubjectInTheBodyIsGuardedAsOneInThePath() throws Exception {
        for (Route route : probes.hub().routes()) {
            if (!(route.guard() instanceof Guard.Found found) || found.entryInPath()) {
                continue;
            }
            String key = route.method() + " " + route.pattern();
            Body body = BODIES.get(key);
            if (body == null) {
                faults.add("add a body for `" + key
                        + "` to AccessPropertyTest.BODIES: which entry it names, and the action");
                continue;
            }
            for (Person person : cast.people()) {
                if (body.onOwner()) {
                    Answer answer = send(route, route.pattern(), person, body.json());
                    boolean allowed =
                            Access.decide(body.action(), person.towardsOwner()).allowed();
                    if (allowed != answer.body().equals(REACHED)) {
                        faults.add(key + " by " + person + " is " + told(answer));
                    }
                } else {
                    for (Entry entry : cast.of(EntryKind.MODEL)) {
                        checkBody(route, body, entry, person);
                    }
                }
            }
        }
        stop();
    }

    private void checkBody(Route route, Body body, Entry entry, Person person) throws Exception {
        String name = entry.name().name();
        String what = route.method() + " " + route.pattern() + " of " + name + " by " + person;
        Answer answer = send(route, route.pattern(), person, body.json().replace("NAME", name));
        Answer none = send(route, route.pattern(), person, body.json().replace("NAME", ABSENT));
        Decision decision = decide(body.action(), entry, person);
        boolean hidden = !Access.maySee(entry.visibility(), person.towards(entry));
        if (hidden && !same(answer, name, none)) {
            faults.add(what + " shows that there is something: " + told(answer) + " and for nothing: " + told(none));
        }
        if (decision.allowed() != answer.body().equals(REACHED)) {
            faults.add(what + " should be " + decision + " and is " + told(answer));
        }
    }

    @Test
    void noAnswerNamesAnEntryThatItsReaderMayNotKnowOf() throws Exception {
        probes.close();
        // The same data, and now the handlers themselves. What GET answers changes nothing.
        try (TestHub hub = TestHub.with(HubConfig.inFolder(data, 0))) {
            for (Route route : hub.hub().routes()) {
                if (route.method() != Method.GET) {
                    continue;
                }
                Route.Path path = route.paths().getFirst();
                Entry shown = cast.of(path.kind().orElse(EntryKind.MODEL)).getFirst();
                for (Person person : cast.people()) {
                    String address = address(route, path, shown.name().name());
                    Answer answer =
                            hub.send(person.prepare(hub, "GET", address, "", "").build());
                    if (answer.status() >= 500 && answer.status() != 501) {
                        faults.add(address + " by " + person + " fails: " + told(answer));
                    }
                    for (Entry entry : cast.all()) {
                        boolean named = answer.body().contains(entry.name().name());
                        if (named && !Access.maySee(entry.visibility(), person.towards(entry))) {
                            faults.add(address + " tells " + person + " of " + entry.name());
                        }
                    }
                }
            }
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void listsNameEveryEntryThatTheirReaderMayKnowOf() throws Exception {
        probes.close();
        Map<String, Optional<EntryKind>> lists = Map.of(
                "/api/models?limit=3",
                Optional.of(EntryKind.MODEL),
                "/api/datasets?author=lab&expand=sha",
                Optional.of(EntryKind.DATASET),
                "/api/spaces?search=qx",
                Optional.of(EntryKind.CODE),
                "/api/code?sort=createdAt&direction=1&limit=1",
                Optional.of(EntryKind.CODE));
        try (TestHub hub = TestHub.with(HubConfig.inFolder(data, 0))) {
            for (Person person : cast.people()) {
                for (var list : lists.entrySet()) {
                    String listed = everyPage(hub, list.getKey(), person);
                    for (Entry entry : cast.all()) {
                        boolean may = Access.maySee(entry.visibility(), person.towards(entry))
                                && list.getValue()
                                        .map(kind -> kind == entry.kind())
                                        .orElse(true);
                        if (may != listed.contains("\"" + entry.name() + "\"")) {
                            faults.add(
                                    list.getKey() + (may ? " keeps from " : " tells ") + person + " " + entry.name());
                        }
                    }
                }
            }
        }
        assertThat(faults).isEmpty();
    }

    private static String everyPage(TestHub hub, String address, Person person) throws Exception {
        StringBuilder all = new StringBuilder();
        String next = address;
        for (int page = 0; page < 50 && !next.isEmpty(); page++) {
            Answer answer = hub.send(person.prepare(hub, "GET", next, "", "").build());
            assertThat(answer.status()).as(next).isEqualTo(200);
            all.append(answer.body());
            String link = answer.header("Link");
            next = link.isEmpty() ? "" : link.substring(1 + hub.base().length(), link.indexOf('>'));
        }
        return all.toString();
    }

    private Answer send(Route route, String address, Person person, String json) throws Exception {
        String type = json.startsWith("{") ? "application/json" : "application/x-www-form-urlencoded";
        var request = person.prepare(probes, route.method().name(), address, json.isEmpty() ? "" : type, json);
        return probes.send(request.header("X-Request-Id", "the-same-for-all").build());
    }

    /** An address that a route takes. */
    private static String address(Route route, Route.Path path, String name) {
        StringBuilder address = new StringBuilder();
        for (String segment : path.segments()) {
            address.append('/').append(segment.startsWith("{") ? value(route, segment, name) : segment);
        }
        return address.isEmpty() ? "/" : address.toString();
    }

    private static String value(Route route, String segment, String name) {
        String parameter =
                segment.substring(1, segment.length() - 1).replace("?*", "").replace("*", "");
        if (parameter.equals("name")) {
            return name;
        }
        String value = VALUES.get(parameter);
        assertThat(value)
                .as("add a value for {%s} of %s to AccessPropertyTest.VALUES", parameter, route.pattern())
                .isNotNull();
        return value;
    }
}
