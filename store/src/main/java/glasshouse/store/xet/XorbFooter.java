package glasshouse.store.xet;

import glasshouse.store.chunk.Chunker;
import glasshouse.store.chunk.XetHash;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * What may stand behind the chunks of a xorb, so that they are found without reading it all. Little-endian:
 *
 * <pre>
 * "XETBLOB" · u8 = 1 · xorb hash 32
 * "XBLBHSH" · u8 = 0 · count u32 · count x chunk hash 32
 * "XBLBBND" · u8 = 1 · count u32 · count x u32 end of the chunk in the file · count x u32 end before compression
 * count u32
 * distance u32 from the end of the footer to "XBLBHSH" · the same to "XBLBBND"
 * 16 bytes of anything; we write zeros
 * length u32 of all this without the length itself: the last four bytes of the file
 * </pre>
 *
 * The footer ends before the length. The older version 0 is refused: the chunks say the same. Source: huggingface/xet-core {@code
 * xorb_object_format.rs}.
 */
public final class XorbFooter {
    /** How many bytes stand at the very end and say how long the footer is. */
    public static final int LENGTH_BYTES = 4;

    /** What all footers have beside 40 bytes per chunk. */
    private static final int FIXED_BYTES = 8 + XetHash.BYTES + 12 + 12 + 4 + 4 + 4 + 16;

