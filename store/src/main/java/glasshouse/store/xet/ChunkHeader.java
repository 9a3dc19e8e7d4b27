package glasshouse.store.xet;

import glasshouse.store.chunk.Chunker;

/**
 * What stands before each chunk of a xorb, 8 bytes, little-endian:
 *
 * <pre>
 * version u8 = 0 · bytes that follow u24, up to 262,144 · scheme u8 · bytes of the chunk u24, 1 to 131,072
 * </pre>
 *
 * @param scheme how the chunk is stored
 * @param storedBytes how many bytes follow
 * @param rawBytes how many bytes the chunk has
 */
public record ChunkHeader(Scheme scheme, int storedBytes, int rawBytes) {
    public static final int BYTES = 8;

    /** As the reference implementation has it: a frame may be longer than what is in it, but not without bounds. */
    public static final int MAX_STORED_BYTES = 2 * Chunker.MAX_BYTES;

    /**
     * Reads the header at a place in an array that has eight bytes from there on.
     *
     * @throws BadXorb for every header that breaks a limit; then its place is 0
     */
    public static ChunkHeader read(byte[] bytes, int offset) throws BadXorb {
        int version = bytes[offset] & 0xFF;
        if (version != 0) {
            throw new BadXorb(0, "a chunk of version " + version + "; only 0 is known");
        }
        int code = bytes[offset + 4] & 0xFF;
        Scheme scheme = Scheme.of(code)
                .orElseThrow(() -> new BadXorb(0, "compression scheme " + code + "; only 0, 1 and 2 are known"));
        int stored = u24(bytes, offset + 1);
        int raw = u24(bytes, offset + 5);
        if (raw == 0 || raw > Chunker.MAX_BYTES) {
            throw new BadXorb(0, "a chunk of " + raw + " bytes; 1 to " + Chunker.MAX_BYTES + " are allowed");
        }
        if (stored == 0 || stored > MAX_STORED_BYTES) {
            throw new BadXorb(0, "a chunk stored in " + stored + " bytes; 1 to " + MAX_STORED_BYTES + " are allowed");
        }
        if (scheme == Scheme.STORED && stored != raw) {
            throw new BadXorb(0, "a chunk of " + raw + " bytes is stored as it is, in " + stored);
        }
        return new ChunkHeader(scheme, stored, raw);
    }

    /** Writes the eight bytes at a place in an array. */
    public void write(byte[] into, int offset) {
        into[offset] = 0;
        writeU24(storedBytes, into, offset + 1);
        into[offset + 4] = (byte) scheme.code();
        writeU24(rawBytes, into, offset + 5);
    }

    private static int u24(byte[] bytes, int at) {
        return bytes[at] & 0xFF | (bytes[at + 1] & 0xFF) << 8 | (bytes[at + 2] & 0xFF) << 16;
    }

    private static void writeU24(int value, byte[] into, int at) {
        into[at] = (byte) value;
        into[at + 1] = (byte) (value >>> 8);
        into[at + 2] = (byte) (value >>> 16);
    }
}
