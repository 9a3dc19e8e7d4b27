package glasshouse.core.access;

/** How far the credential reaches that somebody came with, on the subject at hand. */
public enum Reach {
    /** Nothing beyond what anybody may do: a fine-grained token on an entry that it does not name. */
    NONE,
    /** Reads. */
    READ,
    /** Reads and writes. */
    WRITE,
    /** All that its owner may, credentials included: the session of a browser, which began with a password. */
    SESSION
}
