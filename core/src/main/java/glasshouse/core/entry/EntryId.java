package glasshouse.core.entry;

import java.util.regex.Pattern;

/**
 * What identifies an entry for good, whatever it is called: 24 hex digits. Folders on disk are named by it.
 *
 * @param value 24 lower-case hex digits
 */
public record EntryId(String value) {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{24}");

    public EntryId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("an entry id has 24 hex digits, not `" + value + "`");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
