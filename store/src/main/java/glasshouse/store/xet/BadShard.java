package glasshouse.store.xet;

import java.io.IOException;

/** Bytes are not a shard, or not one that we agree to read. */
public final class BadShard extends IOException {
    private static final long serialVersionUID = 1L;

    private final long offsetBytes;
    private final String reason;

    BadShard(long offsetBytes, String reason) {
        super("shard, byte " + offsetBytes + ": " + reason);
        this.offsetBytes = offsetBytes;
        this.reason = reason;
    }

    /** Where the faulty thing begins, from the start of the shard. */
    public long offsetBytes() {
        return offsetBytes;
    }

    /** What is wrong, lower case, without a full stop. */
    public String reason() {
        return reason;
    }
}
