package glasshouse.bench.row;

import glasshouse.bench.client.Api;
import glasshouse.bench.client.Content;
import glasshouse.bench.client.Digests;
import glasshouse.bench.client.Tool;
import glasshouse.bench.server.Prepared;
import glasshouse.bench.server.ServerProcess;
import glasshouse.bench.table.Figure;
import glasshouse.bench.table.Goal;
import glasshouse.bench.table.Row;
import glasshouse.bench.table.Samples;
import glasshouse.bench.table.Setting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A large file over plain HTTP: what the server takes of a processor, and how long it takes where the disk is real. */
public final class UploadRow implements Row {
    private static final int ROUNDS = 5;
    /** Uploads before those that count: the compiler is at work in the first ones. */
    private static final int WARM = 3;

    @Override
    public String name() {
        return "upload";
    }

    @Override
    public String about() {
        return "512 MiB by one PUT to a signed address: processor beside SHA-256, time beside dd";
    }

    @Override
    public List<Figure> measure(Setting setting) throws Exception {
        long size = setting.size(512, 64) * (1L << 20);
        Samples cpu = new Samples();
        double first = 0;
        Path data = setting.inMemory("upload").resolve("data");
        String token = Prepared.folder(data);
        try (ServerProcess hub = ServerProcess.hub(data);
                Api api = new Api(hub.port(), token)) {
            api.create("model", "large");
            for (int i = -WARM; i < ROUNDS; i++) {
                Content content = new Content(300 + i, size);
                String sha256 = content.sha256();
                double before = hub.cpuSeconds();
                api.upload(Prepared.USER + "/large", content, sha256);
                double taken = hub.cpuSeconds() - before;
                if (i >= 0) {
                    cpu.add(taken);
                } else if (i == -WARM) {
                    first = taken;
                }
            }
        }
        Samples hash = new Samples();
        List<String> command = ServerProcess.java();
        command.addAll(List.of(Digests.class.getName(), Long.toString(size), Integer.toString(ROUNDS)));
        for (String line : Tool.run(setting.disk(), command).output().strip().split("\n")) {
            hash.add(Double.parseDouble(line));
        }
        return List.of(
                Figure.of("processor of the server for an upload", cpu.median(), "s")
                        .against(hash.median(), "SHA-256 of as many bytes in a JVM that does nothing else")
                        .goal(new Goal.RatioAtMost(1.5))
                        .note(cpu.range("s")),
                Figure.of("the same, the first upload after the start", first, "s")
                        .against(hash.first(), "the first SHA-256 after the start of a JVM"),
                onDisk(setting, size));
    }

    /** In turn, so that both have the same disk and the same neighbours. */
    private static Figure onDisk(Setting setting, long size) throws Exception {
        Samples ours = new Samples();
        Samples dd = new Samples();
        Path data = setting.onDisk("upload").resolve("data");
        Path source = setting.inMemory("source").resolve("file");
        String token = Prepared.folder(data);
        try (ServerProcess hub = ServerProcess.hub(data);
                Api api = new Api(hub.port(), token)) {
            api.create("model", "large");
            for (int i = -1; i < setting.size(ROUNDS, 2); i++) {
                Content content = new Content(400 + i, size);
                content.inFile(source);
                String sha256 = content.sha256();
                double seconds = api.upload(Prepared.USER + "/large", content, sha256);
                Path copy = setting.disk().resolve("copy");
                double copied = Tool.run(
                                setting.disk(), List.of("dd", "if=" + source, "of=" + copy, "bs=1M", "conv=fdatasync"))
                        .seconds();
                Files.delete(copy);
                if (i >= 0) {
                    ours.add(seconds);
                    dd.add(copied);
                }
            }
        }
        return Figure.of("time of an upload, data on a real disk", ours.median(), "s")
                .against(dd.median(), "`dd conv=fdatasync` of the same bytes to the same disk")
                .goal(new Goal.RatioAtMost(1.1))
                .note(ours.range("s"));
    }
}
