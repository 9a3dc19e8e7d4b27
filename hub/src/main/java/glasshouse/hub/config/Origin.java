package glasshouse.hub.config;

/** Where a value comes from; a later one goes before an earlier one. */
public sealed interface Origin {
    /** Nobody set it. */
    record Default() implements Origin {
        @Override
        public String toString() {
            return "default";
        }
    }

    /** A file says so. */
    record File(String path) implements Origin {
        @Override
        public String toString() {
            return "file " + path;
        }
    }

    /** An environment variable says so. */
    record Environment(String variable) implements Origin {
        @Override
        public String toString() {
            return "environment " + variable;
        }
    }

    /** The command line says so. */
    record Flag(String flag) implements Origin {
        @Override
        public String toString() {
            return "flag " + flag;
        }
    }
}
