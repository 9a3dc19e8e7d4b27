package glasshouse.bench.row;

import glasshouse.bench.server.ServerProcess;
import glasshouse.bench.table.Figure;
import glasshouse.bench.table.Goal;
import glasshouse.bench.table.Row;
import glasshouse.bench.table.Samples;
import glasshouse.bench.table.Setting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** From the start of the process to the first answer, and what it has in memory when nobody asks. */
public final class StartRow implements Row {
    private static final int IDLE_MILLIS = 10_000;

    @Override
    public String name() {
        return "start";
    }

    @Override
    public String about() {
        return "start to first answer; memory after 10 s without requests";
    }

    @Override
    public List<Figure> measure(Setting setting) throws Exception {
        Path jar = setting.root().resolve("cli/target/glasshouse-all.jar");
        Path data = setting.onDisk("start").resolve("data");
        // The first start makes the databases: that is not what somebody waits for each day.
        double first = once(jar, data);
        int times = setting.size(7, 3);
        Samples plain = new Samples();
        for (int i = 0; i < times; i++) {
            plain.add(once(jar, data));
        }
        Path cache = setting.onDisk("cache").resolve("start.aot");
        once(jar, data, "-XX:AOTCacheOutput=" + cache, "-Xlog:aot=off", "-Xlog:cds=off");
        Samples cached = new Samples();
        for (int i = 0; i < times; i++) {
            cached.add(once(jar, data, "-XX:AOTCache=" + cache));
        }
        return List.of(
                Figure.of("start to first answer, plain", plain.median(), "s")
                        .goal(new Goal.Value(1.5))
                        .note(plain.range("s") + "; on an empty data folder " + Math.round(first * 100) / 100.0 + " s"),
                Figure.of("start to first answer, with a start-up cache", cached.median(), "s")
                        .goal(new Goal.Value(0.8))
                        .note(cached.range("s") + "; the cache has " + (Files.size(cache) >> 20) + " MiB"),
                Figure.of("memory when idle", idle(jar, data), "MiB").goal(new Goal.Value(200)),
                Figure.of("memory when idle, with a start-up cache", idle(jar, data, "-XX:AOTCache=" + cache), "MiB")
                        .goal(new Goal.Value(200)));
    }

    private static double once(Path jar, Path data, String... options) throws Exception {
        try (ServerProcess server = ServerProcess.jar(jar, data, options)) {
            return server.startSeconds();
        }
    }

    private static double idle(Path jar, Path data, String... options) throws Exception {
        try (ServerProcess server = ServerProcess.jar(jar, data, options)) {
            Thread.sleep(IDLE_MILLIS);
            return server.residentMiB();
        }
    }
}
