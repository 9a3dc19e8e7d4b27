package glasshouse.bench.server;

import glasshouse.hub.Hub;
import glasshouse.hub.HubConfig;
import glasshouse.store.disk.EndlessDisk;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;

/**
 * The whole program over a disk that takes any amount of objects and keeps nothing. Arguments: port, data folder, file for the
 * token, file for the peak of the heap in bytes, which is written again and again.
 */
public final class EndlessHub {
    private EndlessHub() {}

    public static void main(String[] arguments) throws Exception {
        HubConfig config = HubConfig.inFolder(Path.of(arguments[1]), Integer.parseInt(arguments[0]));
        Hub hub = Hub.open(config, InstantSource.system(), line -> {}, route -> route, new EndlessDisk());
        Files.writeString(Path.of(arguments[2]), Prepared.token(hub, Prepared.person(hub)));
        hub.start();
        Path peak = Path.of(arguments[3]);
        CountDownLatch stop = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(stop::countDown));
        do {
            Files.writeString(peak, Long.toString(peakHeapBytes()));
        } while (!stop.await(200, java.util.concurrent.TimeUnit.MILLISECONDS));
    }

    /** The sum of what each part of the heap once had at most: never less than the heap had at one time. */
    private static long peakHeapBytes() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(EndlessHub::peak)
                .sum();
    }

    private static long peak(MemoryPoolMXBean pool) {
        return pool.getPeakUsage().getUsed();
    }
}
