package glasshouse.testkit.seed;

import java.util.SplittableRandom;

/**
 * Laws on printed seeds. {@code -Dseeds=2000} tries more of them, {@code -Dseed=42} one alone.
 */
public final class Seeds {
    private static final int DEFAULT = 100;

    /** A law: what has to hold whatever the numbers say. */
    @FunctionalInterface
    public interface Law {
        void check(SplittableRandom random) throws Exception;
    }

    private Seeds() {}

    /** Checks a law on the usual number of seeds. */
    public static void check(Law law) {
        check(DEFAULT, law);
    }

    /** Checks a law on {@code usual} seeds where nothing else is asked for: few for slow laws. */
    public static void check(int usual, Law law) {
        String one = System.getProperty("seed", "");
        if (!one.isEmpty()) {
            run(Long.parseLong(one), law);
            return;
        }
        String asked = System.getProperty("seeds", "");
        long count = asked.isEmpty() ? usual : (long) usual * Long.parseLong(asked) / DEFAULT;
        for (long seed = 1; seed <= Math.max(1, count); seed++) {
            run(seed, law);
        }
    }

    private static void run(long seed, Law law) {
        try {
            law.check(new SplittableRandom(seed));
        } catch (Exception | AssertionError | StackOverflowError | OutOfMemoryError e) {
            throw new AssertionError("with -Dseed=" + seed + ": " + e, e);
        }
    }
}
