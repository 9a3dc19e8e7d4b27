package glasshouse.format.json;

import glasshouse.format.source.ByteSource;
import glasshouse.format.source.FormatFailure;
import glasshouse.format.source.Place;
import glasshouse.format.source.SourceStream;
import glasshouse.format.source.Utf8Stream;
import java.io.IOException;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;

/**
 * The tokens of strict JSON in UTF-8. Every way in which reading can fail ends in a {@link FormatFailure} with the byte, or in an
 * {@link IOException} of the source. Who reads has to look for keys that come twice.
 */
public final class JsonStream implements AutoCloseable {
    /** The longest number, in characters. */
    public static final int MAX_NUMBER = 64;

    /**
     * What a document may have.
     *
     * @param depth objects and arrays in one another
     * @param nameLength characters of a key
     * @param textLength characters of a text
     */
    public record Limits(int depth, int nameLength, int textLength) {}

    private final JsonParser parser;
    private final long offset;
    private final boolean reachesEnd;

    private JsonStream(JsonParser parser, long offset, boolean reachesEnd) {
        this.parser = parser;
        this.offset = offset;
        this.reachesEnd = reachesEnd;
    }

    /** A file that is JSON as a whole. Where it stops in the middle it counts as truncated. */
    public static JsonStream ofFile(ByteSource source, Limits limits) throws IOException, FormatFailure {
        return open(source, 0, source.sizeBytes(), limits, true);
    }

    /** JSON in a part of a file. Where it stops in the middle it counts as corrupt. */
    public static JsonStream ofRange(ByteSource source, long offset, long length, Limits limits)
            throws IOException, FormatFailure {
        return open(source, offset, length, limits, false);
    }

    private static JsonStream open(ByteSource source, long offset, long length, Limits limits, boolean reachesEnd)
            throws IOException, FormatFailure {
        // Names come from outside and are many and long: kept neither in the symbol table nor interned.
        JsonFactory factory = JsonFactory.builder()
                .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
                .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(limits.depth())
                        .maxNameLength(limits.nameLength())
                        .maxStringLength(limits.textLength())
                        .maxNumberLength(MAX_NUMBER)
                        .build())
                .build();
        Utf8Stream bytes = new Utf8Stream(new SourceStream(source, offset, length));
        try {
            return new JsonStream(factory.createParser(ObjectReadContext.empty(), bytes), offset, reachesEnd);
        } catch (JacksonException e) {
            throw translated(e, offset, reachesEnd); // it looks at the first bytes at once
        }
    }

    /** The next token; nothing at the end. */
    public Optional<JsonToken> next() throws IOException, FormatFailure {
        try {
            return Optional.ofNullable(parser.nextToken());
        } catch (JacksonException e) {
            throw translated(e, offset, reachesEnd);
        }
    }

    /** The next token, which has to be this one. */
    public void expect(JsonToken token, String what) throws IOException, FormatFailure {
        if (next().filter(token::equals).isEmpty()) {
            throw corrupt(what);
        }
    }

    /** The key or value just read, as it stands there. */
    public String text() throws IOException, FormatFailure {
        try {
            return parser.getString();
        } catch (JacksonException e) {
            throw translated(e, offset, reachesEnd);
        }
    }

    /** Passes over the rest of the object or array that was just opened; over nothing where the token is another. */
    public void skip() throws IOException, FormatFailure {
        try {
            parser.skipChildren();
        } catch (JacksonException e) {
            throw translated(e, offset, reachesEnd);
        }
    }

    /** The token just read, counted in bytes from the start of the file. */
    public Place place() {
        return Place.ofByte(offset + Math.max(0, parser.currentTokenLocation().getByteOffset()));
    }

    /** A failure at the token just read. */
    public FormatFailure corrupt(String reason) {
        return FormatFailure.corrupt(place(), reason);
    }

    @Override
    public void close() {
        parser.close();
    }

    private static FormatFailure translated(JacksonException e, long offset, boolean reachesEnd) throws IOException {
        if (e instanceof JacksonIOException && e.getCause() instanceof IOException io) {
            if (io instanceof Utf8Stream.NotUtf8 notUtf8) {
                return FormatFailure.corrupt(Place.ofByte(offset + notUtf8.offset()), "not UTF-8");
            }
            throw io;
        }
        long at = e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getByteOffset());
        Place place = Place.ofByte(offset + at);
        if (e instanceof StreamConstraintsException) {
            return FormatFailure.limit(place, "the JSON is deeper, or has a longer key, text or number, than is read");
        }
        if (e instanceof UnexpectedEndOfInputException) {
            return reachesEnd
                    ? FormatFailure.truncated(place, "the JSON stops in the middle")
                    : FormatFailure.corrupt(place, "the JSON stops in the middle");
        }
        return FormatFailure.corrupt(place, "not JSON");
    }
}
