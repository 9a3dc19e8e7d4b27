package glasshouse.store.object;

import glasshouse.format.source.ByteSource;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 of bytes. */
public final class ContentHash {
    private ContentHash() {}

    public static MessageDigest begin() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every Java has SHA-256", impossible);
        }
    }

    /** Reads all of it. */
    public static Stored of(ByteSource source) throws IOException {
        MessageDigest digest = begin();
        byte[] piece = new byte[Pieces.SIZE_BYTES];
        long at = 0;
        for (int n = source.read(at, piece, 0, piece.length); n >= 0; n = source.read(at, piece, 0, piece.length)) {
            digest.update(piece, 0, n);
            at += n;
        }
        return new Stored(Sha256.of(digest.digest()), at);
    }
}
