package glasshouse.store.chunk;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.HexFormat;

/**
 * A hash of the Xet formats, 32 bytes: the name of a chunk, a xorb or a file.
 *
 * <p>Its text is not the plain hex of its bytes. It is four little-endian numbers of 64 bits, each as 16 hex digits, so that the
 * bytes of every group of eight are reversed. Source: huggingface/hub-docs {@code docs/xet/hashing.md}.
 *
 * @param first bytes 0 to 7, little-endian
 * @param second bytes 8 to 15
 * @param third bytes 16 to 23
 * @param fourth bytes 24 to 31; some rules of the formats look at this one alone
 */
public record XetHash(long first, long second, long third, long fourth) implements Comparable<XetHash> {
    public static final int BYTES = 32;

    /** The name of an empty file, and of a list of no chunks. */
    public static final XetHash ZERO = new XetHash(0, 0, 0, 0);

    private static final int DIGITS = 64;
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** Reads the 32 bytes at a place. */
    public static XetHash of(byte[] bytes, int offset) {
        return new XetHash(
                (long) LONG.get(bytes, offset),
                (long) LONG.get(bytes, offset + 8),
                (long) LONG.get(bytes, offset + 16),
                (long) LONG.get(bytes, offset + 24));
    }

    /** Whether a text names a hash: 64 lower-case hex digits. */
    public static boolean isOne(String text) {
        return text.length() == DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f');
    }

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException if the text is not 64 lower-case hex digits; see {@link #isOne}
     */
    public static XetHash parse(String text) {
        if (!isOne(text)) {
            throw new IllegalArgumentException("a Xet hash is 64 lower-case hex digits, not `" + text + "`");
        }
        return new XetHash(
                HexFormat.fromHexDigitsToLong(text, 0, 16),
                HexFormat.fromHexDigitsToLong(text, 16, 32),
                HexFormat.fromHexDigitsToLong(text, 32, 48),
                HexFormat.fromHexDigitsToLong(text, 48, 64));
    }

    /** Writes the 32 bytes at a place. */
    public void write(byte[] into, int offset) {
        LONG.set(into, offset, first);
        LONG.set(into, offset + 8, second);
        LONG.set(into, offset + 16, third);
        LONG.set(into, offset + 24, fourth);
    }

    public byte[] bytes() {
        byte[] bytes = new byte[BYTES];
        write(bytes, 0);
        return bytes;
    }

    /** The order of the texts. */
    @Override
    public int compareTo(XetHash other) {
        int order = Long.compareUnsigned(first, other.first);
        if (order == 0) {
            order = Long.compareUnsigned(second, other.second);
        }
        if (order == 0) {
            order = Long.compareUnsigned(third, other.third);
        }
        return order != 0 ? order : Long.compareUnsigned(fourth, other.fourth);
    }

    /** The text form: 64 lower-case hex digits. */
    @Override
    public String toString() {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(first) + hex.toHexDigits(second) + hex.toHexDigits(third) + hex.toHexDigits(fourth);
    }
}
