package glasshouse.hub.page;

/**
 * Who looks at a page, as its frame shows it.
 *
 * @param name of the account; empty where only that somebody is signed in is known
 * @param operator whether the administration is theirs to see
 */
public record Viewer(String name, boolean operator) {}
