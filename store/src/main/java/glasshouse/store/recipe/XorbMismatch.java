package glasshouse.store.recipe;

import glasshouse.store.chunk.XetHash;
import java.io.IOException;

/** The bytes are a xorb, but not the one that was announced. Nothing of them is kept. */
public final class XorbMismatch extends IOException {
    private static final long serialVersionUID = 1L;

    XorbMismatch(XetHash expected, XetHash actual) {
        super("xorb " + expected + " was announced and the chunks make " + actual);
    }
}
