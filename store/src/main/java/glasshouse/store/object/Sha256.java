package glasshouse.store.object;

import java.util.HexFormat;

/**
 * The name of an object: the SHA-256 of its bytes. As it refuses everything but 64 lower-case hex digits, it is safe as a file
 * name.
 *
 * @param hex 64 lower-case hex digits
 */
public record Sha256(String hex) implements Comparable<Sha256> {
    /** The digest of no bytes. */
    public static final Sha256 OF_NOTHING =
            new Sha256("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");

    private static final int DIGITS = 64;

    public Sha256 {
        if (!isOne(hex)) {
            throw new IllegalArgumentException("a SHA-256 is 64 lower-case hex digits, not `" + hex + "`");
        }
    }

    public static Sha256 of(byte[] digest) {
        return new Sha256(HexFormat.of().formatHex(digest));
    }

    /** Whether the text is the name of an object. */
    public static boolean isOne(String text) {
        return text.length() == DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f');
    }

    @Override
    public int compareTo(Sha256 other) {
        return hex.compareTo(other.hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
