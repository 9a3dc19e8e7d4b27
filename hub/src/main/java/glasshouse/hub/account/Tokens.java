package glasshouse.hub.account;

import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import glasshouse.hub.index.Credentials;
import glasshouse.hub.index.Credentials.Token;
import glasshouse.hub.index.Ids;
import glasshouse.hub.index.People.Account;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Personal tokens: made, listed, revoked. */
public final class Tokens {
    private static final int MAX_PER_ACCOUNT = 500;
    private static final int MAX_ENTRIES = 200;
    private static final int MAX_NAME = 100;
    private static final Duration LONGEST = Duration.ofDays(3660);
    private static final List<String> ROLES = List.of("read", "write", "fine-grained");
    private static final Pattern CHOSEN = Pattern.compile("[A-Za-z0-9_.-]{4,200}");

    /**
     * What a token is to be.
     *
     * @param name to tell it from others of the account; empty for one that we choose
     * @param role {@code read}, {@code write} or {@code fine-grained}
     * @param lasts how long; none for as long as nobody revokes it
     * @param entries for a fine-grained one: entry id to whether it may write
     */
    public record Wish(String name, String role, Optional<Duration> lasts, Map<String, Boolean> entries) {
        public Wish {
            entries = Map.copyOf(entries);
        }
    }

    /**
     * A token that was just made.
     *
     * @param secret shown once and not kept
     */
    public record Made(Token token, String secret) {}

    private final Credentials credentials;
    private final InstantSource clock;

    public Tokens(Credentials credentials, InstantSource clock) {
        this.credentials = credentials;
        this.clock = clock;
    }

    /**
     * Makes a token. It never reaches further than its account: one that names entries which the account may not see shows none of
     * them.
     *
     * @throws glasshouse.core.problem.Refusal INVALID for an unknown role or a wrong name; CONFLICT where the account has one of that
     *     name; QUOTA where it has too many
     */
    public Made make(Account account, Wish wish) {
        return make(account, wish, Secrets.token());
    }

    /** Makes a token with a value that somebody chose: for tests, which know it before the server runs. */
    public Made makeChosen(Account account, Wish wish, String secret) {
        checkChosen(secret);
        if (credentials.tokenByHash(Secrets.hash(secret)).isPresent()) {
            throw Problem.of(Code.CONFLICT, "this token is there already").refusal();
        }
        return make(account, wish, secret);
    }

    /**
     * Checks a token's value that somebody chose.
     *
     * @throws glasshouse.core.problem.Refusal INVALID
     */
    public static void checkChosen(String secret) {
        if (!CHOSEN.matcher(secret).matches()) {
            throw Problem.of(Code.INVALID, "a token has 4 to 200 letters, digits, `_`, `-` and `.`")
                    .refusal();
        }
    }

    private static void checkRole(String role) {
        if (!ROLES.contains(role)) {
            throw Problem.of(Code.INVALID, "a token's role is `read`, `write` or `fine-grained`")
                    .refusal();
        }
    }

    private Made make(Account account, Wish wish, String secret) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        List<Token> others = credentials.tokensOf(account.id());
        check(wish, others);
        String id = Ids.next(now.toEpochMilli());
        Token token = new Token(
                id,
                account.id(),
                wish.name().isBlank()
                        ? "token " + id.substring(id.length() - 6)
                        : wish.name().strip(),
                wish.role(),
                secret.substring(secret.length() - 4),
                now,
                wish.lasts().map(now::plus),
                Optional.empty(),
                wish.entries());
        credentials.addToken(token, Secrets.hash(secret));
        return new Made(token, secret);
    }

    private static void check(Wish wish, List<Token> others) {
        checkRole(wish.role());
        if (wish.role().equals("fine-grained") == wish.entries().isEmpty()) {
            throw Problem.of(Code.INVALID, "a fine-grained token names entries, and no other does")
                    .refusal();
        }
        if (wish.entries().size() > MAX_ENTRIES) {
            throw Problem.of(Code.INVALID, "a token names at most " + MAX_ENTRIES + " entries")
                    .refusal();
        }
        if (wish.name().length() > MAX_NAME || wish.name().codePoints().anyMatch(Character::isISOControl)) {
            throw Problem.of(
                            Code.INVALID,
                            "a token's name has at most " + MAX_NAME + " characters, all of them printable")
                    .refusal();
        }
        if (wish.lasts().isPresent()
                && (!wish.lasts().get().isPositive() || wish.lasts().get().compareTo(LONGEST) > 0)) {
            throw Problem.of(Code.INVALID, "a token lasts from now on and at most " + LONGEST.toDays() + " days")
                    .refusal();
        }
        if (others.stream().anyMatch(token -> token.name().equals(wish.name().strip()))) {
            throw Problem.of(
                            Code.CONFLICT,
                            "there is a token called `" + wish.name().strip() + "` already")
                    .mend("choose another name, or revoke that one")
                    .refusal();
        }
        if (others.size() >= MAX_PER_ACCOUNT) {
            throw Problem.of(Code.QUOTA, "an account has at most " + MAX_PER_ACCOUNT + " tokens")
                    .mend("revoke one that is not needed")
                    .refusal();
        }
    }

    /** The tokens of an account, oldest first. */
    public List<Token> of(Account account) {
        return credentials.tokensOf(account.id());
    }

    /**
     * Ends a token, from now on.
     *
     * @throws glasshouse.core.problem.Refusal NOT_FOUND where the account has none of that id or name
     */
    public void revoke(Account account, String idOrName) {
        if (!credentials.removeToken(account.id(), idOrName)) {
            throw Problem.of(Code.NOT_FOUND, "`" + account.name() + "` has no token `" + idOrName + "`")
                    .refusal();
        }
    }
}
