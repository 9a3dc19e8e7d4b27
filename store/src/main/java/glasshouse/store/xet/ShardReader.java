package glasshouse.store.xet;

import glasshouse.store.chunk.Chunker;
import glasshouse.store.chunk.XetHash;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads a shard as it comes in, one file or xorb at a time. Little-endian; records of 48 bytes, which begin with 32 bytes and then
 * have four u32, written here as [a b c d]:
 *
 * <pre>
 * shard   = header file{0..} end xorb{0..} end [tables footer]
 * header  = magic 32 · version u64 = 2 · size of the footer u64 = 0 or 200
 * file    = file hash [flags n 0 0] · n x term · n x range, if flags bit 31 · sha256, if flags bit 30
 * term    = xorb hash [0 raw-bytes first-chunk end-chunk]
 * range   = range hash [0 0 0 0]
 * sha256  = SHA-256 with the bytes of every group of eight reversed [0 0 0 0]
 * xorb    = xorb hash [0 n raw-bytes encoded-bytes-or-0] · n x chunk
 * chunk   = chunk hash [raw-start raw-bytes flags 0]       flags bit 31 = offered to others
 * end     = 32 x FF [0 0 0 0]
 * tables  = three sorted tables to look things up, 12, 12 and 16 bytes per entry; skipped
 * footer  = 25 x u64: version = 1 · offset of the files = 48 · offset of the xorbs · three times offset and count of a table · key 32
 *           · created · expiry · 6 x 0 · three sums of bytes · offset of the footer
 * </pre>
 *
 * <p>Other flags are refused, because they could mean that other records follow; numbers that are zero above are not looked at.
 * Terms may overlap. Chunks of a xorb follow each other without a gap. What a count announces is compared with the bytes that can
 * still come before anything is allocated, and lists grow with what has come: memory is twice the largest part. For one thread.
 */
public final class ShardReader {
    /** No client sends a longer one. */
    public static final int MAX_BYTES = 64 * 1024 * 1024;

    private final InputStream in;
    private final long limit;
    private final byte[] bytes = new byte[ShardFormat.FOOTER_BYTES];
    private final ByteBuffer block = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    private Optional<Boolean> withRanges = Optional.empty();
    private boolean begun;
    private boolean withFooter;
    private boolean inXorbs;
    private boolean ended;
    private long xorbPart;
    private long position;

    /**
     * Reads from a stream, which is read to its end and not closed.
     *
     * @param in should have a buffer: one small read per record
     * @param limitBytes how many bytes may come: the announced size where there is one, {@link #MAX_BYTES} otherwise
     */
    public ShardReader(InputStream in, long limitBytes) {
        this.in = in;
        this.limit = limitBytes;
    }

    /**
     * Reads the next part: files, then xorbs, then the footer if there is one.
     *
     * @return empty at the end of a shard that ended as it should
     * @throws BadShard if the bytes are no shard; a stream that ends early is none either. The reader is then of no more use
     */
    public Optional<ShardPart> next() throws IOException {
        if (!begun) {
            header();
            begun = true;
        }
        if (ended) {
            return Optional.empty();
        }
        XetHash hash = record();
        if (!inXorbs) {
            if (!hash.equals(ShardFormat.END)) {
                return Optional.of(file(hash));
            }
            inXorbs = true;
            xorbPart = position;
            hash = record();
        }
        if (!hash.equals(ShardFormat.END)) {
            return Optional.of(xorb(hash));
        }
        ended = true;
        if (withFooter) {
            return Optional.of(footer());
        }
        if (in.read() >= 0) {
            throw new BadShard(position, "something follows the end");
        }
        return Optional.empty();
    }

    private void header() throws IOException {
        record();
        byte[] magic = ShardFormat.magic();
        if (!Arrays.equals(bytes, 0, magic.length, magic, 0, magic.length)) {
            throw new BadShard(0, "no shard begins like this");
        }
        long version = block.getLong(32);
        long footer = block.getLong(40);
        if (version != ShardFormat.HEADER_VERSION) {
            throw new BadShard(32, "version " + Long.toUnsignedString(version) + "; only 2 is known");
        }
        if (footer != 0 && footer != ShardFormat.FOOTER_BYTES) {
            throw new BadShard(40, "a footer of " + Long.toUnsignedString(footer) + " bytes");
        }
        withFooter = footer != 0;
    }

