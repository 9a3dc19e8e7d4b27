package glasshouse.store.part;

import java.util.HexFormat;

/**
 * A part that is here.
 *
 * @param number from 1
 * @param crc32c of its bytes: cheap, and enough to notice damage; the proof is the SHA-256 of the whole
 */
public record Part(int number, long sizeBytes, int crc32c) {
    /** What a client sends back to say that it means these bytes; without quotes. */
    public String etag() {
        return HexFormat.of().toHexDigits(crc32c) + "-" + sizeBytes;
    }
}
