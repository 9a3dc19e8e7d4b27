package glasshouse.store.object;

import java.io.IOException;

/** A folder is not a store that this version can open. Nothing in it was touched. */
public final class NotAStore extends IOException {
    private static final long serialVersionUID = 1L;

    public NotAStore(String message) {
        super(message);
    }
}
