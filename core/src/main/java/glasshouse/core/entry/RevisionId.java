package glasshouse.core.entry;

/**
 * One immutable state of an entry: a git commit.
 *
 * @param value 40 lower-case hex digits
 */
public record RevisionId(String value) {
    private static final int DIGITS = 40;

    public RevisionId {
        if (!Hex.isLower(value, DIGITS)) {
            throw new IllegalArgumentException("a revision has 40 hex digits, not `" + value + "`");
        }
    }

    /** Whether the text is a whole revision id. */
    public static boolean isOne(String text) {
        return Hex.isLower(text, DIGITS);
    }

    /** The first seven digits, for people. */
    public String brief() {
        return value.substring(0, 7);
    }

    @Override
    public String toString() {
        return value;
    }
}
