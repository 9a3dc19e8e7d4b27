package glasshouse.core.access;

/** How far the credential reaches that somebody came with, on the subject at hand; a session reaches everywhere. */
public enum Reach {
    /** Nothing beyond what anybody may do: a fine-grained token on an entry that it does not name. */
    NONE,
    /** Reads. */
    READ,
    /** Reads and writes. */
    WRITE
}
