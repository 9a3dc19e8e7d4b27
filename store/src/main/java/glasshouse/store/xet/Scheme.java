package glasshouse.store.xet;

import java.util.Optional;

/** How the bytes of a chunk lie in a xorb. There are no other ways; the reference implementation's 99 is never written. */
public enum Scheme {
    /** As they are. */
    STORED(0),
    /** LZ4 frames. */
    LZ4(1),
    /** Regrouped by place modulo four, then LZ4 frames: for numbers of 16 or 32 bits. */
    GROUPED_LZ4(2);

    private final int code;

    Scheme(int code) {
        this.code = code;
    }

    /** What stands in the header of a chunk. */
    public int code() {
        return code;
    }

    static Optional<Scheme> of(int code) {
        return switch (code) {
            case 0 -> Optional.of(STORED);
            case 1 -> Optional.of(LZ4);
            case 2 -> Optional.of(GROUPED_LZ4);
            default -> Optional.empty();
        };
    }
}
