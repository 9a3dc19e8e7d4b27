package glasshouse.hub.transport;

import static org.assertj.core.api.Assertions.assertThat;

import glasshouse.core.access.Role;
import glasshouse.core.entry.EntryKind;
import glasshouse.core.entry.Visibility;
import glasshouse.hub.Hub;
import glasshouse.hub.HubConfig;
import glasshouse.hub.index.Entry;
import glasshouse.hub.testing.Git;
import glasshouse.hub.testing.TestHub;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real git against a hub. */
class GitTest {
    @TempDir
    Path folder;

    private TestHub hub;
    private Git git;
    private Entry entry;
    private String token;

    @BeforeEach
    void start() throws Exception {
        git = Git.in(folder.resolve("home"));
        HubConfig plain = HubConfig.inFolder(folder.resolve("data"), 0);
        hub = TestHub.with(new HubConfig(
                plain.data(),
                plain.server(),
                plain.database(),
                new HubConfig.Limits(1 << 20, 1L << 30, 20L << 20, 1L << 30)));
        hub.user("ada");
        hub.user("bob");
        token = hub.token("ada", "write");
        entry = hub.entry(EntryKind.MODEL, "ada/engine", Visibility.PUBLIC, "ada");
    }

    @AfterEach
    void stop() throws IOException {
        hub.close();
    }

    private String url(String path) {
        return url(path, token);
    }

    private String url(String path, String secret) {
        return hub.base().replace("://", "://user:" + secret + "@") + "/" + path;
    }

    private int fetch(byte[] body) throws Exception {
        return hub.send(hub.request("POST", "/ada/engine.git/git-upload-pack", token, "", "")
                        .header("Content-Type", "application/x-git-upload-pack-request")
                        .header("Content-Encoding", "gzip")
                        .POST(BodyPublishers.ofByteArray(body))
                        .build())
                .status();
    }

