package glasshouse.bench.repository;

import glasshouse.core.entry.EntryKind;
import glasshouse.core.entry.RepoName;
import glasshouse.core.entry.RevisionId;
import glasshouse.core.entry.Visibility;
import glasshouse.hub.Hub;
import glasshouse.hub.HubConfig;
import glasshouse.hub.git.Committer;
import glasshouse.hub.git.GitRepo;
import glasshouse.hub.git.RefBatch;
import glasshouse.hub.git.TreeEdit;
import glasshouse.hub.index.Entry;
import glasshouse.hub.index.People.Account;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.transport.ReceiveCommand;

/**
 * Makes repositories of a size and measures what people do to them. Arguments: a folder that is empty, then {@code nested}, {@code
 * flat}, {@code branches}, or several of them; a number after a colon takes the place of the usual size ({@code flat:100000}).
 */
public final class RepositoryBench {
    private static final int ROUNDS = 11;
    private static final int PAGE = 1000;

    private final Hub hub;
    private final Account ada;
    private final Path folder;

    private RepositoryBench(Hub hub, Account ada, Path folder) {
        this.hub = hub;
        this.ada = ada;
        this.folder = folder;
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        Files.createDirectories(folder);
        System.out.printf(
                "%s, %s, %d cores, heap %d MiB%n",
                Instant.now(),
                System.getProperty("java.vm.version"),
                Runtime.getRuntime().availableProcessors(),
                Runtime.getRuntime().maxMemory() >> 20);
        try (Hub hub = Hub.open(HubConfig.inFolder(folder.resolve("data"), 0), InstantSource.system(), line -> {})) {
            hub.start();
            Account ada = hub.parts()
                    .people()
                    .addAccount("ada", "Ada", Optional.empty(), Optional.empty(), true, Instant.now());
            RepositoryBench bench = new RepositoryBench(hub, ada, folder);
            for (String what : Arrays.copyOfRange(arguments, 1, arguments.length)) {
                String[] parts = what.split(":");
                int size = parts.length > 1
                        ? Integer.parseInt(parts[1])
                        : parts[0].equals("branches") ? 10_000 : 1_000_000;
                switch (parts[0]) {
                    case "nested" -> bench.files("nested", size, 1000);
                    case "flat" -> bench.files("flat", size, size);
                    case "branches" -> bench.branches(size);
                    default -> throw new IllegalArgumentException(what);
                }
            }
        }
    }

    private GitRepo repository(String name) throws IOException {
        Entry entry = hub.parts()
                .lifecycle()
                .create(
                        EntryKind.DATASET,
                        new RepoName("ada", name),
                        Visibility.PUBLIC,
                        Optional.empty(),
                        ada,
                        Map.of());
        return hub.parts().repositories().open(entry.id());
    }

    private RevisionId commit(GitRepo repo, Committer.Content content) throws IOException {
        return hub.parts()
                .committer()
                .commit(
                        repo,
                        "refs/heads/main",
                        Optional.empty(),
                        Optional.empty(),
                        new Committer.Message(ada, "measured"),
                        content);
    }

    private void files(String name, int count, int inFolder) throws IOException {
        GitRepo repo = repository(name);
        long started = System.nanoTime();
        commit(repo, (edit, reader, inserter, base) -> {
            for (int i = 0; i < count; i++) {
                ObjectId blob =
                        inserter.insert(Constants.OBJ_BLOB, ("file " + i + "\n").getBytes(StandardCharsets.UTF_8));
                edit.at(path(i, inFolder, count), new TreeEdit.Change.Put(blob, FileMode.REGULAR_FILE));
            }
        });
        System.out.printf("%s: made with %,d files in %.1f s%n", name, count, seconds(started));
        List<Double> commits = new ArrayList<>();
        List<Double> pages = new ArrayList<>();
        String listed = inFolder == count ? "all" : "d0500";
        for (int round = 0; round < ROUNDS; round++) {
            int n = round;
            long at = System.nanoTime();
            RevisionId made = commit(repo, (edit, reader, inserter, base) -> {
                ObjectId blob = inserter.insert(Constants.OBJ_BLOB, ("more " + n).getBytes(StandardCharsets.UTF_8));
                edit.at(listed + "/more" + n, new TreeEdit.Change.Put(blob, FileMode.REGULAR_FILE));
            });
            commits.add(millis(at));
            for (int again = 0; again < 3; again++) {
                at = System.nanoTime();
                hub.parts()
                        .trees()
                        .list(repo, made, listed, false, Optional.empty(), PAGE)
                        .orElseThrow();
                pages.add(millis(at));
            }
            at = System.nanoTime();
            hub.parts()
                    .trees()
                    .list(repo, made, "", true, Optional.of(path(count / 2, inFolder, count)), PAGE)
                    .orElseThrow();
            pages.add(millis(at));
        }
        print(name + ": commit of one more", commits);
        print(name + ": page of 1000, first after a commit", every(pages, 4, 0));
        print(name + ": page of 1000, again", every(pages, 4, 2));
        print(name + ": page of 1000 from the middle, recursive", every(pages, 4, 3));
        System.out.printf("%s: repository takes %,d bytes%n", name, size(repo.folder()));
    }

