package glasshouse.core.entry;

import java.util.Locale;
import java.util.Optional;

/** Who can know of an entry. */
public enum Visibility {
    PUBLIC,
    PRIVATE,
    /** A word that the Hub's clients can send; kept as a word, treated as private. */
    PROTECTED;

    public boolean isPublic() {
        return this == PUBLIC;
    }

    /** The word in the API and in files. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Visibility> parse(String word) {
        for (Visibility visibility : values()) {
            if (visibility.word().equals(word)) {
                return Optional.of(visibility);
            }
        }
        return Optional.empty();
    }
}
