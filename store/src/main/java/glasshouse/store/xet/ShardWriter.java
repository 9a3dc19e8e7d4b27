package glasshouse.store.xet;

import glasshouse.store.chunk.XetHash;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * Writes a shard part by part: files, then xorbs. For the grammar see {@link ShardReader}. One small write per record: the stream
 * should have a buffer. For one thread.
 */
public final class ShardWriter {
    private enum State {
        FILES,
        XORBS,
        FINISHED
    }

    private final OutputStream out;
    private final Optional<ShardFooter> footer;
    private final ByteBuffer block =
            ByteBuffer.allocate(ShardFormat.FOOTER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private State state = State.FILES;
    private Optional<Boolean> withRanges = Optional.empty();
    private long written;
    private long xorbPart;

    /** Begins a shard; the stream is not closed. */
    public ShardWriter(OutputStream out, Optional<ShardFooter> footer) throws IOException {
        this.out = out;
        this.footer = footer;
        block.put(ShardFormat.magic())
                .putLong(ShardFormat.HEADER_VERSION)
                .putLong(footer.isPresent() ? ShardFormat.FOOTER_BYTES : 0);
        flush(ShardFormat.RECORD_BYTES);
    }

    /**
     * Writes a file.
     *
     * @throws IllegalArgumentException if it has range hashes and one before had none, or the other way round
     */
    public void file(ShardFile file) throws IOException {
        expect(State.FILES);
        // The empty file has no terms, and so a range hash for each of them.
        boolean ranges = file.ranges().size() == file.terms().size();
        if (!file.terms().isEmpty()) {
            if (withRanges.isPresent() && withRanges.get() != ranges) {
                throw new IllegalArgumentException("either all files of a shard have range hashes or none");
            }
            withRanges = Optional.of(ranges);
        }
        int flags = (ranges ? ShardFormat.WITH_RANGES : 0) | (file.sha256().isPresent() ? ShardFormat.WITH_SHA256 : 0);
        record(file.hash(), flags, file.terms().size(), 0, 0);
        for (Term term : file.terms()) {
            record(term.xorb(), 0, term.rawBytes(), term.firstChunk(), term.endChunk());
        }
        for (XetHash range : file.ranges()) {
            record(range, 0, 0, 0, 0);
        }
        if (file.sha256().isPresent()) {
            // INVARIANT: the text of a SHA-256 read as a Xet hash gives the bytes in the order that shards keep.
            record(XetHash.parse(file.sha256().get()), 0, 0, 0, 0);
        }
    }

    /** Writes a xorb; no file can follow. */
    public void xorb(ShardXorb xorb) throws IOException {
        beginXorbs();
        expect(State.XORBS);
        record(xorb.hash(), 0, xorb.chunks().size(), xorb.rawBytes(), xorb.encodedBytes());
        int start = 0;
        for (ShardChunk chunk : xorb.chunks()) {
            record(chunk.hash(), start, chunk.rawBytes(), chunk.offered() ? ShardFormat.OFFERED : 0, 0);
            start += chunk.rawBytes();
        }
    }

    /** Ends the shard. */
    public void finish() throws IOException {
        beginXorbs();
        expect(State.XORBS);
        record(ShardFormat.END, 0, 0, 0, 0);
        state = State.FINISHED;
        if (footer.isPresent()) {
            write(footer.get());
        }
    }

    private void beginXorbs() throws IOException {
        if (state == State.FILES) {
            record(ShardFormat.END, 0, 0, 0, 0);
            xorbPart = written;
            state = State.XORBS;
        }
    }

    private void write(ShardFooter last) throws IOException {
        long offset = written;
        block.putLong(ShardFormat.FOOTER_VERSION)
                .putLong(ShardFormat.RECORD_BYTES)
                .putLong(xorbPart);
        for (int i = 0; i < 6; i++) {
            block.putLong(0);
        }
        block.put(last.key().bytes()).putLong(last.createdSeconds()).putLong(last.expirySeconds());
        for (int i = 0; i < 6; i++) {
            block.putLong(0);
        }
        block.putLong(last.storedOnDiskBytes())
                .putLong(last.materializedBytes())
                .putLong(last.storedBytes());
        block.putLong(offset);
        flush(ShardFormat.FOOTER_BYTES);
    }

    private void record(XetHash hash, int first, int second, int third, int fourth) throws IOException {
        block.put(hash.bytes()).putInt(first).putInt(second).putInt(third).putInt(fourth);
        flush(ShardFormat.RECORD_BYTES);
    }

    private void flush(int bytes) throws IOException {
        if (block.position() != bytes) {
            throw new IllegalStateException(block.position() + " bytes where a record has " + bytes);
        }
        out.write(block.array(), 0, bytes);
        block.clear();
        written += bytes;
    }

    private void expect(State expected) {
        if (state != expected) {
            throw new IllegalStateException("a shard has files, then xorbs, then an end; this one is at " + state);
        }
    }
}
