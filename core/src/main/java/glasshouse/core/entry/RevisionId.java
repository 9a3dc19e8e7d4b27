package glasshouse.core.entry;

import java.util.regex.Pattern;

/**
 * One immutable state of an entry: a git commit.
 *
 * @param value 40 lower-case hex digits
 */
public record RevisionId(String value) {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{40}");

    public RevisionId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("a revision has 40 hex digits, not `" + value + "`");
        }
    }

    /** Whether the text is a whole revision id. */
    public static boolean isOne(String text) {
        return FORM.matcher(text).matches();
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
