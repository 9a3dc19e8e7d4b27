package glasshouse.hub.account;

import glasshouse.core.access.Role;
import glasshouse.core.entry.Names;
import glasshouse.hub.index.Credentials;
import glasshouse.hub.index.Credentials.Token;
import glasshouse.hub.index.People;
import glasshouse.hub.index.People.Account;
import glasshouse.hub.recent.RecentCache;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Turns a credential into a {@link Caller}. Safe for many threads; answers are cached until people are written to. */
public final class SignIn {
    private final People people;
    private final Credentials credentials;
    private final InstantSource clock;
    private final RecentCache<String, Optional<Caller.Person>> byToken;
    private final RecentCache<String, Optional<Sitting>> bySession;
    private final Map<String, Instant> used = new ConcurrentHashMap<>();

    /** INVARIANT: a cached answer must not outlive the session, so its end is kept beside it. */
    private record Sitting(Caller.Person person, Instant endsAt) {}

    public SignIn(People people, Credentials credentials, InstantSource clock) {
        this.people = people;
        this.credentials = credentials;
        this.clock = clock;
        this.byToken = new RecentCache<>(10_000, people::version);
        this.bySession = new RecentCache<>(10_000, people::version);
    }

    /** Who holds a token; nobody where it is unknown, has expired, or its account is disabled. */
    public Optional<Caller.Person> byToken(String secret) {
        Optional<Caller.Person> caller = byToken.get(
                Secrets.hash(secret),
                hash -> credentials
                        .tokenByHash(hash)
                        .flatMap(token -> people.accountById(token.accountId())
                                .flatMap(account -> person(account, Optional.of(token)))));
        Instant now = clock.instant();
        Optional<Caller.Person> good = caller.filter(person ->
                person.token().flatMap(Token::expiresAt).map(now::isBefore).orElse(true));
        good.flatMap(Caller.Person::token).ifPresent(token -> used.put(token.id(), now));
        return good;
    }

    /** Whose session a cookie is; nobody where it has ended. */
    public Optional<Caller.Person> bySession(String secret) {
        Instant now = clock.instant();
        return bySession
                .get(Secrets.hash(secret), hash -> credentials.session(hash).flatMap(this::sitting))
                .filter(sitting -> now.isBefore(sitting.endsAt()))
                .map(Sitting::person);
    }

    private Optional<Sitting> sitting(Credentials.Session session) {
        return people.accountById(session.accountId())
                .flatMap(account -> person(account, Optional.empty()))
                .map(person -> new Sitting(person, session.expiresAt()));
    }

    private Optional<Caller.Person> person(Account account, Optional<Token> token) {
        if (account.disabled()) {
            return Optional.empty();
        }
        Map<String, Role> roles = new HashMap<>();
        Map<String, Role> organisations = new HashMap<>();
        for (People.Membership membership : people.membershipsOf(account.id())) {
            roles.put(Names.key(membership.organisation()), membership.role());
            organisations.put(membership.organisation(), membership.role());
        }
        roles.put(Names.key(account.name()), Role.ADMIN);
        return Optional.of(new Caller.Person(account, roles, organisations, token));
    }

    /** Writes down when tokens were last used; called from time to time, since a write per request would be too much. */
    public void saveLastUsed() {
        Map<String, Instant> batch = new HashMap<>(used);
        if (!batch.isEmpty()) {
            credentials.markUsed(batch);
            batch.forEach(used::remove);
        }
    }
}