    @Test
    void gzipThatIsNoneOrIsCutOffIsTheClientsFault() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream packed = new GZIPOutputStream(bytes)) {
            packed.write("0032want 0123456789abcdef0123456789abcdef01234567\n00000009done\n"
                    .repeat(3)
                    .getBytes(StandardCharsets.UTF_8));
        }
        byte[] whole = bytes.toByteArray();
        byte[] damaged = whole.clone();
        damaged[14] ^= 0x55;
        damaged[15] ^= 0x55;
        assertThat(fetch("no gzip at all".getBytes(StandardCharsets.UTF_8))).isEqualTo(400);
        assertThat(fetch(Arrays.copyOf(whole, 5))).isEqualTo(400);
        assertThat(fetch(Arrays.copyOf(whole, 20))).isEqualTo(400);
        assertThat(fetch(damaged)).isEqualTo(400);
    }

    private String branch(String name) throws IOException {
        ObjectId id = hub.parts().repositories().open(entry.id()).jgit().resolve("refs/heads/" + name);
        return id == null ? "" : id.name();
    }

    private Path repository() {
        return hub.parts().repositories().folder(entry.id());
    }

    /** Every file of objects of the repository, and all that is beside it. */
    private List<String> objects() throws IOException {
        List<String> names = new ArrayList<>();
        for (Path root : List.of(repository().resolve("objects"), repository().getParent())) {
            try (Stream<Path> files = Files.walk(root, root.equals(repository().getParent()) ? 1 : 9)) {
                files.map(file -> root.relativize(file).toString()).sorted().forEach(names::add);
            }
        }
        return names;
    }

    private void isWhole() throws Exception {
        git.at(repository()).run("fsck", "--full", "--strict").succeeded();
    }

    @Test
    void clonesPushesAndFetches() throws Exception {
        Git here = git.clone(hub.base() + "/ada/engine", "anonymous");
        assertThat(here.folder().resolve(".gitattributes")).exists();
        Git mine = git.clone(url("models/ada/engine.git"), "mine");
        mine.write("README.md", "# Engine\n").write("src/a.txt", "a\n").commit("a first change");
        mine.run("push", "origin", "main").succeeded();
        assertThat(branch("main")).isEqualTo(mine.head());
        here.run("pull", "-q").succeeded();
        assertThat(here.folder().resolve("README.md")).hasContent("# Engine");
        mine.run("tag", "-a", "v1", "-m", "one").succeeded();
        mine.run("push", "origin", "v1", "HEAD:refs/heads/side").succeeded();
        assertThat(branch("side")).isEqualTo(mine.head());
        mine.run("push", "origin", ":side").succeeded();
        assertThat(branch("side")).isEmpty();
        assertThat(here.run("ls-remote", "--tags", "origin").succeeded().output())
                .contains("refs/tags/v1^{}");
        isWhole();
    }

    @Test
    void clonesShallowAndInPart() throws Exception {
        Git mine = git.clone(url("ada/engine"), "mine");
        mine.write("big.txt", "x".repeat(200_000)).commit("one");
        mine.write("small.txt", "y").commit("two");
        mine.run("push", "origin", "main").succeeded();
        Git shallow = git.clone(hub.base() + "/ada/engine", "shallow", "--depth", "1");
        assertThat(shallow.run("rev-list", "--count", "HEAD").output().strip()).isEqualTo("1");
        shallow.run("fetch", "-q", "--unshallow").succeeded();
        assertThat(shallow.run("rev-list", "--count", "HEAD").output().strip()).isEqualTo("3");
        Git part = git.clone(hub.base() + "/ada/engine", "part", "--filter=blob:none", "--no-checkout");
        assertThat(part.run("rev-list", "--objects", "--missing=print", "--all").output())
                .contains("?");
        assertThat(part.run("show", "HEAD:big.txt").succeeded().output()).hasSize(200_000);
        Git old = git.clone(hub.base() + "/ada/engine", "old", "-c", "protocol.version=0");
        assertThat(old.head()).isEqualTo(mine.head());
        // A push from a shallow clone: its first commit has parents that only the server has.
        Git writer = git.clone(url("ada/engine"), "writer", "--depth", "1");
        writer.write("more.txt", "z")
                .commit("three")
                .run("push", "origin", "main")
                .succeeded();
        isWhole();
    }

    @Test
    void tellsNobodyOfPrivateEntries() throws Exception {
        hub.entry(EntryKind.DATASET, "ada/secret", Visibility.PRIVATE, "ada");
        String there = git.run("ls-remote", hub.base() + "/datasets/ada/secret")
                .failed()
                .output();
        String not = git.run("ls-remote", hub.base() + "/datasets/ada/nothing")
                .failed()
                .output();
        assertThat(there.replace("secret", "x")).isEqualTo(not.replace("nothing", "x"));
        git.run("ls-remote", url("datasets/ada/secret", hub.token("bob", "write")))
                .failed();
        git.run("ls-remote", url("datasets/ada/secret", hub.token("ada", "read")))
                .succeeded();
        var answer = hub.get("/datasets/ada/secret/info/refs?service=git-upload-pack", "");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).startsWith("Basic");
        assertThat(hub.get("/ada/engine/info/refs", "").status()).isEqualTo(403);
    }

    @Test
    void letsOnlyWritersPush() throws Exception {
        Git mine = git.clone(hub.base() + "/ada/engine", "mine");
        mine.write("a", "a").commit("a");
        mine.run("push", hub.base() + "/ada/engine", "main").failed();
        mine.run("push", url("ada/engine", hub.token("bob", "write")), "main").failed();
        mine.run("push", url("ada/engine", hub.token("ada", "read")), "main").failed();
        mine.run("push", url("ada/engine"), "main").succeeded();
    }

    @Test
    void protectsTheDefaultBranchFromWriters() throws Exception {
        hub.organisation("lab", Map.of("ada", Role.ADMIN, "bob", Role.WRITE));
        entry = hub.entry(EntryKind.MODEL, "lab/engine", Visibility.PUBLIC, "ada");
        String bob = url("lab/engine", hub.token("bob", "write"));
        Git his = git.clone(bob, "his");
        his.write("a", "a")
                .commit("a")
                .run("push", "origin", "main", "main:side")
                .succeeded();
        his.run("commit", "-q", "--amend", "-m", "another").succeeded();
        assertThat(his.run("push", "--force", "origin", "main").failed().output())
                .contains("only administrators may rewrite the default branch");
        assertThat(his.run("push", "origin", ":main").failed().output())
                .contains("only administrators may delete the default branch");
        his.run("push", "--force", "origin", "main:side").succeeded();
        assertThat(branch("side")).isEqualTo(his.head());
        assertThat(branch("main")).isNotEqualTo(his.head());
        his.run("push", "--force", url("lab/engine"), "main").succeeded();
        assertThat(branch("main")).isEqualTo(his.head());
        isWhole();
    }

    @Test
    void takesBranchesAndTagsOnly() throws Exception {
        Git mine = git.clone(url("ada/engine"), "mine");
        mine.write("a", "a").commit("a");
        assertThat(mine.run("push", "origin", "HEAD:refs/pr/1").failed().output())
                .contains("pull requests");
        mine.run("push", "origin", "HEAD:refs/notes/x").failed();
        String blob = mine.run("hash-object", "-w", "a").output().strip();
        assertThat(mine.run("push", "origin", blob + ":refs/tags/blob").failed().output())
                .contains("leads to a commit");
        mine.run("push", "origin", "HEAD:refs/heads/" + "a".repeat(40)).failed();
    }

    @Test
    void leavesNothingOfWhatItRefuses() throws Exception {
        Git mine = git.clone(url("ada/engine"), "mine");
        List<String> before = objects();
        byte[] large = new byte[2 << 20];
        new java.util.Random(1).nextBytes(large);
        mine.write("data/large.txt", large).commit("large");
        assertThat(mine.run("push", "origin", "main").failed().output())
                .contains("git lfs migrate import --include=\"data/large.txt\"");
        assertThat(objects()).isEqualTo(before);
        mine.run("reset", "-q", "--hard", "HEAD~1").succeeded();
        String sha = "ab".repeat(32);
        mine.write("w.safetensors", "version https://git-lfs.github.com/spec/v1\noid sha256:" + sha + "\nsize 12\n");
        mine.write(".gitattributes", "").commit("pointer");
        assertThat(mine.run("push", "origin", "main").failed().output())
                .contains("w.safetensors")
                .contains(sha);
        assertThat(objects()).isEqualTo(before);
        isWhole();
    }

    private static String pointer(String sha, int bytes) {
        return "version https://git-lfs.github.com/spec/v1\noid sha256:" + sha + "\nsize " + bytes + "\n";
    }

    @Test
    void asksForEveryObjectThatOnePathHasNamed() throws Exception {
        String lacking = "ab".repeat(32);
        String held = "cd".repeat(32);
        hub.parts().held().hold(entry.id(), held, 12, java.time.Instant.now());
        for (List<String> order : List.of(List.of(lacking, held), List.of(held, lacking))) {
            Git mine = git.clone(url("ada/engine"), "mine" + order.getFirst());
            mine.write(".gitattributes", "")
                    .write("w.bin", pointer(order.getFirst(), 12))
                    .commit("before");
            mine.write("w.bin", pointer(order.getLast(), 12)).commit("after");
            assertThat(mine.run("push", "origin", "main").failed().output()).contains(lacking);
            assertThat(branch("main")).isNotEqualTo(mine.head());
        }
    }

    @Test
    void asksForTheObjectOfAPointerThatIsALinkElsewhere() throws Exception {
        String lacking = "ef".repeat(32);
        Git mine = git.clone(url("ada/engine"), "mine");
        Files.createSymbolicLink(mine.folder().resolve("a"), Path.of(pointer(lacking, 12)));
        mine.write(".gitattributes", "").write("b.bin", pointer(lacking, 12)).commit("both");
        assertThat(mine.run("push", "origin", "main").failed().output()).contains(lacking);
    }

    private static String tree(Git git, String entries) throws Exception {
        Files.writeString(git.folder().resolve("list"), entries);
        Process made = new ProcessBuilder("git", "mktree", "-z")
                .directory(git.folder().toFile())
                .redirectInput(git.folder().resolve("list").toFile())
                .start();
        return new String(made.getInputStream().readAllBytes()).strip();
    }

    @Test
    void refusesFoldersThatNameEachOtherWithoutEnd() throws Exception {
        Git mine = git.clone(url("ada/engine"), "mine");
        String blob =
                mine.write("a", "a").run("hash-object", "-w", "a").output().strip();
        String tree = tree(mine, "100644 blob " + blob + "\ta\0");
        for (int level = 0; level < 10; level++) {
            StringBuilder entries = new StringBuilder();
            for (char name = 'a'; name < 'k'; name++) {
                entries.append("040000 tree ")
                        .append(tree)
                        .append('\t')
                        .append(name)
                        .append('\0');
            }
            tree = tree(mine, entries.toString());
            String commit = mine.run("commit-tree", tree, "-p", "HEAD", "-m", "level")
                    .succeeded()
                    .output()
                    .strip();
            if (level == 9) {
                assertThat(mine.run("push", "origin", commit + ":refs/heads/many")
                                .failed()
                                .output())
                        .contains("again and again");
            }
        }
    }

    @Test
    void twoPushesAtOnceDoNotFillTheRoomForOne() throws Exception {
        List<Git.Running> running = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            byte[] bytes = new byte[900_000];
            java.util.Random random = new java.util.Random(10 + i);
            Git mine = git.clone(url("ada/engine"), "mine" + i);
            for (int file = 0; file < 14; file++) {
                random.nextBytes(bytes);
                mine.write("f" + file, bytes);
            }
            mine.commit("half");
            running.add(mine.start(Map.of(), "push", "origin", "main:side" + i));
        }
        int won = 0;
        for (Git.Running one : running) {
            Git.Outcome end = one.end();
            won += end.exit() == 0 ? 1 : 0;
            assertThat(end.exit() == 0
                            || end.output().contains("quota")
                            || end.output().contains("used up"))
                    .as(end.output())
                    .isTrue();
        }
        assertThat(won).isEqualTo(1);
    }

    @Test
    void refusesPathsThatAreNotSane() throws Exception {
        Git mine = git.clone(url("ada/engine"), "mine");
        String blob =
                mine.write("a", "a").run("hash-object", "-w", "a").output().strip();
        for (String name : List.of("b\\c", "tab\there", "x".repeat(256))) {
            String tree = tree(mine, "100644 blob " + blob + "\t" + name + "\0");
            String commit = mine.run("commit-tree", tree, "-p", "HEAD", "-m", "odd")
                    .succeeded()
                    .output()
                    .strip();
            assertThat(mine.run("push", "origin", commit + ":refs/heads/odd")
                            .failed()
                            .output())
                    .as(name)
                    .contains("is not a path");
        }
    }

    @Test
    void holdsTheQuota() throws Exception {
        Git mine = git.clone(url("ada/engine"), "mine");
        byte[] bytes = new byte[900_000];
        java.util.Random random = new java.util.Random(2);
        for (int i = 0; i < 25; i++) {
            random.nextBytes(bytes);
            mine.write("f" + i, bytes);
        }
        mine.commit("much");
        List<String> before = objects();
        assertThat(mine.run("push", "origin", "main").failed().output())
                .contains("quota")
                .contains("MB");
        assertThat(objects()).isEqualTo(before);
    }

    @Test
    void letsExactlyOneOfRacingPushesWin() throws Exception {
        List<Git> racers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Git racer = git.clone(url("ada/engine"), "racer" + i);
            racers.add(racer.write("f" + i, "x" + i).commit("by " + i));
        }
        List<Git.Running> running = new ArrayList<>();
        for (Git racer : racers) {
            running.add(racer.start(Map.of(), "push", "origin", "main"));
        }
        int won = 0;
        String winner = "";
        for (int i = 0; i < running.size(); i++) {
            if (running.get(i).end().exit() == 0) {
                won++;
                winner = racers.get(i).head();
            }
        }
        assertThat(won).isEqualTo(1);
        assertThat(branch("main")).isEqualTo(winner);
        isWhole();
    }

    @Test
    void takesThousandsOfRefsInOnePush() throws Exception {
        Git mine = git.clone(url("ada/engine"), "mine");
        StringBuilder refs = new StringBuilder();
        for (int i = 0; i < 2000; i++) {
            refs.append("create refs/heads/step")
                    .append(i)
                    .append(' ')
                    .append(mine.head())
                    .append('\n');
        }
        Path input = Files.writeString(folder.resolve("refs"), refs);
        new ProcessBuilder("git", "update-ref", "--stdin")
                .directory(mine.folder().toFile())
                .redirectInput(input.toFile())
                .start()
                .waitFor();
        mine.run("push", "-q", "origin", "refs/heads/*:refs/heads/*").succeeded();
        assertThat(branch("step1999")).isEqualTo(mine.head());
        try (Stream<Path> loose = Files.list(repository().resolve("refs/heads"))) {
            assertThat(loose.count()).isLessThan(5);
        }
        mine.run("push", "-q", "origin", ":step7", ":step8").succeeded();
        assertThat(branch("step7")).isEmpty();
        isWhole();
    }

    @Test
    void findsAgainWhatWasPushedAfterARestart() throws Exception {
        Git mine = git.clone(url("ada/engine"), "mine");
        mine.write("a", "a").commit("a").run("push", "origin", "main").succeeded();
        hub.close();
        Path left = Files.createDirectories(repository().resolveSibling(entry.id() + ".incoming-7/pack"));
        Files.writeString(left.resolve("half.pack"), "PACK");
        try (Hub again =
                Hub.open(HubConfig.inFolder(folder.resolve("data"), 0), java.time.InstantSource.system(), line -> {})) {
            assertThat(again.parts()
                            .repositories()
                            .open(entry.id())
                            .jgit()
                            .resolve("refs/heads/main")
                            .name())
                    .isEqualTo(mine.head());
            assertThat(left).doesNotExist();
        }
        hub = TestHub.in(folder.resolve("data2"));
    }
}
