package glasshouse.hub.filepage;

import java.util.List;
import java.util.Optional;

/**
 * The difference between two trees.
 *
 * @param files those that differ, by path
 * @param more whether there are others that were not looked at
 */
public record Changes(List<File> files, boolean more) {
    /** What happened to a file. */
    public enum Kind {
        ADDED("added"),
        CHANGED("changed"),
        DELETED("deleted");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    /**
     * A file that differs.
     *
     * @param note why no lines are shown, where none are
     * @param lines the lines that differ, with some around them
     */
    public record File(String path, Kind kind, Optional<String> note, List<Line> lines) {
        public File {
            lines = List.copyOf(lines);
        }
    }

    /**
     * A line.
     *
     * @param sign {@code +}, {@code -}, a space, or {@code @} for a gap
     * @param before its number before, 0 for none
     * @param after its number after, 0 for none
     */
    public record Line(char sign, int before, int after, String text) {
        /** The class that colours it; the sign says the same. */
        public String look() {
            return switch (sign) {
                case '+' -> "add";
                case '-' -> "del";
                case '@' -> "hunk";
                default -> "";
            };
        }
    }

    public Changes {
        files = List.copyOf(files);
    }
}
