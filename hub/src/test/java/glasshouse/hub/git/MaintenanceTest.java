package glasshouse.hub.git;

import static org.assertj.core.api.Assertions.assertThat;

import glasshouse.core.entry.EntryKind;
import glasshouse.core.entry.RevisionId;
import glasshouse.core.entry.Visibility;
import glasshouse.hub.HubConfig;
import glasshouse.hub.index.Entry;
import glasshouse.hub.job.Task;
import glasshouse.hub.testing.FakeClock;
import glasshouse.hub.testing.Git;
import glasshouse.hub.testing.TestHub;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaintenanceTest {
    @TempDir
    Path folder;

    private TestHub hub;
    private GitRepo repo;
    private Git git;
    private Instant now = Instant.parse("2026-11-20T00:00:00Z");
    private final Maintenance maintenance = new Maintenance(() -> now);

    @BeforeEach
    void start() throws Exception {
        git = Git.in(folder.resolve("home"));
        hub = TestHub.in(folder.resolve("data"));
        hub.user("ada");
        Entry entry = hub.entry(EntryKind.MODEL, "ada/engine", Visibility.PUBLIC, "ada");
        repo = hub.parts().repositories().open(entry.id());
    }

    @AfterEach
    void stop() throws IOException {
        hub.close();
    }

    private RevisionId commit(String branch, String path) throws IOException {
        return hub.parts()
                .committer()
                .commit(
                        repo,
                        "refs/heads/" + branch,
                        Optional.empty(),
                        Optional.empty(),
                        new Committer.Message(
                                hub.parts().people().account("ada").orElseThrow(), "change " + path),
                        (edit, reader, inserter, base) -> edit.at(
                                path,
                                new TreeEdit.Change.Put(
                                        inserter.insert(Constants.OBJ_BLOB, path.getBytes(StandardCharsets.UTF_8)),
                                        FileMode.REGULAR_FILE)));
    }

    private long packs() throws IOException {
        try (Stream<Path> files = Files.list(repo.folder().resolve("objects/pack"))) {
            return files.filter(file -> file.toString().endsWith(".pack")).count();
        }
    }

    private boolean has(RevisionId revision) throws Exception {
        return git.at(repo.folder()).isThere(revision.value());
    }

    @Test
    void putsManyPacksIntoOne() throws Exception {
        List<RevisionId> made = new ArrayList<>();
        for (int i = 0; i <= Maintenance.MANY_PACKS; i++) {
            made.add(commit("main", "file" + i));
        }
        assertThat(maintenance.needed(repo)).isTrue();
        assertThat(maintenance.run(repo)).contains("packs put into one");
        assertThat(packs()).isEqualTo(1);
        assertThat(maintenance.needed(repo)).isFalse();
        git.at(repo.folder()).run("fsck", "--full", "--strict").succeeded();
        for (RevisionId revision : made) {
            assertThat(Committer.tree(repo, revision)).isNotNull();
        }
        RevisionId next = commit("main", "after");
        assertThat(has(next)).isTrue();
        assertThat(maintenance.run(repo)).isEmpty();
    }

    @Test
    void keepsWhatNothingLeadsToForTwoDays() throws Exception {
        RevisionId first = commit("main", "first");
        commit("side", "lost");
        RevisionId lost = commit("side", "lost too");
        hub.parts().committer().move(repo, "refs/heads/side", Optional.of(lost), Optional.empty(), false);
        for (int i = 0; i <= Maintenance.MANY_PACKS; i++) {
            commit("main", "file" + i);
        }
        maintenance.run(repo);
        assertThat(packs()).isEqualTo(2);
        assertThat(has(lost)).isTrue();
        now = now.plus(Duration.ofDays(1));
        assertThat(maintenance.run(repo)).isEmpty();
        assertThat(has(lost)).isTrue();
        now = now.plus(Duration.ofDays(2));
        assertThat(maintenance.run(repo)).contains("deleted");
        assertThat(has(lost)).isFalse();
        assertThat(has(first)).isTrue();
        assertThat(packs()).isEqualTo(1);
        git.at(repo.folder()).run("fsck", "--full", "--strict").succeeded();
    }

    @Test
    void aRewriteIsSetApartAtOnceAndGoesInARepositoryWhereNothingElseHappens() throws Exception {
        RevisionId first = commit("main", "first");
        RevisionId lost = commit("main", "lost");
        assertThat(maintenance.needed(repo)).isFalse();
        hub.parts().committer().move(repo, "refs/heads/main", Optional.of(lost), Optional.of(first), false);
        assertThat(maintenance.needed(repo)).isTrue();
        assertThat(maintenance.run(repo)).isNotEmpty();
        assertThat(packs()).isEqualTo(2);
        assertThat(maintenance.needed(repo)).isFalse();
        assertThat(has(lost)).isTrue();
        now = now.plus(Duration.ofDays(1));
        assertThat(maintenance.needed(repo)).isFalse();
        now = now.plus(Duration.ofDays(2));
        assertThat(maintenance.needed(repo)).isTrue();
        assertThat(maintenance.run(repo)).contains("deleted");
        assertThat(has(lost)).isFalse();
        assertThat(has(first)).isTrue();
        assertThat(maintenance.needed(repo)).isFalse();
    }

    @Test
    void aForcePushIsARewriteAndAPlainOneIsNot() throws Exception {
        Git mine = git.clone(
                hub.base().replace("://", "://ada:" + hub.token("ada", "write") + "@") + "/ada/engine", "mine");
        mine.write("a", "a")
                .commit("a")
                .run("push", "origin", "main", "main:side")
                .succeeded();
        assertThat(maintenance.needed(repo)).isFalse();
        mine.run("commit", "-q", "--amend", "-m", "other words").succeeded();
        mine.run("push", "-f", "origin", "main:side").succeeded();
        assertThat(maintenance.needed(repo)).isTrue();
        maintenance.run(repo);
        assertThat(maintenance.needed(repo)).isFalse();
        mine.run("push", "origin", ":side").succeeded();
        assertThat(maintenance.needed(repo)).isTrue();
    }

    @Test
    void choresTakeAwayWhatIsDue(@TempDir Path data) throws Exception {
        FakeClock clock = new FakeClock(Instant.parse("2026-11-20T10:00:00Z"));
        try (TestHub quiet = TestHub.with(HubConfig.inFolder(data, 0), clock)) {
            quiet.user("ada");
            Entry entry = quiet.entry(EntryKind.MODEL, "ada/engine", Visibility.PUBLIC, "ada");
            GitRepo there = quiet.parts().repositories().open(entry.id());
            RevisionId before = Committer.head(there, "refs/heads/main").orElseThrow();
            assertThat(quiet.post("/api/models/ada/engine/super-squash/main", quiet.token("ada", "write"), Map.of())
                            .status())
                    .isEqualTo(200);
            for (int i = 0; i < 2; i++) {
                quiet.parts().background().queue().add(new Task.PurgeDeleted());
                quiet.parts().background().queue().settle();
                assertThat(git.at(there.folder()).isThere(before.value())).isEqualTo(i == 0);
                clock.advance(Duration.ofDays(3));
            }
        }
    }

    @Test
    void whatIsLedToAgainStays() throws Exception {
        commit("main", "first");
        RevisionId lost = commit("side", "lost");
        hub.parts().committer().move(repo, "refs/heads/side", Optional.of(lost), Optional.empty(), false);
        for (int i = 0; i <= Maintenance.MANY_PACKS; i++) {
            commit("main", "file" + i);
        }
        maintenance.run(repo);
        hub.parts().committer().move(repo, "refs/heads/again", Optional.empty(), Optional.of(lost), false);
        now = now.plus(Duration.ofDays(3));
        maintenance.run(repo);
        assertThat(has(lost)).isTrue();
        git.at(repo.folder()).run("fsck", "--full", "--strict").succeeded();
    }

    @Test
    void packsRefs() throws Exception {
        ObjectId head = repo.jgit().resolve("refs/heads/main");
        for (int i = 0; i <= Maintenance.MANY_LOOSE_REFS; i++) {
            RefBatch.apply(
                    repo, List.of(new ReceiveCommand(ObjectId.zeroId(), head, "refs/tags/step" + i)), false, () -> {});
        }
        assertThat(maintenance.needed(repo)).isTrue();
        assertThat(maintenance.run(repo)).contains("refs packed");
        assertThat(repo.folder().resolve("refs/tags/step7")).doesNotExist();
        assertThat(repo.jgit().exactRef("refs/tags/step7").getObjectId()).isEqualTo(head);
        assertThat(maintenance.needed(repo)).isFalse();
    }
}
