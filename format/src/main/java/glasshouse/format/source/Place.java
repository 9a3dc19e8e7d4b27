package glasshouse.format.source;

/** Where in an artefact something is. */
public sealed interface Place {
    /**
     * A byte.
     *
     * @param offset from the start of the artefact, from 0
     */
    record AtByte(long offset) implements Place {
        @Override
        public String toString() {
            return "byte " + offset;
        }
    }

    /**
     * A line of a text.
     *
     * @param line from 1
     */
    record AtLine(int line) implements Place {
        @Override
        public String toString() {
            return "line " + line;
        }
    }

    static Place ofByte(long offset) {
        return new AtByte(offset);
    }

    static Place ofLine(int line) {
        return new AtLine(line);
    }
}