    private static final int CHUNK_BYTES = XetHash.BYTES + 8;
    private static final int RESERVED_BYTES = 16;
    private static final byte[] MAGIC = "XETBLOB".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] HASHES = "XBLBHSH".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BOUNDS = "XBLBBND".getBytes(StandardCharsets.US_ASCII);

    /** The longest footer, with its length. */
    public static final int MAX_BYTES = FIXED_BYTES + Xorb.MAX_CHUNKS * CHUNK_BYTES + LENGTH_BYTES;

    private XorbFooter() {}

    /** The footer of a xorb with its length: what is to be written behind the chunks. */
    public static byte[] write(Xorb xorb) {
        int count = xorb.chunks().size();
        ByteBuffer out = ByteBuffer.allocate(sizeBytes(count)).order(ByteOrder.LITTLE_ENDIAN);
        out.put(MAGIC).put((byte) 1).put(xorb.hash().bytes());
        out.put(HASHES).put((byte) 0).putInt(count);
        xorb.chunks().forEach(chunk -> out.put(chunk.bytes()));
        out.put(BOUNDS).put((byte) 1).putInt(count);
        for (int i = 1; i <= count; i++) {
            out.putInt(xorb.encodedStart(i));
        }
        for (int i = 1; i <= count; i++) {
            out.putInt(xorb.rawStart(i));
        }
        out.putInt(count).putInt(hashesToEnd(count)).putInt(boundsToEnd(count));
        out.put(new byte[RESERVED_BYTES]);
        out.putInt(sizeBytes(count) - LENGTH_BYTES);
        return out.array();
    }

    /** Whether eight bytes at the place of a chunk's header are the beginning of a footer: no chunk has such a version. */
    static boolean begins(byte[] bytes) {
        return startsWith(bytes, MAGIC);
    }

    private static boolean startsWith(byte[] bytes, byte[] magic) {
        for (int i = 0; i < magic.length; i++) {
            if (bytes[i] != magic[i]) {
                return false;
            }
        }
        return true;
    }

    /** How many bytes the footer of so many chunks has with its length. */
    static int sizeBytes(int chunks) {
        return FIXED_BYTES + chunks * CHUNK_BYTES + LENGTH_BYTES;
    }

    /** Where the bytes lie that every writer fills as it likes. */
    static int reservedOffset(int chunks) {
        return sizeBytes(chunks) - LENGTH_BYTES - RESERVED_BYTES;
    }

    static boolean isReserved(int offset, int chunks) {
        int at = offset - reservedOffset(chunks);
        return at >= 0 && at < RESERVED_BYTES;
    }

    /**
     * How many bytes before the end of a file its footer begins, from its last four bytes.
     *
     * @throws BadXorb if no footer has such a length
     */
    public static int bytesFromEnd(byte[] lastFour) throws BadXorb {
        int length = ByteBuffer.wrap(lastFour).order(ByteOrder.LITTLE_ENDIAN).getInt();
        if (length < FIXED_BYTES || length > MAX_BYTES - LENGTH_BYTES || (length - FIXED_BYTES) % CHUNK_BYTES != 0) {
            throw new BadXorb(0, "no footer has " + Integer.toUnsignedString(length) + " bytes");
        }
        return length + LENGTH_BYTES;
    }

    /**
     * Reads a footer with its length, and checks that it agrees with itself: limits, sizes that grow, and the name, which follows
     * from the chunks. Whether it agrees with the bytes of the chunks only reading these can tell.
     *
     * @throws BadXorb with places counted from the beginning of the footer
     */
    public static Xorb read(byte[] footer) throws BadXorb {
        ByteBuffer in = ByteBuffer.wrap(footer).order(ByteOrder.LITTLE_ENDIAN);
        try {
            return read(in);
        } catch (BufferUnderflowException cut) {
            throw new BadXorb(in.position(), "the footer is cut off");
        }
    }

    private static Xorb read(ByteBuffer in) throws BadXorb {
        expectSection(in, MAGIC, 1);
        XetHash hash = hash(in);
        expectSection(in, HASHES, 0);
        int count = in.getInt();
        if (count < 1 || count > Xorb.MAX_CHUNKS || in.capacity() != sizeBytes(count)) {
            throw new BadXorb(
                    in.position() - 4,
                    "a footer of " + in.capacity() + " bytes for " + Integer.toUnsignedString(count) + " chunks");
        }
        XetHash[] chunks = new XetHash[count];
        for (int i = 0; i < count; i++) {
            chunks[i] = hash(in);
        }
        expectSection(in, BOUNDS, 1);
        expect(in, count, "number of chunks");
        int ends = in.position();
        Xorb.Builder xorb = new Xorb.Builder();
        for (int i = 0; i < count; i++) {
            int encoded = in.getInt(ends + 4 * i) - xorb.encodedBytes();
            int raw = in.getInt(ends + 4 * (count + i)) - xorb.rawBytes();
            boolean bad = encoded <= ChunkHeader.BYTES
                    || encoded > ChunkHeader.BYTES + ChunkHeader.MAX_STORED_BYTES
                    || encoded > Xorb.MAX_BODY_BYTES - xorb.encodedBytes()
                    || raw < 1
                    || raw > Chunker.MAX_BYTES;
            if (bad) {
                throw new BadXorb(ends + 4L * i, "chunk " + i + " ends where it cannot");
            }
            xorb.add(chunks[i], encoded, raw);
        }
        in.position(ends + 8 * count);
        expect(in, count, "number of chunks");
        expect(in, hashesToEnd(count), "distance");
        expect(in, boundsToEnd(count), "distance");
        in.position(in.position() + RESERVED_BYTES);
        expect(in, sizeBytes(count) - LENGTH_BYTES, "length");
        Xorb read = xorb.build();
        if (!read.hash().equals(hash)) {
            throw new BadXorb(8, "the footer names " + hash + ", and its chunks make " + read.hash());
        }
        return read;
    }

    private static int hashesToEnd(int count) {
        return sizeBytes(count) - LENGTH_BYTES - 8 - XetHash.BYTES;
    }

    private static int boundsToEnd(int count) {
        return hashesToEnd(count) - 12 - count * XetHash.BYTES;
    }

    private static XetHash hash(ByteBuffer in) {
        byte[] bytes = new byte[XetHash.BYTES];
        in.get(bytes);
        return XetHash.of(bytes, 0);
    }

    private static void expectSection(ByteBuffer in, byte[] magic, int version) throws BadXorb {
        byte[] begin = new byte[magic.length];
        in.get(begin);
        int actual = in.get() & 0xFF;
        if (!startsWith(begin, magic) || actual != version) {
            throw new BadXorb(
                    in.position() - 8L,
                    "no section `" + new String(magic, StandardCharsets.US_ASCII) + "` of version " + version);
        }
    }

    private static void expect(ByteBuffer in, int expected, String what) throws BadXorb {
        int actual = in.getInt();
        if (actual != expected) {
            throw new BadXorb(
                    in.position() - 4L,
                    "the footer has " + Integer.toUnsignedString(actual) + " as " + what + ", and it is " + expected);
        }
    }
}
