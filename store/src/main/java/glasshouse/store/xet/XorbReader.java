package glasshouse.store.xet;

import glasshouse.store.chunk.Chunker;
import glasshouse.store.chunk.XetHash;
import glasshouse.store.chunk.XetHasher;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Reads a xorb as it comes in, chunk by chunk. The grammar:
 *
 * <pre>
 * xorb   = chunk{1..8192} [footer]
 * chunk  = {@link ChunkHeader} · as many bytes as it says
 * footer = {@link XorbFooter}; it has to agree with the chunks
 * </pre>
 *
 * <p>Every limit is checked before anything is allocated or decoded: memory is 600 KiB and what {@link Xorb} takes, whatever comes.
 * Bytes that decode to more than a chunk may have are refused as soon as they exceed it. For one thread.
 *
 * <pre>
 * XorbReader reader = new XorbReader(body);
 * while (reader.next()) {
 *     write(reader.encoded(), reader.encodedBytes());
 * }
 * Xorb xorb = reader.xorb();
 * write(XorbFooter.write(xorb));
 * </pre>
 */
public final class XorbReader {
    private final InputStream in;
    private final ChunkCodec codec = new ChunkCodec();
    private final XetHasher hasher = new XetHasher();
    private final Xorb.Builder xorb = new Xorb.Builder();
    private final byte[] encoded = new byte[ChunkHeader.BYTES + ChunkHeader.MAX_STORED_BYTES];
    private final byte[] raw = new byte[Chunker.MAX_BYTES];
    private ChunkHeader header = new ChunkHeader(Scheme.STORED, 0, 0);
    private XetHash hash = XetHash.ZERO;
    private boolean ended;

    /**
     * Reads from a stream, which is read to its end and not closed.
     *
     * @param in gives large pieces where it can; there is no buffer before it
     */
    public XorbReader(InputStream in) {
        this.in = in;
    }

    /**
     * Reads, decodes and names the next chunk.
     *
     * @return false if there is none: the xorb has ended as it should
     * @throws BadXorb if the bytes are no xorb; a stream that ends early is none either. The reader is then of no more use
     */
    public boolean next() throws IOException {
        if (ended) {
            return false;
        }
        int start = xorb.encodedBytes();
        int there = in.readNBytes(encoded, 0, ChunkHeader.BYTES);
        if (there == 0 && xorb.count() > 0) {
            ended = true;
            return false;
        }
        if (there < ChunkHeader.BYTES) {
            throw new BadXorb(start, there == 0 ? "no chunk at all" : "the header of a chunk is cut off");
        }
        if (XorbFooter.begins(encoded) && xorb.count() > 0) {
            footer(start);
            ended = true;
            return false;
        }
        try {
            chunk(start);
        } catch (BadXorb bad) {
            throw bad.inChunkAt(start);
        }
        return true;
    }

    private void chunk(int start) throws IOException {
        header = ChunkHeader.read(encoded, 0);
        if (xorb.count() == Xorb.MAX_CHUNKS) {
            throw new BadXorb(0, "more than " + Xorb.MAX_CHUNKS + " chunks");
        }
        if (start > Xorb.MAX_BODY_BYTES - ChunkHeader.BYTES - header.storedBytes()) {
            throw new BadXorb(0, "the chunks have more than " + Xorb.MAX_BODY_BYTES + " bytes");
        }
        int there = in.readNBytes(encoded, ChunkHeader.BYTES, header.storedBytes());
        if (there < header.storedBytes()) {
            throw new BadXorb(
                    0, "a chunk of " + header.storedBytes() + " bytes stored, of which " + there + " are there");
        }
        codec.decode(header, encoded, ChunkHeader.BYTES, raw, 0);
        hash = hasher.chunk(raw, 0, header.rawBytes());
        xorb.add(hash, encodedBytes(), header.rawBytes());
    }

    /** The footer is the one that we would write, but for the bytes that mean nothing. */
    private void footer(int start) throws IOException {
        byte[] expected = XorbFooter.write(xorb.build());
        byte[] actual = Arrays.copyOf(encoded, expected.length);
        int there = ChunkHeader.BYTES + in.readNBytes(actual, ChunkHeader.BYTES, actual.length - ChunkHeader.BYTES);
        for (int i = 0; i < there; i++) {
            if (actual[i] != expected[i] && !XorbFooter.isReserved(i, xorb.count())) {
                throw new BadXorb((long) start + i, "the footer does not agree with the chunks");
            }
        }
        if (there < expected.length) {
            throw new BadXorb((long) start + there, "the footer is cut off");
        }
        if (in.read() >= 0) {
            throw new BadXorb((long) start + there, "something follows the footer");
        }
    }

    /** The header of the present chunk. */
    public ChunkHeader header() {
        return header;
    }

    /** The name of the present chunk. */
    public XetHash hash() {
        return hash;
    }

    /** Lent until the next call: the bytes of the present chunk, at the beginning; how many, its header says. */
    public byte[] raw() {
        return raw;
    }

    /** Lent until the next call: the present chunk as it came, header first, at the beginning. */
    public byte[] encoded() {
        return encoded;
    }

    /** How many bytes the present chunk has as it came, with its header. */
    public int encodedBytes() {
        return ChunkHeader.BYTES + header.storedBytes();
    }

    /**
     * What the xorb is, once all of it is read.
     *
     * @throws IllegalStateException if {@link #next} has not yet said that there is no more
     */
    public Xorb xorb() {
        if (!ended) {
            throw new IllegalStateException("the xorb has not been read to its end");
        }
        return xorb.build();
    }
}
