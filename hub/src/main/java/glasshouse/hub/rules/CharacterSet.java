package glasshouse.hub.rules;

import java.util.BitSet;
import java.util.Map;
import java.util.function.IntPredicate;

/** Bytes that a pattern names between brackets, ranges and classes included, as git reads them. */
final class CharacterSet {
    /** Every byte. */
    static final CharacterSet ANY = new CharacterSet(new BitSet(), true);

    /** Of ASCII only; space is git's own. */
    private static final Map<String, IntPredicate> CLASSES = Map.ofEntries(
            Map.entry("alnum", c -> isLetter(c) || isDigit(c)),
            Map.entry("alpha", CharacterSet::isLetter),
            Map.entry("blank", c -> c == ' ' || c == '\t'),
            Map.entry("cntrl", c -> c < ' ' || c == 127),
            Map.entry("digit", CharacterSet::isDigit),
            Map.entry("graph", c -> c > ' ' && c < 127),
            Map.entry("lower", c -> c >= 'a' && c <= 'z'),
            Map.entry("print", c -> c >= ' ' && c < 127),
            Map.entry("punct", c -> c > ' ' && c < 127 && !isLetter(c) && !isDigit(c)),
            Map.entry("space", c -> c == ' ' || c == '\t' || c == '\n' || c == '\r'),
            Map.entry("upper", c -> c >= 'A' && c <= 'Z'),
            Map.entry("xdigit", c -> Character.digit(c, 16) >= 0));

    private final BitSet named;
    private final boolean others;

    private CharacterSet(BitSet named, boolean others) {
        this.named = named;
        this.others = others;
    }

    /** @param end where the pattern goes on; negative where the brackets are malformed, and match nothing */
    record Parsed(CharacterSet set, int end) {
        static final Parsed MALFORMED = new Parsed(ANY, -1);
    }

    boolean has(char c) {
        return named.get(c) != others;
    }

    private static boolean isLetter(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    /** Reads brackets that open at a place. A bracket that would close the set at once is one of its characters. */
    static Parsed parse(String pattern, int open) {
        int at = open + 1;
        boolean others = at(pattern, at) == '!' || at(pattern, at) == '^';
        if (others) {
            at++;
        }
        BitSet named = new BitSet(256);
        char before = 0;
        boolean first = true;
        for (char c = at(pattern, at); first || c != ']'; c = at(pattern, ++at)) {
            first = false;
            if (c == 0) {
                return Parsed.MALFORMED;
            }
            if (c == '\\') {
                c = at(pattern, ++at);
                named.set(c);
                before = c;
            } else if (c == '-' && before != 0 && at(pattern, at + 1) != 0 && at(pattern, at + 1) != ']') {
                at += at(pattern, at + 1) == '\\' ? 2 : 1;
                char last = at(pattern, at);
                if (before <= last) {
                    named.set(before, last + 1);
                }
                before = 0;
            } else if (c == '[' && at(pattern, at + 1) == ':') {
                int close = pattern.indexOf(']', at + 2);
                if (close < 0) {
                    return Parsed.MALFORMED;
                }
                if (close - at < 3 || pattern.charAt(close - 1) != ':') {
                    named.set(c);
                    before = c;
                } else {
                    IntPredicate known = CLASSES.get(pattern.substring(at + 2, close - 1));
                    if (known == null) {
                        return Parsed.MALFORMED;
                    }
                    for (int one = 0; one < 128; one++) {
                        named.set(one, named.get(one) || known.test(one));
                    }
                    at = close;
                    before = 0;
                }
            } else {
                named.set(c);
                before = c;
            }
            if (at >= pattern.length()) {
                return Parsed.MALFORMED;
            }
        }
        return new Parsed(new CharacterSet(named, others), at + 1);
    }

    /** A character, or 0 behind the end. */
    private static char at(String pattern, int place) {
        return place < pattern.length() ? pattern.charAt(place) : 0;
    }
}
