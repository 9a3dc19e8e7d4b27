package glasshouse.store.recipe;

import java.io.IOException;

/** A recipe that somebody sent cannot be bound. Nothing was bound. */
public final class BadRecipe extends IOException {
    private static final long serialVersionUID = 1L;

    /** What is wrong with it, in the order in which it is looked for. */
    public enum Reason {
        /** A term names a xorb that is not here. It may be sent, and the recipe again. */
        MISSING_XORB,
        /** A term names chunks that its xorb does not have. */
        NO_SUCH_CHUNKS,
        /** The chunks of a term have more or fewer bytes than it says. */
        WRONG_SIZE,
        /** A term has no hash over its chunks, so that nothing shows that the sender knows them. */
        NO_RANGE_HASH,
        /** The hash over the chunks of a term is another. */
        WRONG_RANGE_HASH,
        /** The tree over all chunks has another root. */
        WRONG_FILE_HASH,
        /** A xorb that it names is damaged here. It may be sent again, and then the recipe. */
        DAMAGED_XORB,
        /** The bytes have another SHA-256 than was claimed. */
        WRONG_SHA256
    }

    private final Reason reason;

    BadRecipe(Reason reason, String said) {
        super(said);
        this.reason = reason;
    }

    BadRecipe(Reason reason, IOException cause) {
        super(cause.getMessage(), cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
