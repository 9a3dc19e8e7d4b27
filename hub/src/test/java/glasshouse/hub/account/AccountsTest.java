package glasshouse.hub.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glasshouse.core.problem.Problem.Code;
import glasshouse.core.problem.Refusal;
import glasshouse.hub.index.Credentials;
import glasshouse.hub.index.Database;
import glasshouse.hub.index.DatabaseConfig;
import glasshouse.hub.index.People;
import glasshouse.hub.index.People.Account;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountsTest {
    private static final String PASSWORD = "correct horse battery";

    @TempDir
    Path folder;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final InstantSource clock = now::get;
    private Database database;
    private People people;
    private Accounts accounts;
    private Tokens tokens;
    private SignIn signIn;
    private Account ada;

    @BeforeEach
    void open() {
        database = Database.people(new DatabaseConfig.Embedded(folder));
        people = new People(database);
        Credentials credentials = new Credentials(database);
        accounts = new Accounts(people, credentials, new Passwords(), clock);
        tokens = new Tokens(credentials, clock);
        signIn = new SignIn(people, credentials, clock);
        ada = accounts.add("ada", "Ada", Optional.of("ada@example.org"), Optional.of(PASSWORD), true);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void pass(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }

    private static Code codeOf(Runnable action) {
        try {
            action.run();
        } catch (Refusal refusal) {
            return refusal.problem().code();
        }
        throw new AssertionError("was not refused");
    }

    @Test
    void signsInByNameWithoutCaseAndOutAgain() {
        Session session = accounts.signIn("ADA", PASSWORD, "192.0.2.1");
        assertThat(signIn.bySession(session.secret()).orElseThrow().person().name())
                .isEqualTo("ada");
        accounts.signOut(session.secret());
        assertThat(signIn.bySession(session.secret())).isEmpty();
    }

    @Test
    void saysTheSameOfAWrongPasswordAnUnknownNameAndAnAccountWithoutPassword() {
        accounts.add("bob", "", Optional.empty(), Optional.empty(), false);
        for (String name : List.of("ada", "nobody", "bob", "", "x".repeat(500))) {
            assertThatThrownBy(() -> accounts.signIn(name, "wrong", "192.0.2.1"))
                    .isInstanceOf(Refusal.class)
                    .hasMessage("the name or the password is wrong");
        }
    }

    @Test
    void aSessionEndsOnTimeAlsoWhereItIsCached() {
        Session session = accounts.signIn("ada", PASSWORD, "192.0.2.1");
        assertThat(signIn.bySession(session.secret())).isPresent();
        pass(Session.LASTS.minusSeconds(1));
        assertThat(signIn.bySession(session.secret())).isPresent();
        pass(Duration.ofSeconds(1));
        assertThat(signIn.bySession(session.secret())).isEmpty();
    }

    @Test
    void aTokenEndsOnTimeAndWhenItIsRevoked() {
        Tokens.Made short1 = tokens.make(ada, wish("a", Optional.of(Duration.ofDays(1))));
        Tokens.Made long1 = tokens.make(ada, wish("b", Optional.empty()));
        assertThat(signIn.byToken(short1.secret())).isPresent();
        pass(Duration.ofDays(1));
        assertThat(signIn.byToken(short1.secret())).isEmpty();
        assertThat(signIn.byToken(long1.secret())).isPresent();
        tokens.revoke(ada, "b");
        assertThat(signIn.byToken(long1.secret())).isEmpty();
        assertThat(codeOf(() -> tokens.revoke(ada, "b"))).isEqualTo(Code.NOT_FOUND);
    }

    @Test
    void aTokenKeepsItsEntriesAndWhenItWasUsed() {
        Tokens.Made made = tokens.make(
                ada,
                new Tokens.Wish("fine", "fine-grained", Optional.empty(), Map.of("0123456789abcdef01234567", true)));
        assertThat(signIn.byToken(made.secret())).isPresent();
        signIn.saveLastUsed();
        assertThat(tokens.of(ada)).singleElement().satisfies(token -> {
            assertThat(token.entries()).containsEntry("0123456789abcdef01234567", true);
            assertThat(token.lastUsedAt()).contains(now.get());
        });
    }

    @Test
    void aTokenIsRefusedWithAnUnknownRoleATakenNameOrATimeThatIsNone() {
        tokens.make(ada, wish("ci", Optional.empty()));
        assertThat(codeOf(() -> tokens.make(ada, wish("ci", Optional.empty())))).isEqualTo(Code.CONFLICT);
        assertThat(codeOf(() -> tokens.make(ada, wish("x", Optional.of(Duration.ZERO)))))
                .isEqualTo(Code.INVALID);
        assertThat(codeOf(() -> tokens.make(ada, new Tokens.Wish("y", "root", Optional.empty(), Map.of()))))
                .isEqualTo(Code.INVALID);
    }

    private static Tokens.Wish wish(String name, Optional<Duration> lasts) {
        return new Tokens.Wish(name, "write", lasts, Map.of());
    }

    @Test
    void aChangeOfPasswordEndsTheOtherSessions() {
        Session here = accounts.signIn("ada", PASSWORD, "192.0.2.1");
        Session there = accounts.signIn("ada", PASSWORD, "192.0.2.2");
        assertThat(codeOf(() -> accounts.changePassword(ada, "wrong", "another long one", Optional.empty())))
                .isEqualTo(Code.FORBIDDEN);
        accounts.changePassword(ada, PASSWORD, "another long one", Optional.of(here.secret()));
        assertThat(signIn.bySession(here.secret())).isPresent();
        assertThat(signIn.bySession(there.secret())).isEmpty();
        assertThat(codeOf(() -> accounts.signIn("ada", PASSWORD, "192.0.2.1"))).isEqualTo(Code.FORBIDDEN);
        assertThat(accounts.signIn("ada", "another long one", "192.0.2.1")
                        .account()
                        .name())
                .isEqualTo("ada");
    }

    @Test
    void aDisabledAccountIsOutAtOnceAndInAgainLater() {
        Session session = accounts.signIn("ada", PASSWORD, "192.0.2.1");
        Tokens.Made token = tokens.make(ada, wish("ci", Optional.empty()));
        accounts.disable(ada);
        assertThat(signIn.bySession(session.secret())).isEmpty();
        assertThat(signIn.byToken(token.secret())).isEmpty();
        assertThatThrownBy(() -> accounts.signIn("ada", PASSWORD, "192.0.2.1")).hasMessageContaining("disabled");
        accounts.enable(ada);
        assertThat(signIn.byToken(token.secret())).isPresent();
    }

    @Test
    void whoGuessesMustWaitAndTheOwnerGetsInFromWhereTheyUsuallyAre() {
        accounts.signIn("ada", PASSWORD, "192.0.2.1");
        int guesses = 0;
        Optional<Refusal> slowed = Optional.empty();
        while (slowed.isEmpty() && guesses < 100) {
            String from = "198.51.100." + guesses++;
            try {
                accounts.signIn("ada", "guess " + guesses, from);
            } catch (Refusal refusal) {
                slowed = Optional.of(refusal).filter(one -> one.problem().code() == Code.RATE_LIMITED);
            }
        }
        assertThat(guesses).isEqualTo(Throttle.Policy.ACCOUNT.free() + 1);
        assertThat(codeOf(() -> accounts.signIn("ada", PASSWORD, "198.51.100.200")))
                .isEqualTo(Code.RATE_LIMITED);
        assertThat(accounts.signIn("ada", PASSWORD, "192.0.2.1").account().name())
                .isEqualTo("ada");
        pass(Throttle.Policy.ACCOUNT.most());
        assertThat(accounts.signIn("ada", PASSWORD, "198.51.100.200").account().name())
                .isEqualTo("ada");
    }

    @Test
    void oneNetworkThatTriesManyNamesMustWait() {
        int tries = 0;
        Code code = Code.FORBIDDEN;
        while (code == Code.FORBIDDEN && tries < 100) {
            String name = "user" + tries++;
            // One and the same network: whoever has an IPv6 address has 2^64 of them.
            String from = "[2001:db8:1:2::" + Integer.toHexString(tries) + "]";
            code = codeOf(() -> accounts.signIn(name, "guess", from));
        }
        assertThat(code).isEqualTo(Code.RATE_LIMITED);
        assertThat(tries).isEqualTo(Throttle.Policy.ADDRESS.free() + 1);
    }

    @Test
    void refusesPasswordsThatAreEasyToGuess() {
        for (String bad : List.of("short", "aaaaaaaaaaaa", "ada1234567", "x".repeat(300))) {
            assertThat(codeOf(() -> Passwords.check(bad, "ada"))).as(bad).isEqualTo(Code.INVALID);
        }
    }

    @Test
    void ofTwoWhoUseTheLinkAtOnceOneWins() throws Exception {
        String link = accounts.newAdministratorLink();
        List<Callable<Boolean>> both = List.of(joins(link, "bob"), joins(link, "carl"));
        try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
            List<Future<Boolean>> done = pool.invokeAll(both);
            assertThat(List.of(done.get(0).get(), done.get(1).get())).containsExactlyInAnyOrder(true, false);
        }
        assertThat(people.accounts()).hasSize(2);
        assertThat(accounts.isGoodLink(link)).isFalse();
    }

    private Callable<Boolean> joins(String link, String name) {
        return () -> {
            try {
                return accounts.join(link, name, "", Optional.empty(), PASSWORD)
                        .account()
                        .operator();
            } catch (Refusal refused) {
                assertThat(refused.problem().code()).isEqualTo(Code.FORBIDDEN);
                return false;
            }
        };
    }

    @Test
    void aLinkSurvivesAWrongNameAndEndsWithTimeOrWithTheNextOne() {
        String first = accounts.newAdministratorLink();
        assertThat(codeOf(() -> accounts.join(first, "ada", "", Optional.empty(), PASSWORD)))
                .isEqualTo(Code.CONFLICT);
        assertThat(codeOf(() -> accounts.join(first, "settings", "", Optional.empty(), PASSWORD)))
                .isEqualTo(Code.INVALID);
        assertThat(accounts.isGoodLink(first)).isTrue();
        String second = accounts.newAdministratorLink();
        assertThat(accounts.isGoodLink(first)).isFalse();
        pass(Accounts.LINK_LASTS);
        assertThat(codeOf(() -> accounts.join(second, "bob", "", Optional.empty(), PASSWORD)))
                .isEqualTo(Code.FORBIDDEN);
    }

    @Test
    void aCookieIsForThisServerAloneAndForHttpsWhereThatIsUsed() {
        Session session = new Session("secret", ada, Session.LASTS);
        assertThat(SessionCookie.set(session, true))
                .isEqualTo("glasshouse_session=secret; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax; Secure");
        assertThat(SessionCookie.clear(false))
                .isEqualTo("glasshouse_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");
    }
}
