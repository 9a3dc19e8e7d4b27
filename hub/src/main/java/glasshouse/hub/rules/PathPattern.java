package glasshouse.hub.rules;

import java.util.Optional;

/**
 * One pattern of {@code .gitignore} or {@code .gitattributes}. Without a slash but at its end it is compared with names wherever
 * they lie, else with the path from the folder of the file; with a slash at its end it takes folders only.
 */
public final class PathPattern {
    private final boolean negated;
    private final boolean onlyFolders;
    private final boolean onNames;
    /** How the text begins; where {@link #atEnd}, how it ends. */
    private final String literal;

    private final boolean atEnd;
    private final Optional<Wildmatch> rest;

    private PathPattern(boolean negated, boolean onlyFolders, String pattern) {
        this.negated = negated;
        this.onlyFolders = onlyFolders;
        this.onNames = pattern.indexOf('/') < 0;
        String from = pattern.startsWith("/") ? pattern.substring(1) : pattern;
        int plain = plainLength(from);
        this.atEnd = onNames && from.startsWith("*") && plainLength(from.substring(1)) == from.length() - 1;
        this.literal = atEnd ? from.substring(1) : from.substring(0, plain);
        // git compares the beginning by itself as well, so that `**` may follow it like a slash.
        this.rest =
                atEnd || plain == from.length() ? Optional.empty() : Optional.of(Wildmatch.of(from.substring(plain)));
    }

    /** @param text a byte in each character, without the space around it */
    static PathPattern parse(String text) {
        boolean negated = text.startsWith("!");
        boolean onlyFolders = text.length() > (negated ? 1 : 0) && text.endsWith("/");
        return new PathPattern(
                negated, onlyFolders, text.substring(negated ? 1 : 0, text.length() - (onlyFolders ? 1 : 0)));
    }

    private static int plainLength(String pattern) {
        int at = 0;
        while (at < pattern.length() && "*?[\\".indexOf(pattern.charAt(at)) < 0) {
            at++;
        }
        return at;
    }

    /** Whether it begins with an exclamation mark: it takes back what a pattern before it said. */
    boolean negated() {
        return negated;
    }

    boolean matches(Subject subject, Effort effort) {
        effort.spend(1);
        if (onlyFolders && !subject.folder()) {
            return false;
        }
        String text = onNames ? subject.name() : subject.path();
        if (atEnd) {
            return text.endsWith(literal);
        }
        if (!text.startsWith(literal)) {
            return false;
        }
        return rest.map(glob -> glob.matches(text, literal.length(), effort)).orElse(text.length() == literal.length());
    }
}
