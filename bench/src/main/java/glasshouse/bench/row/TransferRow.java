package glasshouse.bench.row;

import glasshouse.bench.client.Api;
import glasshouse.bench.client.Content;
import glasshouse.bench.client.Tool;
import glasshouse.bench.server.DiscardServer;
import glasshouse.bench.server.Prepared;
import glasshouse.bench.server.ServerProcess;
import glasshouse.bench.table.Figure;
import glasshouse.bench.table.Goal;
import glasshouse.bench.table.Row;
import glasshouse.bench.table.Samples;
import glasshouse.bench.table.Setting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A large file, up and down, by the programs that people use, against a server that discards and sends zeros. */
public final class TransferRow implements Row {
    private static final Goal GOAL = new Goal.RatioAtMost(1.15);
    private static final String BASELINE = "a server that discards and sends zeros";

    @Override
    public String name() {
        return "transfer";
    }

    @Override
    public String about() {
        return "512 MiB up and down by @huggingface/hub and git-lfs, data on a memory disk";
    }

    /** Our times and those of the baseline, taken in turn. */
    private record Pair(Samples ours, Samples base) {
        Pair() {
            this(new Samples(), new Samples());
        }

        Figure figure(String what) {
            return Figure.of(what, ours.median(), "s")
                    .against(base.median(), BASELINE)
                    .goal(GOAL)
                    .note(ours.range("s"));
        }
    }

    @Override
    public List<Figure> measure(Setting setting) throws Exception {
        long size = setting.size(512, 32) * (1L << 20);
        int times = setting.size(3, 1);
        Path data = setting.inMemory("transfer").resolve("data");
        String token = Prepared.folder(data);
        Path work = setting.inMemory("client");
        List<Figure> figures = new ArrayList<>();
        try (ServerProcess hub = ServerProcess.hub(data);
                ServerProcess bare = ServerProcess.of(DiscardServer.class, work.resolve("bare.log"), List.of());
                Api api = new Api(hub.port(), token)) {
            api.create("model", "large");
            figures.addAll(javascript(setting, hub, bare, token, size, times, work));
            figures.addAll(gitLfs(hub, bare, token, size, times, work));
        }
        return figures;
    }

    private static List<Figure> javascript(
            Setting setting, ServerProcess hub, ServerProcess bare, String token, long size, int times, Path work)
            throws Exception {
        Pair up = new Pair();
        Pair down = new Pair();
        Path file = work.resolve("file");
        Path back = work.resolve("back");
        for (int i = -1; i < times; i++) {
            // Another content each time: what the server has already is not sent again. The first time is not counted.
            new Content(100 + i, size).inFile(file);
            String name = "f" + i + "-" + size;
            double[] seconds = new double[4];
            seconds[0] = node(setting, token, "upload", hub, name, file);
            seconds[1] = node(setting, token, "upload", bare, name, file);
            seconds[2] = node(setting, token, "download", hub, name, back);
            if (Files.mismatch(file, back) >= 0) {
                throw new IllegalStateException("what came back is not what was sent");
            }
            seconds[3] = node(setting, token, "download", bare, name, back);
            if (i >= 0) {
                up.ours.add(seconds[0]);
                up.base.add(seconds[1]);
                down.ours.add(seconds[2]);
                down.base.add(seconds[3]);
            }
        }
        Files.delete(file);
        Files.delete(back);
        return List.of(up.figure("upload by @huggingface/hub"), down.figure("download by @huggingface/hub"));
    }

    private static double node(Setting setting, String token, String what, ServerProcess server, String name, Path file)
            throws Exception {
        String given = System.getenv("GLASSHOUSE_CLIENTS");
        String clients = given != null
                ? given
                : setting.root().resolve("acceptance/clients").toString();
        Path script = setting.root().resolve("bench/clients/transfer.mjs");
        List<String> command =
                List.of("node", script.toString(), what, server.url(), Prepared.USER + "/large", name, file.toString());
        Map<String, String> environment = Map.of("HUB_TOKEN", token, "CLIENTS", clients);
        return Double.parseDouble(Tool.run(setting.root(), command, environment, Path.of("/dev/null"))
                .output()
                .strip());
    }

    private static List<Figure> gitLfs(
            ServerProcess hub, ServerProcess bare, String token, long size, int times, Path work) throws Exception {
        Pair up = new Pair();
        Pair down = new Pair();
        // What the baseline sends is zeros, so that is what git-lfs must expect of it.
        String zeros = new Content(0, size).sha256();
        for (int i = -1; i < times; i++) {
            Content content = new Content(200 + i, size);
            String oid = content.sha256();
            double[] seconds = new double[4];
            seconds[0] = push(work, hub, token, oid, content);
            seconds[1] = push(work, bare, token, oid, content);
            seconds[2] = smudge(work, hub, token, oid, size);
            seconds[3] = smudge(work, bare, token, zeros, size);
            if (i >= 0) {
                up.ours.add(seconds[0]);
                up.base.add(seconds[1]);
                down.ours.add(seconds[2]);
                down.base.add(seconds[3]);
            }
        }
        return List.of(up.figure("upload by git-lfs"), down.figure("download by git-lfs"));
    }

    /** A repository that knows a server and has one object, or none. */
    private static Path repository(Path work, ServerProcess server, String token) throws Exception {
        Path repo = Files.createTempDirectory(work, "repo");
        Tool.git(repo, "init", "-q");
        String url = "http://" + Prepared.USER + ":" + token + "@127.0.0.1:" + server.port() + "/" + Prepared.USER
                + "/large";
        Tool.git(repo, "remote", "add", "origin", url);
        Tool.git(repo, "config", "lfs.url", url + ".git/info/lfs");
        Tool.git(repo, "config", "lfs.locksverify", "false");
        return repo;
    }

    private static double push(Path work, ServerProcess server, String token, String oid, Content content)
            throws Exception {
        Path repo = repository(work, server, token);
        Path folder = Files.createDirectories(
                repo.resolve(".git/lfs/objects/" + oid.substring(0, 2) + "/" + oid.substring(2, 4)));
        content.inFile(folder.resolve(oid));
        double seconds =
                Tool.git(repo, "lfs", "push", "--object-id", "origin", oid).seconds();
        Setting.remove(repo);
        return seconds;
    }

    private static double smudge(Path work, ServerProcess server, String token, String oid, long size)
            throws Exception {
        Path repo = repository(work, server, token);
        Path pointer = Files.writeString(
                repo.resolve("pointer"),
                "version https://git-lfs.github.com/spec/v1\noid sha256:" + oid + "\nsize " + size + "\n");
        Tool.Done done = Tool.run(repo, List.of("sh", "-c", "git lfs smudge > out"), Map.of(), pointer);
        if (Files.size(repo.resolve("out")) != size) {
            throw new IllegalStateException("git-lfs did not get the file: " + done.output());
        }
        Setting.remove(repo);
        return done.seconds();
    }
}
