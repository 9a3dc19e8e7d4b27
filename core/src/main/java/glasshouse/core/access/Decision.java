package glasshouse.core.access;

/** The answer to "may they?", with what a caller can do about a no. */
public sealed interface Decision {
    /** Yes. */
    record Allowed() implements Decision {}

    /** Not known to be allowed: say who you are first. */
    record SignIn() implements Decision {}

    /** The subject must look as if it did not exist. */
    record Hidden() implements Decision {}

    /** The files are given on request only. */
    record Gated() implements Decision {}

    /**
     * No.
     *
     * @param reason what is lacking, in a sentence without a full stop
     */
    record Forbidden(String reason) implements Decision {}

    default boolean allowed() {
        return this instanceof Allowed;
    }
}
