package glasshouse.inspect.licence;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The normal form of a licence text: its words without what people rightly change. Two texts with the same words are the same
 * licence.
 *
 * <ol>
 *   <li>Unicode NFKC; invisible characters go; lower case.
 *   <li>Lines that hold nothing but a copyright notice or the address of the FSF go, and so do placeholders in angle brackets; but
 *       never one with a word that could change the licence ({@code not}, {@code only}, {@code commercial}, …).
 *   <li>Numbers and bullets at the start of a line go.
 *   <li>Words are runs of a-z and 0-9. {@code licence} is {@code license}, {@code https} is {@code http}.
 * </ol>
 *
 * @param words the words in order
 * @param hidden how many invisible characters there were
 */
record LicenceWords(List<String> words, int hidden) {
    private static final Pattern INVISIBLE =
            Pattern.compile("[\\u00ad\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2064\\u206a-\\u206f\\ufeff]");
    private static final Pattern COPYRIGHT = Pattern.compile(
            "[\\s\\W]*(portions )?(copyright\\b|\\(c\\)|©|all rights reserved).*", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern NAMES_SOMEBODY =
            Pattern.compile(".*(\\(c\\)|©|\\d{4}|\\[|<|\\{|all rights reserved).*");
    private static final Pattern ADDRESS = Pattern.compile(".*(franklin st|temple place|mass ave).*");
    private static final Pattern PLACEHOLDER =
            Pattern.compile("<(http|year|name|one line|program|signature|owner|copyright|insert|date)[^<>\\n]{0,80}>");
    private static final Pattern BULLET =
            Pattern.compile("^\\s*([0-9]{1,2}[.)]|\\([a-z0-9]{1,3}\\)|[a-z][.)]|[ivx]{1,4}[.)]|[-*•+o]\\s)\\s*");
    private static final Pattern WORD = Pattern.compile("[0-9a-z]+");
    private static final int MAX_NOTICE = 200;

    /** With one of these, a sentence may be a term of the licence and is never passed over. */
    private static final Set<String> TERMS = Set.of(
            "not",
            "only",
            "no",
            "non",
            "commercial",
            "noncommercial",
            "use",
            "used",
            "uses",
            "except",
            "unless",
            "prohibited",
            "forbidden",
            "may",
            "must",
            "shall",
            "restricted",
            "restriction",
            "license",
            "licensed",
            "permission",
            "permitted",
            "without",
            "research",
            "academic",
            "evaluation",
            "personal",
            "terms");

    LicenceWords {
        words = List.copyOf(words);
    }

    static LicenceWords of(String text) {
        String normal = Normalizer.normalize(text, Normalizer.Form.NFKC);
        Matcher invisible = INVISIBLE.matcher(normal);
        int hidden = (int) invisible.results().count();
        String visible = invisible.replaceAll("").toLowerCase(Locale.ROOT);
        List<String> words = new ArrayList<>();
        visible.lines().forEach(line -> {
            String terms = terms(line);
            if (!isNotice(terms)) {
                addWords(terms, words);
            }
        });
        return new LicenceWords(words, hidden);
    }

    static boolean harmless(List<String> words) {
        return words.stream().noneMatch(TERMS::contains);
    }

    private static String terms(String line) {
        String plain = PLACEHOLDER.matcher(line).replaceAll(found -> {
            List<String> words = new ArrayList<>();
            addWords(found.group(), words);
            return harmless(words) ? " " : Matcher.quoteReplacement(found.group());
        });
        return BULLET.matcher(plain).replaceFirst("");
    }

    private static boolean isNotice(String line) {
        if (line.length() > MAX_NOTICE) {
            return false;
        }
        List<String> words = new ArrayList<>();
        addWords(line, words);
        boolean notice = COPYRIGHT.matcher(line).matches()
                && NAMES_SOMEBODY.matcher(line).matches()
                && harmless(words);
        return notice || isAddress(line);
    }

    /** The FSF moved; its licences hold where it lived when they were printed. */
    private static boolean isAddress(String line) {
        return line.length() < 100 && ADDRESS.matcher(line).matches();
    }

    private static void addWords(String line, List<String> into) {
        Matcher word = WORD.matcher(line);
        while (word.find()) {
            into.add(
                    switch (word.group()) {
                        case "licence" -> "license";
                        case "licences" -> "licenses";
                        case "https" -> "http";
                        default -> word.group();
                    });
        }
    }

    /** Some of the words as one text, for hashing. */
    static byte[] joined(List<String> words) {
        return String.join(" ", words).getBytes(StandardCharsets.UTF_8);
    }
}
