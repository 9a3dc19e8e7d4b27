package glasshouse.store.object;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;

/** Bytes to store. */
public final class Samples {
    private Samples() {}

    /** The same bytes for the same seed. */
    public static byte[] bytes(long seed, int size) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    public static byte[] cut(byte[] bytes, int at, int length) {
        return Arrays.copyOfRange(bytes, at, at + length);
    }

    /** What the store should call them. */
    public static Stored named(byte[] bytes) {
        return new Stored(Sha256.of(ContentHash.begin().digest(bytes)), bytes.length);
    }

    public static Stored put(ObjectStore store, byte[] bytes) throws IOException {
        return put(store, bytes, named(bytes));
    }

    public static Stored put(ObjectStore store, byte[] bytes, Stored named) throws IOException {
        try (ObjectWriter writer = store.begin(Expectation.of(named.sha256(), named.sizeBytes()))) {
            writer.write(bytes, 0, bytes.length);
            return writer.commit();
        }
    }

    public static byte[] read(ObjectStore store, Sha256 sha256) throws IOException {
        try (StoredObject object = store.open(sha256).orElseThrow()) {
            return object.readFully(0, (int) object.sizeBytes());
        }
    }

    /** In pieces of all sizes, from arrays and from buffers of both kinds. */
    public static void writeInOddPieces(Intake writer, byte[] bytes, Random random) throws IOException {
        int at = 0;
        while (at < bytes.length) {
            int n = Math.min(bytes.length - at, 1 + random.nextInt(random.nextBoolean() ? 100_000 : 700_000));
            switch (random.nextInt(3)) {
                case 0 -> writer.write(bytes, at, n);
                case 1 -> writer.write(ByteBuffer.wrap(bytes, at, n).slice());
                default ->
                    writer.write(ByteBuffer.allocateDirect(n).put(bytes, at, n).flip());
            }
            at += n;
        }
    }
}
