package glasshouse.bench.row;

import glasshouse.bench.client.Api;
import glasshouse.bench.server.Prepared;
import glasshouse.bench.server.ServerProcess;
import glasshouse.bench.table.Figure;
import glasshouse.bench.table.Goal;
import glasshouse.bench.table.Row;
import glasshouse.bench.table.Samples;
import glasshouse.bench.table.Setting;
import glasshouse.hub.git.TreeEdit;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;

/** A repository of a million files, nested and in one folder: one more is committed, a page of a thousand is listed. */
public final class FilesRow implements Row {
    private static final int ROUNDS = 11;
    private static final int PAGE = 1000;
    private static final int QUIET_SECONDS = 120;

    @Override
    public String name() {
        return "files";
    }

    @Override
    public String about() {
        return "1,000,000 files, nested 1,000 × 1,000 and all in one folder, over HTTP";
    }

    @Override
    public List<Figure> measure(Setting setting) throws Exception {
        int count = setting.size(1_000_000, 50_000);
        Path data = setting.onDisk("files").resolve("data");
        String token;
        try (Prepared prepared = Prepared.in(data)) {
            token = prepared.token();
            make(prepared, "nested", count, PAGE);
            make(prepared, "flat", count, count);
        }
        List<Figure> figures = new ArrayList<>();
        try (ServerProcess hub = ServerProcess.hub(data);
                Api api = new Api(hub.port(), token)) {
            boolean quiet = hub.quiet(setting.size(QUIET_SECONDS, 20));
            figures.addAll(ask(api, "nested", "d0007", 300, quiet));
            figures.addAll(ask(api, "flat", "all", 2000, quiet));
        }
        return figures;
    }

    private static void make(Prepared prepared, String name, int count, int inFolder) throws Exception {
        prepared.commit(prepared.dataset(name), (edit, reader, inserter, base) -> {
            for (int i = 0; i < count; i++) {
                ObjectId blob =
                        inserter.insert(Constants.OBJ_BLOB, ("file " + i + "\n").getBytes(StandardCharsets.UTF_8));
                edit.at(path(i, inFolder, count), new TreeEdit.Change.Put(blob, FileMode.REGULAR_FILE));
            }
        });
    }

    private static String path(int i, int inFolder, int count) {
        return inFolder == count ? "all/f%07d".formatted(i) : "d%04d/f%04d".formatted(i / inFolder, i % inFolder);
    }

    private static List<Figure> ask(Api api, String name, String folder, double goal, boolean quiet) throws Exception {
        String entry = "datasets/" + Prepared.USER + "/" + name;
        String page = "/api/" + entry + "/tree/main/" + folder + "?limit=" + PAGE;
        Samples commits = new Samples();
        Samples fresh = new Samples();
        Samples again = new Samples();
        for (int round = 0; round < ROUNDS; round++) {
            commits.add(
                    api.commit(entry, folder + "/more" + round, "more " + round).millis());
            Api.Answer first = api.get(page);
            if (first.json().size() != PAGE) {
                throw new IllegalStateException("a page has " + first.json().size());
            }
            fresh.add(first.millis());
            for (int i = 0; i < 3; i++) {
                again.add(api.get(page).millis());
            }
        }
        String note = quiet ? "" : "; its background work was not done yet";
        return List.of(
                Figure.of(name + ": commit of one more", commits.median(), "ms")
                        .goal(new Goal.Value(goal))
                        .note(commits.range("ms") + ", the first " + Math.round(commits.first()) + note),
                Figure.of(name + ": page of 1,000, first after a commit", fresh.median(), "ms")
                        .goal(new Goal.Value(50))
                        .note(fresh.range("ms") + ", the first " + Math.round(fresh.first())),
                Figure.of(name + ": page of 1,000, again", again.median(), "ms")
                        .goal(new Goal.Value(50))
                        .note(again.range("ms")));
    }
}
