package glasshouse.hub.download;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;

/**
 * The bytes of a file, and what they are called in HTTP.
 *
 * @param etag a name of the content, without quotes
 * @param sizeBytes how many
 * @param large whether it is a large file, whose content lies in the store
 * @param source gives a part of them
 */
record Content(String etag, long sizeBytes, boolean large, Source source) {
    /** Gives bytes. */
    @FunctionalInterface
    interface Source {
        void transfer(long from, long length, WritableByteChannel to) throws IOException;
    }
}