    private ShardFile file(XetHash hash) throws IOException {
        long start = position - ShardFormat.RECORD_BYTES;
        int flags = number(0);
        if ((flags & ~(ShardFormat.WITH_RANGES | ShardFormat.WITH_SHA256)) != 0) {
            throw new BadShard(start, "a file with flags " + Integer.toHexString(flags));
        }
        boolean ranges = (flags & ShardFormat.WITH_RANGES) != 0;
        boolean sha256 = (flags & ShardFormat.WITH_SHA256) != 0;
        long count = Integer.toUnsignedLong(number(1));
        // The empty file has no terms, and goes with either kind.
        if (count > 0) {
            if (withRanges.isPresent() && withRanges.get() != ranges) {
                throw new BadShard(start, "either all files of a shard have range hashes or none");
            }
            withRanges = Optional.of(ranges);
        }
        needRecords(start, count * (ranges ? 2 : 1) + (sha256 ? 1 : 0));
        List<Term> terms = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            terms.add(term(record()));
        }
        List<XetHash> rangeHashes = new ArrayList<>();
        for (long i = 0; ranges && i < count; i++) {
            rangeHashes.add(record());
        }
        // INVARIANT: the bytes are reversed in groups of eight, which the text of a Xet hash undoes.
        Optional<String> claim = sha256 ? Optional.of(record().toString()) : Optional.empty();
        return new ShardFile(hash, terms, rangeHashes, claim);
    }

    private Term term(XetHash xorb) throws BadShard {
        long start = position - ShardFormat.RECORD_BYTES;
        long raw = Integer.toUnsignedLong(number(1));
        long first = Integer.toUnsignedLong(number(2));
        long end = Integer.toUnsignedLong(number(3));
        if (first >= end || end > Xorb.MAX_CHUNKS) {
            throw new BadShard(start, "a term of chunks " + first + " to " + end);
        }
        if (raw < end - first || raw > (end - first) * Chunker.MAX_BYTES) {
            throw new BadShard(start, "a term of " + (end - first) + " chunks and " + raw + " bytes");
        }
        return new Term(xorb, (int) first, (int) end, (int) raw);
    }

    private ShardXorb xorb(XetHash hash) throws IOException {
        long start = position - ShardFormat.RECORD_BYTES;
        long count = Integer.toUnsignedLong(number(1));
        long raw = Integer.toUnsignedLong(number(2));
        int encoded = number(3);
        if (count < 1 || count > Xorb.MAX_CHUNKS) {
            throw new BadShard(start, "a xorb of " + count + " chunks; 1 to " + Xorb.MAX_CHUNKS + " are allowed");
        }
        if (encoded < 0 || encoded > Xorb.MAX_BODY_BYTES + XorbFooter.MAX_BYTES) {
            throw new BadShard(start, "a xorb stored in " + Integer.toUnsignedString(encoded) + " bytes");
        }
        needRecords(start, count);
        List<ShardChunk> chunks = new ArrayList<>((int) count);
        long sum = 0;
        for (int i = 0; i < count; i++) {
            ShardChunk chunk = chunk(record(), sum);
            chunks.add(chunk);
            sum += chunk.rawBytes();
        }
        if (sum != raw) {
            throw new BadShard(start, "a xorb of " + raw + " bytes whose chunks have " + sum);
        }
        return new ShardXorb(hash, chunks, encoded);
    }

    private ShardChunk chunk(XetHash hash, long expectedStart) throws BadShard {
        long start = position - ShardFormat.RECORD_BYTES;
        long at = Integer.toUnsignedLong(number(0));
        long raw = Integer.toUnsignedLong(number(1));
        int flags = number(2);
        if (at != expectedStart) {
            throw new BadShard(start, "a chunk begins at " + at + " where the one before ended at " + expectedStart);
        }
        if (raw < 1 || raw > Chunker.MAX_BYTES) {
            throw new BadShard(start, "a chunk of " + raw + " bytes; 1 to " + Chunker.MAX_BYTES + " are allowed");
        }
        if ((flags & ~ShardFormat.OFFERED) != 0) {
            throw new BadShard(start, "a chunk with flags " + Integer.toHexString(flags));
        }
        return new ShardChunk(hash, (int) raw, flags != 0);
    }

    /** Skips tables: what counts is the end of the stream, and what is there says whether that was right. */
    private ShardFooter footer() throws IOException {
        long tables = position;
        take(ShardFormat.FOOTER_BYTES);
        byte[] more = new byte[8 * 1024];
        for (int n = in.read(more); n >= 0; n = in.read(more)) {
            if (n > limit - position) {
                throw new BadShard(limit, "the shard does not end within " + limit + " bytes");
            }
            position += n;
            int kept = Math.max(0, bytes.length - n);
            System.arraycopy(bytes, bytes.length - kept, bytes, 0, kept);
            System.arraycopy(more, n - (bytes.length - kept), bytes, kept, bytes.length - kept);
        }
        long start = position - ShardFormat.FOOTER_BYTES;
        if (block.getLong(0) != ShardFormat.FOOTER_VERSION) {
            throw new BadShard(start, "a footer of version " + Long.toUnsignedString(block.getLong(0)));
        }
        boolean places = block.getLong(8) == ShardFormat.RECORD_BYTES
                && block.getLong(16) == xorbPart
                && block.getLong(192) == start;
        if (!places) {
            throw new BadShard(start, "the footer does not say where files, xorbs and footer begin");
        }
        table(24, 12, tables, start);
        table(40, 12, tables, start);
        table(56, 16, tables, start);
        return new ShardFooter(
                XetHash.of(bytes, 72),
                block.getLong(104),
                block.getLong(112),
                block.getLong(168),
                block.getLong(176),
                block.getLong(184));
    }

    private void table(int at, int entryBytes, long from, long to) throws BadShard {
        long offset = block.getLong(at);
        long count = block.getLong(at + 8);
        boolean within = offset >= from && offset <= to && count >= 0 && count <= (to - offset) / entryBytes;
        if (count != 0 && !within) {
            throw new BadShard(
                    to + at,
                    "a table of " + Long.toUnsignedString(count) + " entries at " + Long.toUnsignedString(offset));
        }
    }

    private void needRecords(long start, long count) throws BadShard {
        if (count > (limit - position) / ShardFormat.RECORD_BYTES) {
            throw new BadShard(
                    start, "announces " + count + " records, and at most " + (limit - position) + " bytes can follow");
        }
    }

    private XetHash record() throws IOException {
        take(ShardFormat.RECORD_BYTES);
        return XetHash.of(bytes, 0);
    }

    private void take(int count) throws IOException {
        int allowed = (int) Math.min(count, limit - position);
        int there = in.readNBytes(bytes, 0, allowed);
        position += there;
        if (there < allowed || allowed < count && in.read() < 0) {
            throw new BadShard(position, "the shard is cut off");
        }
        if (allowed < count) {
            throw new BadShard(position, "the shard does not end within " + limit + " bytes");
        }
    }

    private int number(int index) {
        return block.getInt(XetHash.BYTES + 4 * index);
    }
}
