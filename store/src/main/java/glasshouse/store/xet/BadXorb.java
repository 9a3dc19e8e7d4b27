package glasshouse.store.xet;

import java.io.IOException;

/** Bytes are not a xorb, or not one that we agree to read. */
public final class BadXorb extends IOException {
    private static final long serialVersionUID = 1L;

    private final long offsetBytes;
    private final String reason;

    BadXorb(long offsetBytes, String reason) {
        super("xorb, byte " + offsetBytes + ": " + reason);
        this.offsetBytes = offsetBytes;
        this.reason = reason;
    }

    /** The same fault in a chunk that begins at a place in the xorb. */
    BadXorb inChunkAt(long chunkOffsetBytes) {
        return new BadXorb(chunkOffsetBytes + offsetBytes, reason);
    }

    /** Where the faulty thing begins, from the start of what was read. */
    public long offsetBytes() {
        return offsetBytes;
    }

    /** What is wrong, lower case, without a full stop. */
    public String reason() {
        return reason;
    }
}
