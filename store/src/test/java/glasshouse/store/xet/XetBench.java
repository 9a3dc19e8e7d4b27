package glasshouse.store.xet;

import glasshouse.store.chunk.Chunker;
import glasshouse.store.chunk.Vectors;
import glasshouse.store.chunk.XetHasher;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Random;

/**
 * How fast the steps of taking in a file are beside SHA-256, in MB per second of processor time of one thread: the best of some
 * rounds, in turns, as the machine may be shared. Prints, and never decides anything. Without {@code --add-modules
 * jdk.incubator.vector} it shows the plain way of hashing.
 */
final class XetBench {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int SIZE = 16 << 20;
    private static final int CHUNK = 64 << 10;
    private static final int ROUNDS = 12;

    private XetBench() {}

    private interface Work {
        void run() throws IOException;
    }

    private record Step(String name, Work work) {}

    /** Weights as they are kept: bf16, normally distributed. */
    private static byte[] weights() {
        byte[] bytes = new byte[SIZE];
        Random random = new Random(2);
        for (int i = 0; i < bytes.length; i += 2) {
            int bits = Float.floatToIntBits((float) (random.nextGaussian() * 0.02)) >>> 16;
            bytes[i] = (byte) bits;
            bytes[i + 1] = (byte) (bits >>> 8);
        }
        return bytes;
    }

    private static byte[] xorb(byte[] bytes, Scheme scheme) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        XorbWriter writer = new XorbWriter(out);
        XetHasher hasher = new XetHasher();
        for (int at = 0; at < SIZE; at += CHUNK) {
            writer.add(hasher.chunk(bytes, at, CHUNK), scheme, bytes, at, CHUNK);
        }
        return out.toByteArray();
    }

    private static void read(byte[] body) throws IOException {
        XorbReader reader = new XorbReader(new ByteArrayInputStream(body));
        while (reader.next()) {
            // what it finds was checked elsewhere
        }
    }

    private static void decode(Xorb xorb, byte[] body, ChunkCodec codec, byte[] raw) throws IOException {
        for (int i = 0; i < xorb.chunks().size(); i++) {
            int start = xorb.encodedStart(i);
            codec.decode(body, start, xorb.encodedStart(i + 1) - start, raw, 0);
        }
    }

    private static Xorb shape(byte[] body) throws IOException {
        XorbReader reader = new XorbReader(new ByteArrayInputStream(body));
        while (reader.next()) {
            // to the end
        }
        return reader.xorb();
    }

    public static void main(String[] args) throws IOException, NoSuchAlgorithmException {
        byte[] random = Vectors.splitMix(1, SIZE);
        byte[] weights = weights();
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        XetHasher hasher = new XetHasher();
        ChunkCodec codec = new ChunkCodec();
        byte[] out = new byte[ChunkCodec.MAX_ENCODED_BYTES];
        byte[] raw = new byte[Chunker.MAX_BYTES];
        byte[] stored = xorb(random, Scheme.STORED);
        byte[] lz4 = xorb(weights, Scheme.LZ4);
        byte[] grouped = xorb(weights, Scheme.GROUPED_LZ4);
        Xorb groupedXorb = shape(grouped);
        Step[] steps = {
            new Step("SHA-256, MessageDigest", () -> sha256.update(random)),
            new Step("chunker, random bytes", () -> {
                Chunker chunker = new Chunker();
                for (int at = 0; at >= 0; at = chunker.next(random, at, SIZE)) {
                    // to the next cut
                }
            }),
            new Step(XetHasher.engine() + ", 64 KiB chunks", () -> {
                for (int at = 0; at < SIZE; at += CHUNK) {
                    hasher.chunk(random, at, CHUNK);
                }
            }),
            new Step("choosing a scheme, weights", () -> {
                for (int at = 0; at < SIZE; at += CHUNK) {
                    codec.choose(weights, at, CHUNK);
                }
            }),
            new Step("encoding lz4, random bytes", () -> encode(codec, Scheme.LZ4, random, out)),
            new Step("encoding grouped lz4, weights", () -> encode(codec, Scheme.GROUPED_LZ4, weights, out)),
            new Step("decoding grouped lz4, weights", () -> decode(groupedXorb, grouped, codec, raw)),
            new Step("reading a xorb, stored", () -> read(stored)),
            new Step("reading a xorb, lz4 weights", () -> read(lz4)),
            new Step("reading a xorb, grouped lz4 weights", () -> read(grouped)),
        };
        long[] best = new long[steps.length];
        Arrays.fill(best, Long.MAX_VALUE);
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < steps.length; i++) {
                long begin = THREADS.getCurrentThreadCpuTime();
                steps[i].work().run();
                best[i] = Math.min(best[i], THREADS.getCurrentThreadCpuTime() - begin);
            }
        }
        for (int i = 0; i < steps.length; i++) {
            System.out.printf("%-40s %6.0f MB/s%n", steps[i].name(), SIZE * 1e3 / best[i]);
        }
        System.out.printf("grouped lz4 makes weights %.3f times smaller%n", (double) SIZE / grouped.length);
    }

    private static void encode(ChunkCodec codec, Scheme scheme, byte[] bytes, byte[] out) {
        for (int at = 0; at < SIZE; at += CHUNK) {
            codec.encode(scheme, bytes, at, CHUNK, out, 0);
        }
    }
}
