package glasshouse.hub.web;

/** Who is at the other end, and so which terms errors are told in. */
public enum Surface {
    /** The Hub's clients: JSON with an {@code error}, and its headers. */
    API,
    /** Files themselves: errors as for {@link #API}, and what is served runs nothing. */
    FILE,
    /** git: plain text; the wish to sign in is answered with Basic. */
    GIT,
    /** git-lfs: its own JSON. */
    LFS,
    /** A person with a browser. */
    PAGE,
    /** Machines that watch: plain text. */
    PLAIN
}
