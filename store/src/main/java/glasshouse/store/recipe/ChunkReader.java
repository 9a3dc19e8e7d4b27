package glasshouse.store.recipe;

import glasshouse.store.chunk.XetHasher;
import glasshouse.store.xet.BadXorb;
import glasshouse.store.xet.ChunkCodec;
import glasshouse.store.xet.ChunkHeader;
import glasshouse.store.xet.Scheme;
import glasshouse.store.xet.Xorb;
import java.io.EOFException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads chunks back and compares each with its name. Takes as much memory as the largest chunk so far, twice, and 170 KiB once a
 * compressed one has come. For one thread at a time.
 */
final class ChunkReader {
    private final XetHasher hasher = new XetHasher();
    private @Nullable ChunkCodec codec;
    private byte[] encoded = new byte[0];
    private byte[] raw = new byte[0];

    /**
     * Reads a chunk into {@link #raw}.
     *
     * @return how many bytes it has
     * @throws DamagedXorb where its bytes are not what its name says
     */
    int read(OpenXorb open, int chunk) throws IOException {
        Xorb xorb = open.xorb();
        int start = xorb.encodedStart(chunk);
        int length = xorb.encodedStart(chunk + 1) - start;
        int rawLength = xorb.rawStart(chunk + 1) - xorb.rawStart(chunk);
        encoded = grown(encoded, length);
        raw = grown(raw, rawLength);
        try {
            open.readFully(start, encoded, length);
            ChunkHeader header = ChunkHeader.read(encoded, 0);
            if (header.rawBytes() != rawLength || header.storedBytes() != length - ChunkHeader.BYTES) {
                throw new DamagedXorb(xorb.hash(), chunk, "its header does not agree with the footer");
            }
            if (header.scheme() == Scheme.STORED) {
                System.arraycopy(encoded, ChunkHeader.BYTES, raw, 0, rawLength);
            } else {
                codec().decode(encoded, 0, length, raw, 0);
            }
        } catch (BadXorb bad) {
            throw new DamagedXorb(xorb.hash(), chunk, bad.reason());
        } catch (EOFException cut) {
            throw new DamagedXorb(xorb.hash(), chunk, "it is cut off");
        }
        if (!hasher.chunk(raw, 0, rawLength).equals(xorb.chunks().get(chunk))) {
            throw new DamagedXorb(xorb.hash(), chunk, "its bytes do not have its name");
        }
        return rawLength;
    }

    /** The chunk that was read last, at the beginning; lent until the next one is read. */
    byte[] raw() {
        return raw;
    }

    private ChunkCodec codec() {
        if (codec == null) {
            codec = new ChunkCodec();
        }
        return codec;
    }

    private static byte[] grown(byte[] bytes, int length) {
        return bytes.length >= length ? bytes : new byte[length];
    }
}
