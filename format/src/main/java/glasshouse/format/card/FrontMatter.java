package glasshouse.format.card;

/**
 * Where the front matter of a card lies.
 *
 * @param present whether there is any
 * @param unclosed whether it is opened and never closed
 * @param start the first byte of its YAML
 * @param end the byte after its YAML
 * @param line the line of {@code start}, from 1
 * @param bodyStart the first byte after it
 * @param bodyLine the line of {@code bodyStart}
 */
record FrontMatter(boolean present, boolean unclosed, int start, int end, int line, int bodyStart, int bodyLine) {

    static FrontMatter find(byte[] bytes) {
        int bom = startsWith(bytes, 0, 0xEF, 0xBB, 0xBF) ? 3 : 0;
        int open = bom;
        while (open < bytes.length && (bytes[open] == ' ' || bytes[open] == '\t' || isNewline(bytes[open]))) {
            open++;
        }
        int yaml = open + 3;
        if (!startsWith(bytes, open, '-', '-', '-') || yaml >= bytes.length || !isNewline(bytes[yaml])) {
            return new FrontMatter(false, false, bom, bom, 1, bom, 1);
        }
        int start = afterNewline(bytes, yaml);
        int startLine = lineOf(bytes, bom, start, 1);
        // The closing line is searched from the newline that ends the opening one, so that `---`, `---` is empty front
        // matter.
        for (int at = start; at < bytes.length; at = nextLine(bytes, at)) {
            int after = at + 3;
            if (startsWith(bytes, at, '-', '-', '-') && (after == bytes.length || isNewline(bytes[after]))) {
                int body = after == bytes.length ? after : afterNewline(bytes, after);
                return new FrontMatter(true, false, start, at, startLine, body, lineOf(bytes, start, body, startLine));
            }
        }
        return new FrontMatter(false, true, bom, bom, 1, bom, 1);
    }

    /** The line of a byte, where another byte before it is on a line that is known. */
    static int lineOf(byte[] bytes, int from, int to, int lineOfFrom) {
        int line = lineOfFrom;
        for (int i = from; i < to; i++) {
            if (bytes[i] == '\n' || bytes[i] == '\r' && (i + 1 >= bytes.length || bytes[i + 1] != '\n')) {
                line++;
            }
        }
        return line;
    }

    private static int nextLine(byte[] bytes, int at) {
        int i = at;
        while (i < bytes.length && !isNewline(bytes[i])) {
            i++;
        }
        return i < bytes.length ? afterNewline(bytes, i) : i;
    }

    private static int afterNewline(byte[] bytes, int at) {
        return bytes[at] == '\r' && at + 1 < bytes.length && bytes[at + 1] == '\n' ? at + 2 : at + 1;
    }

    private static boolean isNewline(byte b) {
        return b == '\n' || b == '\r';
    }

    private static boolean startsWith(byte[] bytes, int at, int first, int second, int third) {
        return at + 3 <= bytes.length
                && (bytes[at] & 0xff) == first
                && (bytes[at + 1] & 0xff) == second
                && (bytes[at + 2] & 0xff) == third;
    }
}
