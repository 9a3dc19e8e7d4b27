package glasshouse.format.card;

import glasshouse.format.source.ByteSource;
import glasshouse.format.source.FormatFailure;
import glasshouse.format.source.Place;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A card: front matter, then Markdown.
 *
 * <pre>
 * card         = [byte-order mark] [front matter] body
 * front matter = [white space] "---" newline+ yaml newline+ "---" (newline | end), at most 1 MiB
 * newline      = LF | CR LF | CR
 * yaml         = one document in UTF-8 whose root is a mapping, or nothing
 * body         = anything
 * </pre>
 *
 * <p>This is the expression that the Hub's clients use. A file that opens with {@code ---} and never closes it has no front matter
 * for them, and none here ({@link #unclosed} says so): it may be a rule of Markdown.
 *
 * @param present whether there is front matter
 * @param unclosed whether it is opened and never closed
 * @param metadata what the front matter says; empty where there is none
 * @param bodyOffset the first byte of the body
 * @param bodyLine its line, from 1
 * @param sections the headings of the body, the first {@value #MAX_SECTIONS} of them
 * @param wholeBody whether the body was looked at to its end
 * @param utf8 whether what was looked at of the body is UTF-8
 */
public record CardFile(
        boolean present,
        boolean unclosed,
        YamlValue.Fields metadata,
        long bodyOffset,
        int bodyLine,
        List<Section> sections,
        boolean wholeBody,
        boolean utf8) {

    /** The most bytes of front matter. */
    public static final int MAX_FRONT_MATTER_BYTES = 1 << 20;

    /** How much of a card is looked at for headings. */
    public static final int MAX_READ_BYTES = 4 << 20;

    /** How many headings are kept. */
    public static final int MAX_SECTIONS = 500;

    public CardFile {
        sections = List.copyOf(sections);
    }

    /** The front matter as plain maps, lists and values, in the order of the file. */
    public Map<String, @Nullable Object> plainMetadata() {
        return YamlValue.plain(metadata);
    }

    /**
     * Reads a card.
     *
     * @throws FormatFailure where front matter is there and is not what it should be
     * @throws IOException where the bytes cannot be read
     */
    public static CardFile read(ByteSource source) throws IOException, FormatFailure {
        long size = source.sizeBytes();
        int length = (int) Math.min(size, MAX_READ_BYTES);
        byte[] bytes = source.readFully(0, length);
        FrontMatter front = FrontMatter.find(bytes);
        YamlValue.Fields metadata = new YamlValue.Fields(Map.of(), 1);
        if (front.present()) {
            if (front.end() - front.start() > MAX_FRONT_MATTER_BYTES) {
                throw tooLong(front);
            }
            metadata = mapping(strict(bytes, front), front.line());
        } else if (front.unclosed() && size > MAX_FRONT_MATTER_BYTES) {
            // Whether it closes further on makes no difference: it would be too long.
            throw tooLong(front);
        }
        ByteBuffer body = ByteBuffer.wrap(bytes, front.bodyStart(), length - front.bodyStart());
        boolean whole = length == size;
        boolean utf8 = isUtf8(body.duplicate(), whole);
        String text = StandardCharsets.UTF_8.decode(body).toString();
        List<Section> sections = Sections.of(text, front.bodyLine(), MAX_SECTIONS);
        return new CardFile(
                front.present(),
                front.unclosed(),
                metadata,
                front.bodyStart(),
                front.bodyLine(),
                sections,
                whole,
                utf8);
    }

    private static FormatFailure tooLong(FrontMatter front) {
        return FormatFailure.limit(
                Place.ofLine(front.line()), "the front matter has more than " + MAX_FRONT_MATTER_BYTES + " bytes");
    }

    private static YamlValue.Fields mapping(String yaml, int line) throws FormatFailure {
        return switch (YamlReader.read(yaml, line)) {
            case YamlValue.Fields fields -> fields;
            case YamlValue.Nothing nothing -> new YamlValue.Fields(Map.of(), line);
            case YamlValue other ->
                throw FormatFailure.corrupt(Place.ofLine(other.line()), "the front matter is not a mapping of keys");
        };
    }

    private static String strict(byte[] bytes, FrontMatter front) throws FormatFailure {
        ByteBuffer yaml = ByteBuffer.wrap(bytes, front.start(), front.end() - front.start());
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(yaml)
                    .toString();
        } catch (CharacterCodingException e) {
            int line = FrontMatter.lineOf(bytes, front.start(), yaml.position(), front.line());
            throw FormatFailure.corrupt(Place.ofLine(line), "the front matter is not UTF-8");
        }
    }

    /** Whether bytes are UTF-8; a last character that our own cut split is no fault of theirs. */
    private static boolean isUtf8(ByteBuffer bytes, boolean whole) {
        CoderResult result =
                StandardCharsets.UTF_8.newDecoder().decode(bytes, CharBuffer.allocate(bytes.remaining() + 1), whole);
        return result.isUnderflow();
    }
}
