package glasshouse.hub.web;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A body that can be handed on in the buffers that the network filled, without a copy. */
public interface Pouring {
    /** Takes pieces of a body. */
    @FunctionalInterface
    interface Sink {
        /** Takes all that remains in the buffer, which is somebody else's again when the call returns. */
        void take(ByteBuffer piece) throws IOException;
    }

    /** Hands on all that is left of the body; says how many bytes there were. */
    long pourInto(Sink sink) throws IOException;
}
