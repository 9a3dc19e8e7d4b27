package glasshouse.store.recipe;

import com.sun.management.OperatingSystemMXBean;
import glasshouse.store.chunk.ChunkSplitter;
import glasshouse.store.chunk.XetHasher;
import glasshouse.store.disk.Disk;
import glasshouse.store.disk.EndlessDisk;
import glasshouse.store.disk.RealDisk;
import glasshouse.store.object.ContentHash;
import glasshouse.store.object.Expectation;
import glasshouse.store.object.ObjectWriter;
import glasshouse.store.object.Samples;
import glasshouse.store.object.Sha256;
import glasshouse.store.object.StoredObject;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * How much processor time storing takes beside SHA-256, chunking and BLAKE3 of the same bytes, in turns. Arguments: a folder to
 * write to (or {@code endless} for a disk that keeps nothing), rounds, then files. Prints the best of the rounds, and never decides
 * anything.
 */
final class RecipeBench {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final int PIECE = 64 << 10;

    private RecipeBench() {}

    private interface Work {
        void run() throws IOException;
    }

    public static void main(String[] args) throws IOException {
        boolean endless = args[0].equals("endless");
        Disk disk = endless ? new EndlessDisk() : new RealDisk();
        RecipeStore store = RecipeStore.open(disk, Path.of(endless ? "/store" : args[0]), 0);
        int rounds = Integer.parseInt(args[1]);
        compare(store, !endless, "random bytes", Samples.bytes(1, 256 << 20), rounds);
        for (String file : Arrays.asList(args).subList(2, args.length)) {
            compare(
                    store,
                    !endless,
                    String.valueOf(Path.of(file).getFileName()),
                    repeated(Files.readAllBytes(Path.of(file))),
                    rounds);
        }
    }

    /** Enough of it to be measured, without being the same chunks again. */
    private static byte[] repeated(byte[] file) {
        byte[] all = new byte[Math.max(1, (128 << 20) / file.length) * file.length];
        for (int at = 0; at < all.length; at++) {
            // Every other copy is turned a little, which keeps its distribution and makes other chunks.
            all[at] = file[(at + 2 * (at / file.length)) % file.length];
        }
        for (int copy = 0; copy < all.length / file.length; copy++) {
            for (int at = copy * file.length; at < (copy + 1) * file.length; at += 4096) {
                all[at] ^= (byte) (copy + 1);
            }
        }
        return all;
    }

    private static void compare(RecipeStore store, boolean readable, String what, byte[] bytes, int rounds)
            throws IOException {
        Sha256 name = Samples.named(bytes).sha256();
        double[] reading = new double[rounds];
        double[] hashing = new double[rounds];
        double[] storing = new double[rounds];
        double[] wall = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            hashing[round] = cpuSeconds(() -> {
                MessageDigest digest = ContentHash.begin();
                XetHasher hasher = new XetHasher();
                ChunkSplitter splitter = new ChunkSplitter(hasher::chunk);
                for (int at = 0; at < bytes.length; at += PIECE) {
                    int n = Math.min(PIECE, bytes.length - at);
                    digest.update(bytes, at, n);
                    splitter.write(bytes, at, n);
                }
                splitter.finish();
                digest.digest();
            });
            long begin = System.nanoTime();
            storing[round] = cpuSeconds(() -> {
                try (ObjectWriter writer = store.begin(Expectation.ofSize(bytes.length))) {
                    for (int at = 0; at < bytes.length; at += PIECE) {
                        writer.write(bytes, at, Math.min(PIECE, bytes.length - at));
                    }
                    writer.commit();
                }
            });
            wall[round] = (System.nanoTime() - begin) / 1e9;
            if (readable) {
                reading[round] = cpuSeconds(() -> {
                    try (StoredObject object = store.open(name).orElseThrow()) {
                        object.transferTo(0, bytes.length, Channels.newChannel(OutputStream.nullOutputStream()));
                    }
                });
            }
        }
        System.out.printf(
                "%-24s %s: hashing %.0f MB/s of CPU; storing %.0f MB/s of CPU = %.2f x; %.0f MB/s wall; reading %.0f MB/s of CPU%n",
                what,
                XetHasher.engine(),
                bytes.length / 1e6 / least(hashing),
                bytes.length / 1e6 / least(storing),
                least(storing) / least(hashing),
                bytes.length / 1e6 / least(wall),
                readable ? bytes.length / 1e6 / least(reading) : 0);
    }

    /** The machine may be shared. */
    private static double least(double[] values) {
        return Arrays.stream(values).min().orElse(0);
    }

    private static double cpuSeconds(Work work) throws IOException {
        long begin = SYSTEM.getProcessCpuTime();
        work.run();
        return (SYSTEM.getProcessCpuTime() - begin) / 1e9;
    }
}
