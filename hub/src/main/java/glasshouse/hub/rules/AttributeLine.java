package glasshouse.hub.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a line of {@code .gitattributes} says. A line that is malformed says nothing, as to git. */
public sealed interface AttributeLine {
    /** What is said of an attribute: set, or a value, or neither. */
    record Attribute(String name, boolean set, Optional<String> value) {}

    /** Attributes of paths. */
    record Rule(PathPattern pattern, List<Attribute> attributes) implements AttributeLine {
        public Rule {
            attributes = List.copyOf(attributes);
        }

        public boolean matches(Subject subject, Effort effort) {
            return pattern.matches(subject, effort);
        }
    }

    /** A name for several attributes. */
    record Macro(String name, List<Attribute> attributes) implements AttributeLine {
        public Macro {
            attributes = List.copyOf(attributes);
        }
    }

    /** git leaves out lines that are longer. */
    int MAX_BYTES = 2047;

    String BLANK = " \t\r\n";
    String MACRO = "[attr]";

    /** The lines of a file, in order. */
    static List<AttributeLine> parse(String text, Effort effort) {
        effort.spend(text.length());
        String plain = text.startsWith("\ufeff") ? text.substring(1) : text;
        List<AttributeLine> lines = new ArrayList<>();
        for (String line : Subject.bytes(plain).split("\n", -1)) {
            if (line.length() <= MAX_BYTES) {
                line(line.substring(skip(line, 0))).ifPresent(said -> {
                    effort.keep();
                    lines.add(said);
                });
            }
        }
        return lines;
    }

    private static Optional<AttributeLine> line(String line) {
        if (line.isEmpty() || line.startsWith("#")) {
            return Optional.empty();
        }
        Optional<Quoted> quoted = line.startsWith("\"") ? Quoted.parse(line) : Optional.empty();
        String pattern = quoted.map(Quoted::text).orElseGet(() -> line.substring(0, end(line, 0)));
        int rest = quoted.map(Quoted::end).orElseGet(() -> end(line, 0));
        Optional<List<Attribute>> attributes = attributes(line, rest);
        if (attributes.isEmpty()) {
            return Optional.empty();
        }
        if (pattern.startsWith(MACRO) && pattern.length() > MACRO.length()) {
            String name = pattern.substring(skip(pattern, MACRO.length()));
            String word = name.substring(0, end(name, 0));
            return isName(word) ? Optional.of(new Macro(word, attributes.get())) : Optional.empty();
        }
        PathPattern parsed = PathPattern.parse(pattern);
        return parsed.negated() ? Optional.empty() : Optional.of(new Rule(parsed, attributes.get()));
    }

    private static Optional<List<Attribute>> attributes(String line, int from) {
        List<Attribute> attributes = new ArrayList<>();
        for (int at = skip(line, from); at < line.length(); at = skip(line, end(line, at))) {
            String word = line.substring(at, end(line, at));
            boolean taken = word.startsWith("-") || word.startsWith("!");
            int equals = word.indexOf('=');
            String name = word.substring(taken ? 1 : 0, equals < 0 ? word.length() : equals);
            if (!isName(name)) {
                return Optional.empty();
            }
            boolean valued = equals >= 0 && !taken;
            attributes.add(new Attribute(
                    name, !taken && !valued, valued ? Optional.of(word.substring(equals + 1)) : Optional.empty()));
        }
        return Optional.of(attributes);
    }

    private static boolean isName(String text) {
        return !text.startsWith("-") && text.matches("[-A-Za-z0-9_.]+");
    }

    /** The first place from another on that is not blank. */
    private static int skip(String line, int from) {
        int at = from;
        while (at < line.length() && BLANK.indexOf(line.charAt(at)) >= 0) {
            at++;
        }
        return at;
    }

    /** The first place from another on that is blank. */
    private static int end(String line, int from) {
        int at = from;
        while (at < line.length() && BLANK.indexOf(line.charAt(at)) < 0) {
            at++;
        }
        return at;
    }

    /**
     * A pattern between quotes, written as in C.
     *
     * @param end where the line goes on
     */
    record Quoted(String text, int end) {
        private static final String LETTERS = "abfnrtv\\\"";
        private static final String MEANINGS = "\u0007\b\f\n\r\t\u000b\\\"";

        /** Nothing, where the quotes do not end or have an escape that is none. */
        static Optional<Quoted> parse(String line) {
            StringBuilder text = new StringBuilder();
            int at = 1;
            while (at < line.length() && line.charAt(at) != '"') {
                if (line.charAt(at) != '\\') {
                    text.append(line.charAt(at++));
                    continue;
                }
                String escape = line.substring(Math.min(at + 1, line.length()));
                int letter = escape.isEmpty() ? -1 : LETTERS.indexOf(escape.charAt(0));
                if (letter >= 0) {
                    text.append(MEANINGS.charAt(letter));
                    at += 2;
                } else if (escape.length() >= 3 && escape.substring(0, 3).matches("[0-3][0-7]{2}")) {
                    text.append((char) Integer.parseInt(escape.substring(0, 3), 8));
                    at += 4;
                } else {
                    return Optional.empty();
                }
            }
            return at < line.length() ? Optional.of(new Quoted(text.toString(), at + 1)) : Optional.empty();
        }
    }
}
