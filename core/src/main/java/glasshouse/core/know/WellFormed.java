package glasshouse.core.know;

/** Texts that every encoding can hold: half a surrogate pair, which input or a cut may leave behind, becomes U+FFFD. */
final class WellFormed {
    private WellFormed() {}

    static String of(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isHalf(text.codePointAt(i))) {
                return repaired(text);
            }
            if (Character.isHighSurrogate(text.charAt(i))) {
                i++; // the other half
            }
        }
        return text;
    }

    private static String repaired(String text) {
        StringBuilder repaired = new StringBuilder(text.length());
        text.codePoints().forEach(point -> repaired.appendCodePoint(isHalf(point) ? 0xFFFD : point));
        return repaired.toString();
    }

    private static boolean isHalf(int point) {
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    }
}
