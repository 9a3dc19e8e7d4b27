package glasshouse.store.recipe;

import glasshouse.store.chunk.XetHash;
import java.io.IOException;
import java.util.OptionalInt;

/** A xorb that should be there is missing, or its bytes are not those that its name stands for. */
public final class DamagedXorb extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient XetHash xorb;
    private final transient OptionalInt chunk;

    DamagedXorb(XetHash xorb, String reason) {
        super("xorb " + xorb + ": " + reason);
        this.xorb = xorb;
        this.chunk = OptionalInt.empty();
    }

    DamagedXorb(XetHash xorb, int chunk, String reason) {
        super("chunk " + chunk + " of xorb " + xorb + ": " + reason);
        this.xorb = xorb;
        this.chunk = OptionalInt.of(chunk);
    }

    public XetHash xorb() {
        return xorb;
    }

    /** Which chunk; absent where it is the xorb as a whole or its footer. */
    public OptionalInt chunk() {
        return chunk;
    }
}
