package glasshouse.core.know;

import glasshouse.core.entry.ArtefactPath;

/**
 * A place in an artefact, and what stands there.
 *
 * @param path the artefact
 * @param line from 1; 0 where it is the artefact as a whole
 * @param text the words quoted, or the empty text
 */
public record Quote(ArtefactPath path, int line, String text) {
    public Quote {
        text = WellFormed.of(text);
        if (line < 0) {
            throw new IllegalArgumentException("lines count from 1");
        }
    }

    /** {@code path:line}, or the path alone. */
    public String place() {
        return line == 0 ? path.value() : path.value() + ":" + line;
    }
}
