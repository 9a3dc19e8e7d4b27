package glasshouse.bench.row;

import glasshouse.bench.client.Api;
import glasshouse.bench.client.Content;
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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Many push 20 MB at the same moment: to branches of one repository, and to repositories of their own. */
public final class PushesRow implements Row {
    /** Below what must go to git-lfs. */
    private static final int FILES = 4;

    private static final long FILE_BYTES = 5_000_000;

    @Override
    public String name() {
        return "pushes";
    }

    @Override
    public String about() {
        return "50 pushes of 20 MB at once by git, data on a real disk; then all is fetched and compared";
    }

    private record Pushed(Path repo, String url, String branch, String head, double seconds) {}

    @Override
    public List<Figure> measure(Setting setting) throws Exception {
        int count = setting.size(50, 5);
        Path data = setting.onDisk("pushes").resolve("data");
        String token = Prepared.folder(data);
        List<Figure> figures = new ArrayList<>();
        try (ServerProcess hub = ServerProcess.hub(data);
                Api api = new Api(hub.port(), token)) {
            String base = "http://" + Prepared.USER + ":" + token + "@127.0.0.1:" + hub.port() + "/datasets/"
                    + Prepared.USER + "/";
            api.create("dataset", "shared");
            List<String> own = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                api.create("dataset", "own" + i);
                own.add(base + "own" + i);
            }
            Path work = setting.inMemory("pushes");
            figures.addAll(
                    at(work, "branches of one repository", java.util.Collections.nCopies(count, base + "shared")));
            figures.addAll(at(work, "repositories of their own", own));
        }
        return figures;
    }

    private static List<Figure> at(Path work, String where, List<String> urls) throws Exception {
        List<Path> repos = new ArrayList<>();
        for (int i = 0; i < urls.size(); i++) {
            repos.add(repository(work, i));
        }
        List<Pushed> all = new ArrayList<>();
        long started = System.nanoTime();
        int refused = 0;
        try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Pushed>> pushes = new ArrayList<>();
            for (int i = 0; i < repos.size(); i++) {
                Path repo = repos.get(i);
                String url = urls.get(i);
                String branch = "line" + i;
                pushes.add(people.submit(() -> push(repo, url, branch)));
            }
            for (Future<Pushed> push : pushes) {
                try {
                    all.add(push.get());
                } catch (java.util.concurrent.ExecutionException e) {
                    refused++;
                    System.err.println("a push failed: " + e.getCause());
                }
            }
        }
        double seconds = (System.nanoTime() - started) / 1e9;
        int lost = refused;
        Samples times = new Samples();
        for (Pushed push : all) {
            times.add(push.seconds());
            lost += isThere(work, push) ? 0 : 1;
        }
        for (Path repo : repos) {
            Setting.remove(repo);
        }
        double megabytes = FILE_BYTES * FILES * urls.size() / 1e6;
        return List.of(
                Figure.of(urls.size() + " to " + where + ": lost", lost, "pushes")
                        .goal(new Goal.Value(0))
                        .note(refused + " refused; each was fetched again and compared"),
                Figure.of(urls.size() + " to " + where + ": 99th percentile", times.percentile(99), "s")
                        .note("median " + Math.round(times.median() * 10) / 10.0 + " s, all together "
                                + Math.round(megabytes / seconds) + " MB/s"));
    }

    private static Path repository(Path work, int number) throws Exception {
        Path repo = Files.createTempDirectory(work, "push");
        Tool.git(repo, "init", "-q");
        for (int i = 0; i < FILES; i++) {
            new Content(1000L + (long) number * FILES + i, FILE_BYTES).inFile(repo.resolve("part" + i));
        }
        Tool.git(repo, "add", "-A");
        Tool.git(repo, "commit", "-qm", "20 MB");
        return repo;
    }

    private static Pushed push(Path repo, String url, String branch) throws Exception {
        double seconds =
                Tool.git(repo, "push", "-q", url, "HEAD:refs/heads/" + branch).seconds();
        String head = Tool.git(repo, "rev-parse", "HEAD").output().strip();
        return new Pushed(repo, url, branch, head, seconds);
    }

    /** Git checks every object that it fetches by its name, so the right head with all that it names is the same content. */
    private static boolean isThere(Path work, Pushed push) throws Exception {
        Path copy = Files.createTempDirectory(work, "copy");
        try {
            Tool.git(copy, "clone", "-q", "--bare", "--single-branch", "--branch", push.branch(), push.url(), "c");
            return Tool.git(copy.resolve("c"), "rev-parse", push.branch())
                    .output()
                    .strip()
                    .equals(push.head());
        } finally {
            Setting.remove(copy);
        }
    }
}
