package glasshouse.inspect.licence;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is kept of a licence text: enough to recognise it, not enough to read it.
 *
 * <p>As a line of the table: id, name, number of shingles, segments, sample, between tabs. A segment is {@code
 * words:rolling:sha256[?]}, with {@code ?} where a copy may lack it (an appendix on how to apply the licence); segments are joined
 * by commas. The sample is the {@value #SAMPLE} smallest shingles, four bytes each, in Base64.
 *
 * @param id the SPDX id, or {@code LicenseRef-…}
 * @param name what people call it
 * @param shingles how many different shingles the text has
 * @param segments its passages in order; between two, a copy may say something of its own
 * @param sample a fair sample of its shingles
 */
record Fingerprint(String id, String name, int shingles, List<Segment> segments, List<Integer> sample) {
    static final int SAMPLE = 256;

    /** Passages shorter than this say nothing alone. */
    private static final int MIN_WORDS = 4;

    /** Where copies fill in a name. */
    private static final Pattern FILLED_IN = Pattern.compile(
            "THE COPYRIGHT (HOLDERS?|OWNERS?)( (AND|OR) CONTRIBUTORS)?|\\bTHE AUTHORS?\\b( (AND|OR) CONTRIBUTORS)?"
                    + "|\\bORGANIZATION\\b|THE REGENTS (AND|OR) CONTRIBUTORS");

    /** After this line a text only says how to apply it. */
    private static final Pattern END = Pattern.compile("(?m)^.*END OF TERMS AND CONDITIONS.*$");

    /**
     * A passage.
     *
     * @param words how many words it has
     * @param rolling its rolling hash
     * @param sure the first 128 bits of its SHA-256
     * @param optional whether a copy may lack it
     */
    record Segment(int words, long rolling, String sure, boolean optional) {}

    Fingerprint {
        segments = List.copyOf(segments);
        sample = List.copyOf(sample);
    }

    /** Computes the fingerprint of a text. */
    static Fingerprint of(String id, String name, String text) {
        List<Segment> segments = new ArrayList<>();
        Matcher end = END.matcher(text);
        String terms = end.find() ? text.substring(0, end.end()) : text;
        boolean names = id.startsWith("BSD") || id.equals("ISC") || id.equals("NCSA") || id.equals("0BSD");
        for (String part : names ? FILLED_IN.split(terms) : new String[] {terms}) {
            add(part, false, segments);
        }
        if (terms.length() < text.length()) {
            add(text.substring(terms.length()), true, segments);
        }
        int[] shingles =
                WordHash.shingles(WordHash.ofEach(LicenceWords.of(terms).words()));
        List<Integer> sample = Arrays.stream(shingles).limit(SAMPLE).boxed().toList();
        return new Fingerprint(id, name, shingles.length, segments, sample);
    }

    private static void add(String part, boolean optional, List<Segment> into) {
        List<String> words = LicenceWords.of(part).words();
        if (words.size() >= MIN_WORDS) {
            long[] hashes = WordHash.ofEach(words);
            into.add(new Segment(
                    words.size(), WordHash.rolling(hashes, 0, hashes.length), WordHash.sure(words), optional));
        }
    }

    /** The words that every copy has. */
    int words() {
        return segments.stream()
                .filter(segment -> !segment.optional())
                .mapToInt(Segment::words)
                .sum();
    }

    /** The line of the table. */
    String print() {
        List<String> parts = segments.stream()
                .map(segment -> segment.words() + ":" + Long.toHexString(segment.rolling()) + ":" + segment.sure()
                        + (segment.optional() ? "?" : ""))
                .toList();
        ByteBuffer bytes = ByteBuffer.allocate(sample.size() * 4);
        sample.forEach(bytes::putInt);
        return String.join(
                "\t",
                id,
                name,
                Integer.toString(shingles),
                String.join(",", parts),
                Base64.getEncoder().encodeToString(bytes.array()));
    }

    static Fingerprint parse(String line) {
        String[] columns = line.split("\t", -1);
        List<Segment> segments = new ArrayList<>();
        for (String part : columns[3].split(",")) {
            String[] fields = part.split(":");
            boolean optional = fields[2].endsWith("?");
            String sure = optional ? fields[2].substring(0, fields[2].length() - 1) : fields[2];
            segments.add(
                    new Segment(Integer.parseInt(fields[0]), Long.parseUnsignedLong(fields[1], 16), sure, optional));
        }
        ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(columns[4]));
        List<Integer> sample = new ArrayList<>();
        while (bytes.hasRemaining()) {
            sample.add(bytes.getInt());
        }
        return new Fingerprint(columns[0], columns[1], Integer.parseInt(columns[2]), segments, sample);
    }
}
