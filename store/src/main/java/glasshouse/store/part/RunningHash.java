package glasshouse.store.part;

import glasshouse.store.disk.DiskFile;
import glasshouse.store.object.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.zip.CRC32C;

/**
 * The SHA-256 of the parts from the first one as far as there is no gap. Guarded by {@link OpenUpload#complete}. Each part is
 * compared with its checksum on the way, so that one damaged part is sent again rather than the whole.
 */
final class RunningHash {
    private static final int PIECE_BYTES = 256 * 1024;

    private MessageDigest digest = begin();
    private int next = 1;

    private static MessageDigest begin() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every Java has SHA-256", impossible);
        }
    }

    /** The part that is to be hashed next. */
    int next() {
        return next;
    }

    /**
     * Hashes the next part.
     *
     * @return whether it is what it was when it came; otherwise nothing has changed here
     */
    boolean add(OpenUpload upload, DiskFile data) throws IOException {
        MessageDigest before = copy(digest);
        boolean added = false;
        try {
            added = isWhole(upload.part(next), upload.plan, data, digest::update);
        } finally {
            if (added) {
                next++;
            } else {
                digest = before;
            }
        }
        return added;
    }

    /** Whether a part still has its checksum. */
    static boolean isWhole(Part part, UploadPlan plan, DiskFile data) throws IOException {
        return isWhole(part, plan, data, (piece, at, length) -> {});
    }

    /** Takes bytes that were read. */
    private interface Reader {
        void take(byte[] piece, int at, int length);
    }

    private static boolean isWhole(Part part, UploadPlan plan, DiskFile data, Reader reader) throws IOException {
        byte[] piece = new byte[(int) Math.min(PIECE_BYTES, part.sizeBytes())];
        CRC32C crc = new CRC32C();
        long done = 0;
        while (done < part.sizeBytes()) {
            ByteBuffer into = ByteBuffer.wrap(piece, 0, (int) Math.min(piece.length, part.sizeBytes() - done));
            int n = data.read(plan.offsetOf(part.number()) + done, into);
            if (n < 0) {
                return false;
            }
            reader.take(piece, 0, n);
            crc.update(piece, 0, n);
            done += n;
        }
        return (int) crc.getValue() == part.crc32c();
    }

    /** A part will be another one: what rests on it begins again. */
    void forget(int number) {
        if (number < next) {
            digest = begin();
            next = 1;
        }
    }

    /** The digest of all parts so far. */
    Sha256 value() {
        return Sha256.of(copy(digest).digest());
    }

    private static MessageDigest copy(MessageDigest digest) {
        try {
            return (MessageDigest) digest.clone();
        } catch (CloneNotSupportedException impossible) {
            throw new AssertionError("the digest of the JDK can be copied", impossible);
        }
    }
}
