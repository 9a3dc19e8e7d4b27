package glasshouse.store.xet;

import glasshouse.store.chunk.XetHash;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes a xorb chunk by chunk; for the grammar see {@link XorbReader}. Memory is 300 KiB and what {@link Xorb} takes. For one
 * thread.
 */
public final class XorbWriter {
    private final OutputStream out;
    private final ChunkCodec codec = new ChunkCodec();
    private final Xorb.Builder xorb = new Xorb.Builder();
    private final byte[] encoded = new byte[ChunkCodec.MAX_ENCODED_BYTES];

    /** Writes to a stream, chunk by chunk, and does not close it. */
    public XorbWriter(OutputStream out) {
        this.out = out;
    }

    /** Whether a chunk of so many bytes can be added without breaking a limit. */
    public boolean hasRoomFor(int rawBytes) {
        return xorb.count() < Xorb.MAX_CHUNKS && rawBytes <= Xorb.MAX_WRITTEN_RAW_BYTES - xorb.rawBytes();
    }

    /** How many chunks were added: the number that the next one will have. */
    public int chunks() {
        return xorb.count();
    }

    /** Adds a chunk, stored in the way that suits it. */
    public void add(XetHash hash, byte[] raw, int offset, int length) throws IOException {
        add(hash, codec.choose(raw, offset, length), raw, offset, length);
    }

    /**
     * Adds a chunk, stored in the given way, or as it is where that is not smaller.
     *
     * @param hash its name, which is not checked
     * @param length 1 to 131,072
     * @throws IllegalStateException if there is no room for it; see {@link #hasRoomFor}
     */
    public void add(XetHash hash, Scheme scheme, byte[] raw, int offset, int length) throws IOException {
        if (!hasRoomFor(length)) {
            throw new IllegalStateException(
                    "a xorb of " + xorb.count() + " chunks, " + xorb.rawBytes() + " bytes, has no room for " + length);
        }
        int bytes = codec.encode(scheme, raw, offset, length, encoded, 0);
        out.write(encoded, 0, bytes);
        xorb.add(hash, bytes, length);
    }

    /** What was written so far. What follows the chunks, {@link XorbFooter#write} says. */
    public Xorb xorb() {
        return xorb.build();
    }
}
