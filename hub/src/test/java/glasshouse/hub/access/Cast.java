package glasshouse.hub.access;

import glasshouse.core.access.Reach;
import glasshouse.core.access.Role;
import glasshouse.core.access.Standing;
import glasshouse.core.entry.EntryKind;
import glasshouse.core.entry.Gate;
import glasshouse.core.entry.Visibility;
import glasshouse.hub.index.Entry;
import glasshouse.hub.testing.Browser;
import glasshouse.hub.testing.TestHub;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everybody who can come with everything they can come with, and one entry of each sort. How a caller stands to an entry is
 * written down here once more, independently of the code that finds it out.
 */
final class Cast {
    /** The organisation that owns the entries. */
    static final String OWNER = "lab";

    private static final String SESSION = "session";

    private static final Map<String, Role> MEMBERS = Map.of(
            "reader", Role.READ,
            "contributor", Role.CONTRIBUTOR,
            "maker", Role.CONTRIBUTOR,
            "writer", Role.WRITE,
            "chief", Role.ADMIN);

    /**
     * Somebody with a credential.
     *
     * @param secret of a token or a session; empty for somebody who does not say who they are
     * @param role of the token: read, write, or fine-grained for {@code named} alone; or session
     */
    record Person(String name, String secret, String role, Optional<Entry> named) {
        boolean isAnonymous() {
            return secret.isEmpty();
        }

        /** A request that comes with what they have. */
        HttpRequest.Builder prepare(TestHub hub, String method, String path, String contentType, String body) {
            boolean session = role.equals(SESSION);
            HttpRequest.Builder request = hub.request(method, path, session ? "" : secret, contentType, body);
            return session ? request.header("Cookie", secret) : request;
        }

        Standing towards(Entry entry) {
            boolean granted = name.equals("granted") && entry.gate() != Gate.NONE;
            return standing(name.equals("maker"), granted, reach(Optional.of(entry)));
        }

        Standing towardsOwner() {
            return standing(false, false, reach(Optional.empty()));
        }

        /** How they stand to the instance: no namespace is theirs there. */
        Standing towardsInstance() {
            return isAnonymous()
                    ? Standing.ANONYMOUS
                    : new Standing(true, name.equals("root"), Optional.empty(), false, false, reach(Optional.empty()));
        }

        private Standing standing(boolean creator, boolean granted, Reach reach) {
            return isAnonymous()
                    ? Standing.ANONYMOUS
                    : new Standing(
                            true, name.equals("root"), Optional.ofNullable(MEMBERS.get(name)), creator, granted, reach);
        }

        private Reach reach(Optional<Entry> entry) {
            return switch (role) {
                case SESSION -> Reach.SESSION;
                case "write" -> Reach.WRITE;
                case "read" -> Reach.READ;
                default ->
                    entry.isPresent() && entry.map(Entry::id).equals(named.map(Entry::id)) ? Reach.WRITE : Reach.NONE;
            };
        }

        @Override
        public String toString() {
            return isAnonymous() ? "anonymous" : name + " with a credential that is " + role;
        }
    }

    private final List<Person> people = new ArrayList<>();
    private final Map<EntryKind, List<Entry>> entries = new LinkedHashMap<>();

    /** Adds everybody and everything to a hub. */
    static Cast on(TestHub hub) throws Exception {
        Cast cast = new Cast();
        hub.user("stranger");
        hub.user("granted");
        hub.operator("root");
        MEMBERS.keySet().forEach(hub::user);
        hub.organisation(OWNER, MEMBERS);
        for (EntryKind kind : EntryKind.values()) {
            List<Entry> made = new ArrayList<>();
            for (Visibility visibility : new Visibility[] {Visibility.PUBLIC, Visibility.PRIVATE}) {
                for (Gate gate : new Gate[] {Gate.NONE, Gate.MANUAL}) {
                    // Words that occur nowhere else: where one is seen, the entry was told of.
                    String name = "qx" + kind.apiType() + visibility.word() + gate.word() + "xq";
                    Entry entry = hub.entry(kind, OWNER + "/" + name, visibility, "maker");
                    made.add(hub.parts().lifecycle().set(entry, Optional.empty(), Optional.of(gate)));
                }
            }
            cast.entries.put(kind, made);
        }
        String granted = hub.parts().people().account("granted").orElseThrow().id();
        for (Entry entry : cast.all()) {
            if (entry.gate() != Gate.NONE) {
                hub.parts()
                        .governance()
                        .decide(entry.id(), granted, "accepted", Optional.empty(), granted, Instant.now());
            }
        }
        cast.people.add(new Person("", "", "none", Optional.empty()));
        for (String name :
                List.of("stranger", "granted", "reader", "contributor", "maker", "writer", "chief", "root")) {
            for (String role : List.of("read", "write")) {
                cast.people.add(new Person(name, hub.token(name, role), role, Optional.empty()));
            }
        }
        Entry secret = cast.entries.get(EntryKind.MODEL).get(2);
        for (String name : List.of("chief", "stranger")) {
            String token = hub.token(name, "fine-grained", Map.of(secret.id().value(), true));
            cast.people.add(new Person(name, token, "fine-grained", Optional.of(secret)));
        }
        for (String name : List.of("stranger", "reader", "chief", "root")) {
            cast.people.add(new Person(name, Browser.of(hub, name).cookie(), SESSION, Optional.empty()));
        }
        return cast;
    }

    List<Person> people() {
        return people;
    }

    /** Some who stand for the rest, where all would take too long. */
    List<Person> few() {
        return people.stream()
                .filter(person -> person.isAnonymous()
                        || person.role().equals("write")
                                && List.of("stranger", "reader", "chief").contains(person.name()))
                .toList();
    }

    List<Entry> of(EntryKind kind) {
        return entries.getOrDefault(kind, List.of());
    }

    List<Entry> all() {
        return entries.values().stream().flatMap(List::stream).toList();
    }
}
