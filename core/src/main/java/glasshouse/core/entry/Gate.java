package glasshouse.core.entry;

import java.util.Locale;
import java.util.Optional;

/** Whether the files of an entry are given on request only. */
public enum Gate {
    /** No gate. */
    NONE,
    /** Whoever asks gets access at once. */
    AUTO,
    /** A person decides on each request. */
    MANUAL;

    /** The word in files and in the API, where {@code NONE} is the JSON value false. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Gate> parse(String word) {
        for (Gate gate : values()) {
            if (gate.word().equals(word)) {
                return Optional.of(gate);
            }
        }
        return word.equals("false") ? Optional.of(NONE) : Optional.empty();
    }
}
