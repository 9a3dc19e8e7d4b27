package glasshouse.bench.row;

import glasshouse.bench.client.Api;
import glasshouse.bench.client.Tool;
import glasshouse.bench.server.Prepared;
import glasshouse.bench.server.ServerProcess;
import glasshouse.bench.table.Figure;
import glasshouse.bench.table.Goal;
import glasshouse.bench.table.Row;
import glasshouse.bench.table.Samples;
import glasshouse.bench.table.Setting;
import glasshouse.hub.git.GitRepo;
import glasshouse.hub.git.RefBatch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.transport.ReceiveCommand;

/** A repository of ten thousand branches: they are listed, one is cloned, one is pushed. */
public final class BranchesRow implements Row {
    private static final int ROUNDS = 7;

    @Override
    public String name() {
        return "branches";
    }

    @Override
    public String about() {
        return "10,000 branches: listed by the API, one cloned and one pushed by git";
    }

    @Override
    public List<Figure> measure(Setting setting) throws Exception {
        int count = setting.size(10_000, 1000);
        Path data = setting.onDisk("branches").resolve("data");
        String token;
        try (Prepared prepared = Prepared.in(data)) {
            token = prepared.token();
            make(prepared.dataset("many"), count);
        }
        Samples lists = new Samples();
        Samples clones = new Samples();
        Samples pushes = new Samples();
        try (ServerProcess hub = ServerProcess.hub(data);
                Api api = new Api(hub.port(), token)) {
            Path work = setting.onDisk("clones");
            String path = "/datasets/" + Prepared.USER + "/many";
            String url = "http://" + Prepared.USER + ":" + token + "@127.0.0.1:" + hub.port() + path;
            for (int i = 0; i < ROUNDS; i++) {
                Api.Answer listed = api.get("/api" + path + "/refs");
                if (listed.json().path("branches").size() < count) {
                    throw new IllegalStateException("not all branches were listed");
                }
                lists.add(listed.millis());
                String branch = "step" + i;
                clones.add(Tool.git(work, "clone", "-q", "--single-branch", "--branch", branch, url, branch)
                        .seconds());
                Path clone = work.resolve(branch);
                Files.writeString(clone.resolve("new"), "x" + i);
                Tool.git(clone, "add", "-A");
                Tool.git(clone, "commit", "-qm", "more");
                pushes.add(Tool.git(clone, "push", "-q", "origin", "HEAD:refs/heads/new" + i)
                        .seconds());
            }
        }
        return List.of(
                figure("list of all by the API", lists, "ms", 300),
                figure("clone of one", clones, "s", 2),
                figure("push of one", pushes, "s", 1));
    }

    private static Figure figure(String what, Samples samples, String unit, double goal) {
        return Figure.of(what, samples.median(), unit)
                .goal(new Goal.Value(goal))
                .note(samples.range(unit));
    }

    private static void make(GitRepo repo, int count) throws Exception {
        ObjectId head = repo.jgit().resolve("refs/heads/main");
        List<ReceiveCommand> commands = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            commands.add(new ReceiveCommand(ObjectId.zeroId(), head, "refs/heads/step" + i));
        }
        RefBatch.apply(repo, commands, false, () -> {});
    }
}
