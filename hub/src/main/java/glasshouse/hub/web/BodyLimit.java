package glasshouse.hub.web;

/**
 * How much of a body a handler reads into memory. Values are counted as well as bytes: three bytes of JSON make two values, of which
 * each takes a hundred bytes of memory.
 *
 * @param bytes the most bytes
 * @param values the most fields of a form, or tokens of JSON
 */
public record BodyLimit(int bytes, int values) {
    /** A few words: who signs in is not known yet. */
    public static final BodyLimit WORDS = new BodyLimit(16 << 10, 100);

    /** Where a handler does not say otherwise. The longest text of a discussion, percent-encoded, has 576 KiB. */
    public static final BodyLimit USUAL = new BodyLimit(1 << 20, 50_000);

    /** The fields of a form where a handler does not say otherwise. */
    public static final BodyLimit FORM = new BodyLimit(USUAL.bytes(), 1000);

    /** One long text. */
    public static final BodyLimit TEXT = new BodyLimit(5 << 20, 1000);

    /** A thousand things with a few fields each. */
    public static final BodyLimit LIST = new BodyLimit(2 << 20, 50_000);

    /** Ten thousand paths. */
    public static final BodyLimit PATHS = new BodyLimit(8 << 20, 50_000);

    /** Files themselves, or much that is said of them. */
    public static final BodyLimit FILES = new BodyLimit(16 << 20, 800_000);
}
