package glasshouse.bench.row;

import glasshouse.bench.client.Api;
import glasshouse.bench.client.Content;
import glasshouse.bench.server.EndlessHub;
import glasshouse.bench.server.Prepared;
import glasshouse.bench.server.ServerProcess;
import glasshouse.bench.table.Figure;
import glasshouse.bench.table.Goal;
import glasshouse.bench.table.Row;
import glasshouse.bench.table.Setting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A file larger than the machine streams through a small heap. The disk is simulated, all else is real. */
public final class StreamRow implements Row {
    private static final long FULL_BYTES = 100_000_000_000L;

    @Override
    public String name() {
        return "stream";
    }

    @Override
    public String about() {
        return "100 GB by one PUT, -Xmx256m, a disk that keeps nothing";
    }

    @Override
    public List<Figure> measure(Setting setting) throws Exception {
        long size = Long.getLong("stream.bytes", setting.full() ? FULL_BYTES : 4_000_000_000L);
        Content zeros = new Content(0, size);
        String sha256 = zeros.sha256();
        Path folder = setting.onDisk("stream");
        Path token = folder.resolve("token");
        Path peak = folder.resolve("peak");
        List<String> arguments = List.of(folder.resolve("data").toString(), token.toString(), peak.toString());
        try (ServerProcess hub = ServerProcess.of(EndlessHub.class, folder.resolve("log"), arguments, "-Xmx256m");
                Api api = new Api(hub.port(), Files.readString(token))) {
            api.create("model", "huge");
            double before = hub.cpuSeconds();
            double seconds = api.upload(Prepared.USER + "/huge", zeros, sha256);
            double cpu = hub.cpuSeconds() - before;
            Thread.sleep(500);
            return List.of(
                    Figure.of("peak of the heap", Long.parseLong(Files.readString(peak)) / 1048576.0, "MiB")
                            .goal(new Goal.Value(256))
                            .note("of " + size / 1_000_000_000 + " GB; sum of the peaks of its parts"),
                    Figure.of("rate", size / seconds / 1e6, "MB/s")
                            .note(Math.round(seconds) + " s, " + Math.round(cpu) + " s of processor in the server"),
                    Figure.of("memory of the process at the end", hub.residentMiB(), "MiB"));
        }
    }
}