    private static String path(int i, int inFolder, int count) {
        return inFolder == count ? "all/f%07d".formatted(i) : "d%04d/f%04d".formatted(i / inFolder, i % inFolder);
    }

    private void branches(int count) throws Exception {
        GitRepo repo = repository("branches");
        ObjectId head = repo.jgit().resolve("refs/heads/main");
        List<ReceiveCommand> commands = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            commands.add(new ReceiveCommand(ObjectId.zeroId(), head, "refs/heads/step" + i));
        }
        long at = System.nanoTime();
        RefBatch.apply(repo, commands, false, () -> {});
        System.out.printf("branches: %,d made at once in %.0f ms%n", count, millis(at));
        String secret = glasshouse.hub.account.Secrets.token();
        hub.parts()
                .credentials()
                .addToken(
                        new glasshouse.hub.index.Credentials.Token(
                                glasshouse.hub.index.Ids.next(1),
                                ada.id(),
                                "bench",
                                "write",
                                "xxxx",
                                Instant.now(),
                                Optional.empty(),
                                Optional.empty(),
                                Map.of()),
                        glasshouse.hub.account.Secrets.hash(secret));
        String url = "http://ada:" + secret + "@127.0.0.1:" + hub.port() + "/datasets/ada/branches";
        measureGit("branches: git ls-remote", "ls-remote", "-q", url);
        for (int i = 0; i < 3; i++) {
            measureGit("branches: clone of one", "clone", "-q", "--single-branch", "--branch", "step7", url, "one" + i);
            Files.writeString(folder.resolve("one" + i).resolve("new"), "x" + i);
            git(folder.resolve("one" + i), "add", "-A");
            git(folder.resolve("one" + i), "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "x" + i);
            at = System.nanoTime();
            git(folder.resolve("one" + i), "push", "-q", "origin", "HEAD:refs/heads/new" + i);
            System.out.printf("branches: push of one %.0f ms%n", millis(at));
        }
        List<Double> lists = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            at = System.nanoTime();
            repo.jgit().getRefDatabase().getRefsByPrefix("refs/");
            lists.add(millis(at));
        }
        print("branches: all read by the server", lists);
    }

    private void measureGit(String name, String... arguments) throws Exception {
        long at = System.nanoTime();
        git(folder, arguments);
        System.out.printf("%s %.0f ms%n", name, millis(at));
    }

    private static void git(Path where, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(where.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (process.waitFor() != 0) {
            throw new IOException("git failed: " + arguments[0]);
        }
    }

    private static long size(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private static List<Double> every(List<Double> all, int step, int from) {
        List<Double> some = new ArrayList<>();
        for (int i = from; i < all.size(); i += step) {
            some.add(all.get(i));
        }
        return some;
    }

    private static void print(String what, List<Double> millis) {
        List<Double> sorted = millis.stream().sorted().toList();
        System.out.printf(
                "%s: median %.1f ms, worst %.1f ms (first %.1f)%n",
                what, sorted.get(sorted.size() / 2), sorted.getLast(), millis.getFirst());
    }

    private static double millis(long since) {
        return (System.nanoTime() - since) / 1e6;
    }

    private static double seconds(long since) {
        return millis(since) / 1000;
    }
}
