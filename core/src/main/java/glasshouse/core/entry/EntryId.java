package glasshouse.core.entry;

/**
 * What identifies an entry for good, whatever it is called: 24 hex digits. Folders on disk are named by it.
 *
 * @param value 24 lower-case hex digits
 */
public record EntryId(String value) {
    private static final int DIGITS = 24;

    public EntryId {
        if (!Hex.isLower(value, DIGITS)) {
            throw new IllegalArgumentException("an entry id has 24 hex digits, not `" + value + "`");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
