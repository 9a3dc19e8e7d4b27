package glasshouse.bench.row;

import glasshouse.bench.client.Api;
import glasshouse.bench.client.Load;
import glasshouse.bench.client.Tool;
import glasshouse.bench.server.BareServer;
import glasshouse.bench.server.Prepared;
import glasshouse.bench.server.ServerProcess;
import glasshouse.bench.table.Figure;
import glasshouse.bench.table.Goal;
import glasshouse.bench.table.Row;
import glasshouse.bench.table.Setting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What is asked most, by 32 clients at once, beside a bare handler of the same server that sends the same bytes. */
public final class RequestsRow implements Row {
    private static final int CLIENTS = 32;
    private static final int FILES = 50;
    /** Before it counts: a server runs for days, and its compiler is done with what is asked most after so many. */
    private static final int WARM = 60_000;

    private static final int REQUESTS = 20_000;

    /** What the server writes by itself. */
    private static final Set<String> OWN = Set.of("date", "content-length", "connection", ":status");

    @Override
    public String name() {
        return "requests";
    }

    @Override
    public String about() {
        return "resolve HEAD, model info, tree page of 52; 32 clients over open connections, on the same machine, after 60,000 of each";
    }

    private record Asked(String what, String method, String path) {}

    private record Rate(double median, double p99, double perSecond, double cpuMicros) {}

    @Override
    public List<Figure> measure(Setting setting) throws Exception {
        Path data = setting.onDisk("requests").resolve("data");
        String token = Prepared.folder(data);
        String entry = "models/" + Prepared.USER + "/asked";
        List<Asked> all = List.of(
                new Asked("resolve HEAD", "HEAD", "/" + Prepared.USER + "/asked/resolve/main/file7.txt"),
                new Asked("model info", "GET", "/api/" + entry),
                new Asked("tree page", "GET", "/api/" + entry + "/tree/main"));
        List<Figure> figures = new ArrayList<>();
        try (ServerProcess hub = ServerProcess.hub(data);
                Api api = new Api(hub.port(), token)) {
            api.create("model", "asked");
            for (int i = 0; i < FILES; i++) {
                api.commit(entry, "file" + i + ".txt", "content of file " + i + "\n");
            }
            hub.quiet(20);
            Path answers = setting.onDisk("answers");
            for (Asked asked : all) {
                record(api, asked, answers);
            }
            try (ServerProcess bare =
                    ServerProcess.of(BareServer.class, answers.resolve("log"), List.of(answers.toString()))) {
                for (Asked asked : all) {
                    Rate ours = load(setting, hub, asked, token);
                    Rate base = load(setting, bare, asked, token);
                    figures.addAll(figures(asked, ours, base));
                }
            }
        }
        return figures;
    }

    /** Lays out what the server answers, for the bare one to send. */
    private static void record(Api api, Asked asked, Path folder) throws Exception {
        boolean head = asked.method().equals("HEAD");
        var answer = (head ? api.head(asked.path()) : api.get(asked.path())).raw();
        List<String> lines = new ArrayList<>(List.of(asked.method() + " " + asked.path()));
        answer.headers().map().forEach((name, values) -> {
            if (!OWN.contains(name.toLowerCase(java.util.Locale.ROOT))
                    || head && name.equalsIgnoreCase("content-length")) {
                values.forEach(value -> lines.add(name + ": " + value));
            }
        });
        String name = asked.what().replace(' ', '-');
        Files.write(folder.resolve(name + ".head"), lines);
        Files.write(folder.resolve(name + ".body"), answer.body());
    }

    private static Rate load(Setting setting, ServerProcess server, Asked asked, String token) throws Exception {
        List<String> command = ServerProcess.java("-Xmx128m");
        command.addAll(List.of(
                Load.class.getName(),
                Integer.toString(server.port()),
                Integer.toString(CLIENTS),
                Integer.toString(setting.size(WARM, 1600)),
                Integer.toString(setting.size(REQUESTS, 1600)),
                asked.method(),
                asked.path(),
                token));
        double before = server.cpuSeconds();
        String[] said = Tool.run(setting.disk(), command).output().strip().split(" ");
        return new Rate(
                Double.parseDouble(said[0]),
                Double.parseDouble(said[1]),
                Double.parseDouble(said[3]),
                (server.cpuSeconds() - before) * 1e6 / (setting.size(WARM, 1600) + setting.size(REQUESTS, 1600)));
    }

    private static List<Figure> figures(Asked asked, Rate ours, Rate base) {
        return List.of(
                Figure.of(asked.what() + ": answered", ours.perSecond(), "/s")
                        .against(base.perSecond(), "a bare handler of the same server sends the same bytes")
                        .goal(new Goal.RatioAtLeast(0.4)),
                Figure.of(asked.what() + ": processor of the server for each", ours.cpuMicros(), "µs")
                        .against(base.cpuMicros(), "the bare handler")
                        .note("with what the compiler takes after the start"),
                Figure.of(asked.what() + ": 99th percentile", ours.p99(), "ms")
                        .against(base.p99(), "the bare handler")
                        .goal(new Goal.Value(25))
                        .note("median " + Math.round(ours.median() * 100) / 100.0 + " ms"));
    }
}
