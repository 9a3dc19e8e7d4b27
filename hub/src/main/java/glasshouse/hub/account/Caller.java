package glasshouse.hub.account;

import glasshouse.core.access.Reach;
import glasshouse.core.access.Role;
import glasshouse.core.access.Standing;
import glasshouse.core.entry.Names;
import glasshouse.hub.index.Audience;
import glasshouse.hub.index.Credentials.Token;
import glasshouse.hub.index.Entry;
import glasshouse.hub.index.People.Account;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Who makes a request, and with what. */
public sealed interface Caller {
    /** How the caller stands to an entry. {@code granted} is asked only where the entry is gated. */
    Standing towards(Entry entry, java.util.function.BooleanSupplier granted);

    /** How the caller stands to a namespace. */
    Standing towards(String namespace);

    /** Whose private entries a list made for the caller shows. */
    Audience audience();

    /** The account, where there is one. */
    Optional<Account> account();

    /** Somebody who did not say who they are. */
    record Anonymous() implements Caller {
        @Override
        public Standing towards(Entry entry, java.util.function.BooleanSupplier granted) {
            return Standing.ANONYMOUS;
        }

        @Override
        public Standing towards(String namespace) {
            return Standing.ANONYMOUS;
        }

        @Override
        public Audience audience() {
            return Audience.PUBLIC;
        }

        @Override
        public Optional<Account> account() {
            return Optional.empty();
        }
    }

    /**
     * Somebody with an account.
     *
     * @param person the account
     * @param roles by key of namespace; the person's own has {@code ADMIN}
     * @param organisations roles in organisations, by name as shown
     * @param token what they came with; none for a session
     */
    record Person(Account person, Map<String, Role> roles, Map<String, Role> organisations, Optional<Token> token)
            implements Caller {
        public Person {
            roles = Map.copyOf(roles);
            organisations = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(organisations));
        }

        @Override
        public Standing towards(Entry entry, java.util.function.BooleanSupplier granted) {
            Optional<Role> role =
                    Optional.ofNullable(roles.get(Names.key(entry.name().namespace())));
            boolean asked = entry.gate() != glasshouse.core.entry.Gate.NONE && granted.getAsBoolean();
            return new Standing(
                    true, person.operator(), role, entry.creatorId().equals(person.id()), asked, reach(entry));
        }

        @Override
        public Standing towards(String namespace) {
            Optional<Role> role = Optional.ofNullable(roles.get(Names.key(namespace)));
            return new Standing(true, person.operator(), role, false, false, reach());
        }

        private Reach reach(Entry entry) {
            if (token.isEmpty() || !token.get().role().equals("fine-grained")) {
                return reach();
            }
            Boolean mayWrite = token.get().entries().get(entry.id().value());
            return mayWrite == null ? Reach.NONE : mayWrite ? Reach.WRITE : Reach.READ;
        }

        private Reach reach() {
            return token.map(t -> switch (t.role()) {
                        case "write" -> Reach.WRITE;
                        case "read" -> Reach.READ;
                        default -> Reach.NONE;
                    })
                    .orElse(Reach.SESSION);
        }

        @Override
        public Audience audience() {
            if (token.isPresent() && token.get().role().equals("fine-grained")) {
                Set<String> named = token.get().entries().keySet();
                return new Audience(false, roles.keySet(), named, true);
            }
            return new Audience(person.operator(), roles.keySet(), Set.of(), false);
        }

        @Override
        public Optional<Account> account() {
            return Optional.of(person);
        }

        /** Organisations whose name compares equal to nothing else: their keys. */
        public Set<String> organisationKeys() {
            return organisations.keySet().stream().map(Names::key).collect(Collectors.toUnmodifiableSet());
        }
    }
}
