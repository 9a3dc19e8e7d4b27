package glasshouse.store.object;

import com.sun.management.OperatingSystemMXBean;
import glasshouse.store.disk.Disk;
import glasshouse.store.disk.EndlessDisk;
import glasshouse.store.disk.RealDisk;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How much storing costs beside hashing the same bytes, both in one run, in turns. Arguments: a folder to write to (or {@code
 * endless} for a disk that keeps nothing), MiB per object, rounds. Prints medians, and never decides anything.
 */
final class StoreBench {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private StoreBench() {}

    private record Cost(double wallMs, double cpuMs) {}

    private interface Work {
        void run() throws IOException;
    }

    public static void main(String[] args) throws IOException {
        boolean endless = args[0].equals("endless");
        Disk disk = endless ? new EndlessDisk() : new RealDisk();
        long size = Long.parseLong(args[1]) << 20;
        int rounds = Integer.parseInt(args[2]);
        FolderStore store = FolderStore.open(disk, Path.of(endless ? "/store" : args[0]), 0);
        byte[] source = Samples.bytes(1, 32 << 20);
        for (int piece : List.of(8 << 10, 32 << 10, 64 << 10)) {
            List<Cost> hashing = new ArrayList<>();
            List<Cost> storing = new ArrayList<>();
            for (int round = 0; round < rounds; round++) {
                MessageDigest digest = ContentHash.begin();
                hashing.add(cost(() -> {
                    for (long at = 0; at < size; at += piece) {
                        digest.update(source, (int) (at % source.length), piece);
                    }
                    digest.digest();
                }));
                storing.add(cost(() -> {
                    try (ObjectWriter writer = store.begin(Expectation.ofSize(size))) {
                        for (long at = 0; at < size; at += piece) {
                            writer.write(source, (int) (at % source.length), piece);
                        }
                        store.delete(writer.commit().sha256());
                    }
                }));
            }
            System.out.printf(
                    "%3d KiB writes: SHA-256 alone %.0f ms; stored %.0f ms wall = %.2f x, %.0f ms CPU = %.2f x; heap %d MiB of %d%n",
                    piece >> 10,
                    median(hashing, Cost::cpuMs),
                    median(storing, Cost::wallMs),
                    median(storing, Cost::wallMs) / median(hashing, Cost::wallMs),
                    median(storing, Cost::cpuMs),
                    median(storing, Cost::cpuMs) / median(hashing, Cost::cpuMs),
                    Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory() >> 20,
                    Runtime.getRuntime().maxMemory() >> 20);
        }
    }

    private static double median(List<Cost> costs, ToDoubleFunction<Cost> part) {
        return costs.stream()
                .mapToDouble(part)
                .sorted()
                .skip(costs.size() / 2)
                .findFirst()
                .orElse(0);
    }

    private static Cost cost(Work work) throws IOException {
        long cpu = SYSTEM.getProcessCpuTime();
        long wall = System.nanoTime();
        work.run();
        return new Cost((System.nanoTime() - wall) / 1e6, (SYSTEM.getProcessCpuTime() - cpu) / 1e6);
    }
}
