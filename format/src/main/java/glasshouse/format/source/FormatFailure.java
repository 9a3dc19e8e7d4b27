package glasshouse.format.source;

/**
 * Why an artefact could not be read as the format that it claims to be. Reading the bytes themselves may fail too; that is an
 * {@link java.io.IOException} and says nothing about the artefact.
 */
public final class FormatFailure extends Exception {
    private static final long serialVersionUID = 1L;

    /** What went wrong, told apart because the cures differ: send it again, mend it, or ask for a larger limit. */
    public enum Kind {
        /** What is there is well-formed; the rest is missing. */
        TRUNCATED,
        /** The bytes break the grammar of the format. */
        CORRUPT,
        /** Perhaps well-formed, but larger or deeper than we agree to look at. */
        LIMIT
    }

    private final Kind kind;
    private final transient Place place;
    private final String reason;

    private FormatFailure(Kind kind, Place place, String reason) {
        super(kind + " at " + place + ": " + reason);
        this.kind = kind;
        this.place = place;
        this.reason = reason;
    }

    public static FormatFailure truncated(Place place, String reason) {
        return new FormatFailure(Kind.TRUNCATED, place, reason);
    }

    public static FormatFailure corrupt(Place place, String reason) {
        return new FormatFailure(Kind.CORRUPT, place, reason);
    }

    public static FormatFailure limit(Place place, String reason) {
        return new FormatFailure(Kind.LIMIT, place, reason);
    }

    public Kind kind() {
        return kind;
    }

    public Place place() {
        return place;
    }

    /** What is wrong, lower case, without a full stop; input in backticks and cut to a bearable length. */
    public String reason() {
        return reason;
    }
}
