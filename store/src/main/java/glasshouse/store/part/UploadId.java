package glasshouse.store.part;

/**
 * The name of an upload in parts. Safe as a file name. Whoever knows it is not asked for anything else here, so it should not be
 * guessable where it is shown.
 *
 * @param text 8 to 64 lower-case letters and digits
 */
public record UploadId(String text) {
    public UploadId {
        if (!isOne(text)) {
            throw new IllegalArgumentException("the name of an upload is 8 to 64 of a-z and 0-9, not `" + text + "`");
        }
    }

    public static boolean isOne(String text) {
        return text.length() >= 8
                && text.length() <= 64
                && text.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'z');
    }

    @Override
    public String toString() {
        return text;
    }
}
