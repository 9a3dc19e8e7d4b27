package glasshouse.core.entry;

import java.util.HexFormat;
import java.util.Locale;

/**
 * A content digest.
 *
 * @param algorithm how it was computed
 * @param hex lower-case hex digits, as many as the algorithm gives
 */
public record Digest(Algorithm algorithm, String hex) implements Comparable<Digest> {
    /** The digests in use, with their length in hex digits. */
    public enum Algorithm {
        SHA256(64),
        /** Git's object name of a blob: SHA-1 over header and content. It names; it is not a proof. */
        GIT_BLOB(40);

        private final int hexDigits;

        Algorithm(int hexDigits) {
            this.hexDigits = hexDigits;
        }
    }

    public Digest {
        if (hex.length() != algorithm.hexDigits
                || !hex.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
            throw new IllegalArgumentException(
                    "a " + algorithm + " digest has " + algorithm.hexDigits + " hex digits, not `" + hex + "`");
        }
    }

    public static Digest sha256(String hex) {
        return new Digest(Algorithm.SHA256, hex.toLowerCase(Locale.ROOT));
    }

    public static Digest sha256(byte[] digest) {
        return new Digest(Algorithm.SHA256, HexFormat.of().formatHex(digest));
    }

    public static Digest gitBlob(String hex) {
        return new Digest(Algorithm.GIT_BLOB, hex);
    }

    /** Whether the text is 64 lower-case hex digits. */
    public static boolean isSha256(String text) {
        return text.length() == 64 && text.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f');
    }

    @Override
    public int compareTo(Digest other) {
        return toString().compareTo(other.toString());
    }

    /** {@code sha256:…} or {@code git:…}. */
    @Override
    public String toString() {
        return (algorithm == Algorithm.SHA256 ? "sha256:" : "git:") + hex;
    }
}
