package glasshouse.core.access;

import java.util.Locale;
import java.util.Optional;

/** What a member may do in an organisation, weakest first. In a person's own namespace that person is {@link #ADMIN}. */
public enum Role {
    /** Sees private entries and reads all files. */
    READ,
    /** Also creates entries and changes their own. */
    CONTRIBUTOR,
    /** Also changes all entries. */
    WRITE,
    /** Also settings, members, deletion. */
    ADMIN;

    public boolean atLeast(Role other) {
        return compareTo(other) >= 0;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Role> parse(String word) {
        for (Role role : values()) {
            if (role.word().equals(word)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }
}
