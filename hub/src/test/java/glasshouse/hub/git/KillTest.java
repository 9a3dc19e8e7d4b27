package glasshouse.hub.git;

import static org.assertj.core.api.Assertions.assertThat;

import glasshouse.core.entry.EntryKind;
import glasshouse.core.entry.RepoName;
import glasshouse.core.entry.RevisionId;
import glasshouse.hub.Hub;
import glasshouse.hub.HubConfig;
import glasshouse.hub.index.Entry;
import glasshouse.hub.testing.Git;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process in the middle of its work, wherever it is then. */
class KillTest {
    private static final int ROUNDS = 3;

    @TempDir
    Path folder;

    /** Lets a child commit, kills it after so many acknowledged commits, and gives all that it acknowledged. */
    private List<RevisionId> commitUntilKilled(int round, int after) throws Exception {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        CommitLoop.class.getName(),
                        folder.resolve("data").toString(),
                        Integer.toString(round))
                .redirectError(folder.resolve("errors").toFile())
                .start();
        List<RevisionId> acknowledged = new ArrayList<>();
        try (BufferedReader lines = child.inputReader(StandardCharsets.UTF_8)) {
            String line;
            while ((line = lines.readLine()) != null) {
                if (RevisionId.isOne(line)) {
                    acknowledged.add(new RevisionId(line));
                }
                if (acknowledged.size() == after) {
                    // By its handle: destroying the process itself would close its output, with what it acknowledged
                    // last.
                    assertThat(child.toHandle().destroyForcibly()).isTrue();
                }
            }
        }
        child.waitFor();
        assertThat(acknowledged).as(Files.readString(folder.resolve("errors"))).hasSizeGreaterThanOrEqualTo(after);
        return acknowledged;
    }

    @Test
    void everyAcknowledgedCommitIsThereAfterwards() throws Exception {
        Git git = Git.in(folder.resolve("home"));
        List<RevisionId> acknowledged = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            acknowledged.addAll(commitUntilKilled(round, 25 + 20 * round));
        }
        try (Hub hub = Hub.open(HubConfig.inFolder(folder.resolve("data"), 0), InstantSource.system(), line -> {})) {
            Entry entry = hub.parts()
                    .entries()
                    .find(EntryKind.MODEL, new RepoName("ada", "engine"))
                    .orElseThrow();
            Path repository = hub.parts().repositories().folder(entry.id());
            GitRepo repo = hub.parts().repositories().open(entry.id());
            Git there = git.at(repository);
            there.run("fsck", "--full", "--strict").succeeded();
            List<String> history =
                    there.run("rev-list", "main").succeeded().output().lines().toList();
            assertThat(history)
                    .containsAll(acknowledged.stream().map(RevisionId::value).toList());
            assertThat(Committer.head(repo, "refs/heads/main").map(RevisionId::value))
                    .isEqualTo(Optional.of(history.getFirst()));
            try (Stream<Path> beside = Files.list(repository.getParent())) {
                assertThat(beside).containsExactly(repository);
            }
        }
    }
}
