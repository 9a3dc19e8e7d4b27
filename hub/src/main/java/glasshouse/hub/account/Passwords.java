package glasshouse.hub.account;

import glasshouse.core.entry.Names;
import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Hashes passwords with Argon2id, by Bouncy Castle: 19 MiB of memory, 2 passes, 1 lane, a salt of 16 and a hash of 32 bytes (what the
 * OWASP password storage cheat sheet names). A hash holds its own parameters, so these can grow: an older one is replaced when its
 * owner next signs in.
 */
public final class Passwords {
    /** The fewest characters of a password that somebody chooses. */
    public static final int MIN_LENGTH = 10;

    private static final int MAX_LENGTH = 256;
    private static final int MEMORY_KIB = 19 * 1024;
    private static final int PASSES = 2;
    private static final int LANES = 1;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int AT_ONCE = 4;
    private static final int PATIENCE_SECONDS = 10;

    private final SecureRandom random = new SecureRandom();
    /** Each hash takes 19 MiB: without a limit, signing in would be a way to exhaust the memory. */
    private final Semaphore running = new Semaphore(AT_ONCE);

    private final Supplier<String> decoy = new Supplier<>() {
        private Optional<String> made = Optional.empty();

        @Override
        public synchronized String get() {
            if (made.isEmpty()) {
                made = Optional.of(hash(Secrets.letters()));
            }
            return made.get();
        }
    };

    /**
     * Checks a password that somebody chooses.
     *
     * @throws glasshouse.core.problem.Refusal INVALID with the rule that it breaks
     */
    public static void check(String password, String accountName) {
        String rule = null;
        if (password.codePointCount(0, password.length()) < MIN_LENGTH) {
            rule = "a password has at least " + MIN_LENGTH + " characters";
        } else if (Names.key(password).contains(Names.key(accountName))
                && password.length() < accountName.length() + 8) {
            rule = "a password is not made of the account's name";
        } else if (password.chars().distinct().count() < 4) {
            rule = "a password has more than three different characters";
        }
        if (rule != null) {
            throw Problem.of(Code.INVALID, "this password will not do")
                    .because(rule)
                    .mend("choose a longer one; a few words in a row are good")
                    .refusal();
        }
        checkLength(password);
    }

    private static void checkLength(String password) {
        if (password.isEmpty() || password.length() > MAX_LENGTH) {
            throw Problem.of(Code.INVALID, "a password has at most " + MAX_LENGTH + " characters and at least one")
                    .refusal();
        }
    }

    /** The hash that is kept of a password. */
    public String hash(String password) {
        checkLength(password);
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return oneOfFew(() -> PasswordHash.of(password, MEMORY_KIB, PASSES, LANES, salt, HASH_BYTES)
                .text());
    }

    /**
     * Whether a password is the one that a hash was made of. Where there is no hash it takes as long to say no, so that the time does
     * not tell which accounts there are.
     */
    public boolean matches(String password, Optional<String> hash) {
        if (password.isEmpty() || password.length() > MAX_LENGTH) {
            return false;
        }
        PasswordHash kept = PasswordHash.parse(hash.orElseGet(decoy));
        return oneOfFew(() -> kept.matches(password)) && hash.isPresent();
    }

    /** Whether a hash was made with weaker parameters than today's. */
    public boolean isOld(String hash) {
        PasswordHash kept = PasswordHash.parse(hash);
        return kept.memoryKib() < MEMORY_KIB || kept.passes() < PASSES;
    }

    private <T> T oneOfFew(Supplier<T> work) {
        try {
            if (!running.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw Problem.of(Code.RATE_LIMITED, "too many people are signing in at once")
                        .mend("try again in a moment")
                        .after(Duration.ofSeconds(PATIENCE_SECONDS))
                        .refusal();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.of(Code.UNAVAILABLE, "the server is stopping").refusal();
        }
        try {
            return work.get();
        } finally {
            running.release();
        }
    }
}
