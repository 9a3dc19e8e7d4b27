package glasshouse.bench.client;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;

/**
 * Bytes without end that no two seeds have in common and that do not compress: a random piece, again and again, each time with
 * another number at its start. Seed 0 is zeros.
 */
public record Content(long seed, long sizeBytes) {
    private static final int PIECE = 1 << 20;

    /** Takes pieces of the content, in order. */
    @FunctionalInterface
    private interface Sink {
        void take(byte[] piece, int length) throws IOException;
    }

    private void pour(Sink sink) throws IOException {
        byte[] piece = new byte[PIECE];
        if (seed != 0) {
            new Random(seed).nextBytes(piece);
        }
        long number = 0;
        for (long left = sizeBytes; left > 0; left -= PIECE) {
            if (seed != 0) {
                ByteBuffer.wrap(piece).putLong(number++);
            }
            sink.take(piece, (int) Math.min(PIECE, left));
        }
    }

    public void writeTo(OutputStream out) throws IOException {
        pour((piece, length) -> out.write(piece, 0, length));
    }

    public Path inFile(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            writeTo(out);
        }
        return file;
    }

    public String sha256() throws IOException {
        MessageDigest digest = digest();
        pour((piece, length) -> digest.update(piece, 0, length));
        return HexFormat.of().formatHex(digest.digest());
    }

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has it", e);
        }
    }
}
