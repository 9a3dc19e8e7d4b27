package glasshouse.core.access;

/** What somebody wants to do. Each route names one. */
public enum Action {
    // on the instance
    /** Anybody. */
    BROWSE,
    /** Anybody who is signed in, with whatever they came: asking who they are, what is theirs. */
    ACT_AS_SELF,
    /** One's own tokens, password and profile. No token does that: whoever had a weak one would make themselves a strong one. */
    MANAGE_SELF,
    /** Look at and change the instance. */
    ADMINISTER_INSTANCE,

    // on a namespace
    /** Make an entry in a namespace. */
    CREATE_ENTRY,
    /** Change an organisation and its members. */
    MANAGE_NAMESPACE,

    // on an entry
    /** Know that it exists: name, card, listing of files, findings, history, discussions. */
    SEE,
    /** Get the content of its files: the gate applies. */
    READ_FILES,
    /** Ask for access to a gated entry. */
    ASK_ACCESS,
    /** Open and comment on discussions. */
    DISCUSS,
    /** Propose a change: a pull request. */
    PROPOSE,
    /** Change its files and branches. */
    WRITE,
    /** Rewrite or delete its default branch; free storage for good. */
    REWRITE,
    /** Change its settings, decide on requests, rename it. */
    ADMINISTER,
    /** Delete it. */
    DELETE
}
