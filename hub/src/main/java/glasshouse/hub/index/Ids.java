package glasshouse.hub.index;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Makes ids: 24 hex digits, the first 12 of them the time, so that newer ones sort later. Safe for many threads. */
public final class Ids {
    private static final SecureRandom RANDOM = new SecureRandom();

    private Ids() {}

    /** A new id for something made at {@code millis} since 1970. */
    public static String next(long millis) {
        byte[] random = new byte[6];
        RANDOM.nextBytes(random);
        return "%012x".formatted(millis & 0xffff_ffff_ffffL) + HexFormat.of().formatHex(random);
    }
}
