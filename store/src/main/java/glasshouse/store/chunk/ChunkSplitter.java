package glasshouse.store.chunk;

import java.io.IOException;

/**
 * Cuts a stream into chunks and hands each of them on in one piece. A chunk that lies within one call is handed on where it is;
 * others are put together in a buffer of 128 KiB. For one thread.
 */
public final class ChunkSplitter {
    /** Who takes the chunks. */
    @FunctionalInterface
    public interface Sink {
        /** Takes the next chunk: 1 to 131,072 bytes, which are only lent until this returns. */
        void chunk(byte[] bytes, int offset, int length) throws IOException;
    }

    private final Chunker chunker = new Chunker();
    private final byte[] begun = new byte[Chunker.MAX_BYTES];
    private final Sink sink;
    private int begunBytes;

    public ChunkSplitter(Sink sink) {
        this.sink = sink;
    }

    /** Takes the next bytes of the stream. After a failure of the sink the splitter is of no more use. */
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int to = offset + length;
        int from = offset;
        while (from < to) {
            int cut = chunker.next(bytes, from, to);
            int end = cut < 0 ? to : cut;
            if (cut >= 0 && begunBytes == 0) {
                sink.chunk(bytes, from, end - from);
            } else {
                System.arraycopy(bytes, from, begun, begunBytes, end - from);
                begunBytes += end - from;
                if (cut >= 0) {
                    handOn();
                }
            }
            from = end;
        }
    }

    /** Says that the stream has ended: what is left is its last chunk. Then the next stream may begin. */
    public void finish() throws IOException {
        chunker.begin();
        if (begunBytes > 0) {
            handOn();
        }
    }

    private void handOn() throws IOException {
        int length = begunBytes;
        begunBytes = 0;
        sink.chunk(begun, 0, length);
    }
}
