package glasshouse.core.know;

/**
 * Who looked. A new version may find something else in the same bytes.
 *
 * @param name in small letters, words joined by {@code -}
 * @param version from 1
 */
public record InspectorId(String name, int version) {
    public InspectorId {
        if (!name.matches("[a-z][a-z0-9-]{0,63}") || version < 1) {
            throw new IllegalArgumentException("`" + name + "` " + version + " is no inspector");
        }
    }

    @Override
    public String toString() {
        return name + "/" + version;
    }
}
