package glasshouse.core.know;

import java.util.Locale;

/**
 * Something that could not be read.
 *
 * @param cause which kind of reason
 * @param where the path, with line or byte where there is one
 * @param why the reason, lower case, without a full stop
 */
public record Unread(Cause cause, String where, String why) {
    public Unread {
        where = WellFormed.of(where);
        why = WellFormed.of(why);
    }

    /** Why something could not be read: each asks somebody else to act. */
    public enum Cause {
        /** The rest is missing. */
        TRUNCATED,
        /** It is not what it claims to be. */
        CORRUPT,
        /** Larger or deeper than we look at. */
        LIMIT,
        /** The content is elsewhere, or the storage did not give it. */
        UNAVAILABLE,
        /** The inspector failed. */
        OUR_FAULT;

        /** The word in JSON and in sentences. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
