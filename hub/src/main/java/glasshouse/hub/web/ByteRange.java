package glasshouse.hub.web;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which bytes of something a request wants (RFC 9110, section 14): one range, from the start, to the end, or the last so many. */
public sealed interface ByteRange {
    /** All of it: nothing else was asked for, or not in a way that must be followed. */
    record Whole() implements ByteRange {}

    /**
     * A part.
     *
     * @param from the first byte
     * @param to the last byte
     */
    record Part(long from, long to) implements ByteRange {
        public long length() {
            return to - from + 1;
        }
    }

    /** A part that is not there. */
    record Outside() implements ByteRange {}

    /** One range. Several are answered with the whole, which is always right and which no client of ours asks for. */
    Pattern FORM = Pattern.compile("bytes=\\s*(\\d{0,18})-(\\d{0,18})\\s*");

    /** Reads the header {@code Range}, empty where there is none, for something of a size. */
    static ByteRange parse(String header, long sizeBytes) {
        Matcher form = FORM.matcher(header);
        if (!form.matches() || form.group(1).isEmpty() && form.group(2).isEmpty()) {
            return new Whole();
        }
        if (form.group(1).isEmpty()) {
            long last = Long.parseLong(form.group(2));
            return last == 0 || sizeBytes == 0 ? new Outside() : new Part(Math.max(0, sizeBytes - last), sizeBytes - 1);
        }
        long from = Long.parseLong(form.group(1));
        long to = form.group(2).isEmpty() ? Long.MAX_VALUE : Long.parseLong(form.group(2));
        if (to < from) {
            return new Whole();
        }
        return from >= sizeBytes ? new Outside() : new Part(from, Math.min(to, sizeBytes - 1));
    }
}
