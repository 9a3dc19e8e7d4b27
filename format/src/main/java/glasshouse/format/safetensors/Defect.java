package glasshouse.format.safetensors;

/**
 * Something in the layout of a file that its header does not account for. The header itself was read.
 *
 * @param kind what
 * @param begin the first byte concerned, counted from the end of the header
 * @param end the byte after the last one concerned
 * @param tensor the tensor concerned, or the empty text where it is a range that matters
 */
public record Defect(Kind kind, long begin, long end, String tensor) {
    /** The kinds of defect. */
    public enum Kind {
        /** The file ends at {@code begin}, the header describes data up to {@code end}. */
        TRUNCATED,
        /** Several tensors claim the range. */
        OVERLAP,
        /** No tensor claims the range. */
        GAP,
        /** The file goes on after the last tensor. */
        TRAILING,
        /** Shape and dtype need another number of bytes than the range has. */
        SIZE
    }
}
