package glasshouse.core.entry;

/** Hexadecimal digits as ids have them. Looked at for each request, so without regular expressions. */
final class Hex {
    private Hex() {}

    /** Whether the text has so many lower-case hex digits and nothing else. */
    static boolean isLower(String text, int digits) {
        if (text.length() != digits) {
            return false;
        }
        for (int i = 0; i < digits; i++) {
            char c = text.charAt(i);
            if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
                return false;
            }
        }
        return true;
    }
}
