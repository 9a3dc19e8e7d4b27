package glasshouse.store.xet;

import glasshouse.store.chunk.Chunker;

/**
 * Chunks as they lie in a xorb, header first, and back. Keeps 170 KiB of working memory and belongs to one thread at a time.
 */
public final class ChunkCodec {
    /** No encoded chunk of ours is longer: what does not shrink is stored as it is. */
    public static final int MAX_ENCODED_BYTES = ChunkHeader.BYTES + Chunker.MAX_BYTES;

    private static final int SAMPLE_BYTES = 4 * 1024;
    /** Less gain than one part of so many is not worth decoding. */
    private static final int LEAST_GAIN = 32;

    private final Lz4Encoder encoder = new Lz4Encoder();
    private final byte[] grouped = new byte[Chunker.MAX_BYTES];
    private final byte[] tried = new byte[SAMPLE_BYTES];

    /**
     * Decodes a chunk.
     *
     * @param length how many bytes the chunk has with its header: all of them
     * @param raw where its bytes go; {@link Chunker#MAX_BYTES} from {@code rawOffset} on are always enough
     * @return how many they are
     * @throws BadXorb if the bytes are not one chunk; then places are counted from its beginning
     */
    public int decode(byte[] encoded, int offset, int length, byte[] raw, int rawOffset) throws BadXorb {
        if (length < ChunkHeader.BYTES) {
            throw new BadXorb(0, "the header of a chunk is cut off");
        }
        ChunkHeader header = ChunkHeader.read(encoded, offset);
        if (header.storedBytes() != length - ChunkHeader.BYTES) {
            throw new BadXorb(
                    0,
                    "a chunk of " + header.storedBytes() + " bytes stored, of which " + (length - ChunkHeader.BYTES)
                            + " are there");
        }
        decode(header, encoded, offset + ChunkHeader.BYTES, raw, rawOffset);
        return header.rawBytes();
    }

    /** Decodes what follows a header. */
    void decode(ChunkHeader header, byte[] stored, int offset, byte[] raw, int rawOffset) throws BadXorb {
        int size = header.rawBytes();
        if (size > raw.length - rawOffset) {
            throw new IllegalArgumentException("no room for a chunk of " + size + " bytes");
        }
        try {
            switch (header.scheme()) {
                case STORED -> System.arraycopy(stored, offset, raw, rawOffset, size);
                case LZ4 -> unframe(header, stored, offset, raw, rawOffset);
                case GROUPED_LZ4 -> {
                    unframe(header, stored, offset, grouped, 0);
                    ByteGrouping.ungroup(grouped, 0, size, raw, rawOffset);
                }
            }
        } catch (BadFrame bad) {
            throw new BadXorb(0, bad.reason());
        }
    }

    private static void unframe(ChunkHeader header, byte[] stored, int offset, byte[] into, int at) throws BadFrame {
        int actual = Lz4Frame.decode(stored, offset, header.storedBytes(), into, at, header.rawBytes());
        if (actual != header.rawBytes()) {
            throw new BadFrame("a chunk of " + header.rawBytes() + " bytes decodes to " + actual);
        }
    }

    /**
     * Encodes a chunk, header first, in the given way, or as it is where that way does not make it smaller.
     *
     * @param raw 1 to 131,072 bytes from {@code offset} on
     * @param into has room for {@link #MAX_ENCODED_BYTES} from {@code intoOffset} on, or for the chunk and its header
     * @return how many bytes were written
     */
    public int encode(Scheme scheme, byte[] raw, int offset, int length, byte[] into, int intoOffset) {
        if (length < 1 || length > Chunker.MAX_BYTES) {
            throw new IllegalArgumentException("a chunk of " + length + " bytes");
        }
        int begin = intoOffset + ChunkHeader.BYTES;
        int end = -1;
        if (scheme == Scheme.LZ4) {
            end = Lz4Frame.encode(encoder, raw, offset, length, into, begin, begin + length - 1);
        } else if (scheme == Scheme.GROUPED_LZ4) {
            ByteGrouping.group(raw, offset, length, grouped, 0);
            end = Lz4Frame.encode(encoder, grouped, 0, length, into, begin, begin + length - 1);
        }
        Scheme used = end < 0 ? Scheme.STORED : scheme;
        if (used == Scheme.STORED) {
            System.arraycopy(raw, offset, into, begin, length);
            end = begin + length;
        }
        new ChunkHeader(used, end - begin, length).write(into, intoOffset);
        return end - intoOffset;
    }

    /** The way that makes a sample of 4 KiB from the middle of a chunk smallest. */
    public Scheme choose(byte[] raw, int offset, int length) {
        int sample = Math.min(length, SAMPLE_BYTES);
        // Numbers of four bytes are to be grouped as they would be in the whole chunk.
        int at = offset + ((length - sample) / 2 & ~3);
        int least = sample - sample / LEAST_GAIN;
        Scheme best = Scheme.STORED;
        int plain = encoder.encode(raw, at, at + sample, tried, 0, least);
        if (plain >= 0) {
            best = Scheme.LZ4;
            least = plain;
        }
        ByteGrouping.group(raw, at, sample, grouped, 0);
        int group = encoder.encode(grouped, 0, sample, tried, 0, least);
        return group >= 0 ? Scheme.GROUPED_LZ4 : best;
    }
}
