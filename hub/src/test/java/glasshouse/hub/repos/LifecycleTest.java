package glasshouse.hub.repos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glasshouse.core.entry.EntryKind;
import glasshouse.core.entry.RepoName;
import glasshouse.core.entry.Visibility;
import glasshouse.core.problem.Refusal;
import glasshouse.hub.HubConfig;
import glasshouse.hub.git.Description;
import glasshouse.hub.git.Revisions;
import glasshouse.hub.index.Entry;
import glasshouse.hub.index.Governance;
import glasshouse.hub.testing.TestHub;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LifecycleTest {
    private static final RepoName ENGINE = new RepoName("ada", "engine");

    @TempDir
    Path data;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-20T12:00:00Z"));
    private final InstantSource clock = now::get;

    private TestHub open() throws Exception {
        return TestHub.with(HubConfig.inFolder(data, 0), clock);
    }

    @Test
    void aDeletedEntryComesBackWithinAWeekUnderItsOwnNameOrAnother() throws Exception {
        try (TestHub hub = open()) {
            var ada = hub.user("ada");
            var lifecycle = hub.parts().lifecycle();
            Entry first = hub.entry(EntryKind.MODEL, "ada/engine", Visibility.PRIVATE, "ada");
            var head = Revisions.require(hub.parts().repositories().open(first.id()), first, "HEAD");
            hub.parts().held().hold(first.id(), "a".repeat(64), 5, now.get());
            lifecycle.delete(first, ada);
            assertThat(hub.parts().entries().find(EntryKind.MODEL, ENGINE)).isEmpty();

            Entry second = hub.entry(EntryKind.MODEL, "ada/engine", Visibility.PUBLIC, "ada");
            assertThatThrownBy(() -> lifecycle.restore(first.id(), Optional.empty()))
                    .isInstanceOf(Refusal.class);
            Entry back = lifecycle.restore(first.id(), Optional.of(new RepoName("ada", "old-engine")));
            assertThat(back.visibility()).isEqualTo(Visibility.PRIVATE);
            assertThat(Revisions.require(hub.parts().repositories().open(back.id()), back, "HEAD"))
                    .isEqualTo(head);
            assertThat(hub.parts().held().holds(back.id(), "a".repeat(64))).isTrue();
            assertThat(hub.parts().governance().deleted()).isEmpty();
            assertThat(Description.read(hub.parts().repositories().folder(back.id()))
                            .orElseThrow()
                            .name())
                    .hasToString("ada/old-engine");

            lifecycle.delete(second, ada);
            assertThat(lifecycle.restore(second.id(), Optional.empty()).name()).isEqualTo(ENGINE);
        }
    }

    @Test
    void afterAWeekItIsGoneForGood() throws Exception {
        try (TestHub hub = open()) {
            var ada = hub.user("ada");
            var lifecycle = hub.parts().lifecycle();
            Entry entry = hub.entry(EntryKind.MODEL, "ada/engine", Visibility.PUBLIC, "ada");
            hub.parts().held().hold(entry.id(), "a".repeat(64), 5, now.get());
            lifecycle.delete(entry, ada);
            now.set(now.get().plus(Lifecycle.KEPT).minusSeconds(1));
            assertThat(lifecycle.purgeExpired()).isZero();
            assertThat(Files.exists(hub.parts().repositories().folder(entry.id())))
                    .isTrue();
            now.set(now.get().plus(Duration.ofSeconds(2)));
            assertThat(lifecycle.purgeExpired()).isEqualTo(1);
            assertThat(Files.exists(hub.parts().repositories().folder(entry.id())))
                    .isFalse();
            assertThat(hub.parts().held().holds(entry.id(), "a".repeat(64))).isFalse();
            assertThatThrownBy(() -> lifecycle.restore(entry.id(), Optional.empty()))
                    .isInstanceOf(Refusal.class);
        }
    }

    @Test
    void aDeletionThatACrashInterruptedIsFinishedAtTheNextStart() throws Exception {
        Entry entry;
        try (TestHub hub = open()) {
            var ada = hub.user("ada");
            entry = hub.entry(EntryKind.MODEL, "ada/engine", Visibility.PUBLIC, "ada");
            // What stands between the two steps of a deletion.
            hub.parts()
                    .governance()
                    .addDeleted(new Governance.Deleted(
                            entry.id(),
                            entry.kind(),
                            entry.name().toString(),
                            Description.text(entry),
                            ada.id(),
                            now.get(),
                            now.get().plus(Lifecycle.KEPT)));
        }
        try (TestHub hub = open()) {
            assertThat(hub.parts().entries().find(entry.id())).isEmpty();
            assertThat(hub.parts()
                            .lifecycle()
                            .restore(entry.id(), Optional.empty())
                            .name())
                    .isEqualTo(ENGINE);
        }
    }

    @Test
    void aRenamedEntryIsFoundUnderBothNamesAndSaysItsNewOneOnDisk() throws Exception {
        try (TestHub hub = open()) {
            hub.user("ada");
            Entry entry = hub.entry(EntryKind.MODEL, "ada/engine", Visibility.PUBLIC, "ada");
            Entry moved = hub.parts().lifecycle().move(entry, new RepoName("ada", "motor"));
            assertThat(hub.parts().governance().redirect(EntryKind.MODEL, ENGINE))
                    .contains(entry.id().value());
            assertThat(Description.read(hub.parts().repositories().folder(entry.id()))
                            .orElseThrow()
                            .name())
                    .isEqualTo(moved.name());
            // And back: the name that leads nowhere else is free for its owner.
            hub.parts().lifecycle().move(moved, ENGINE);
            assertThat(hub.parts().governance().redirect(EntryKind.MODEL, ENGINE))
                    .isEmpty();
            assertThat(hub.parts().governance().redirect(EntryKind.MODEL, new RepoName("ada", "motor")))
                    .isPresent();
        }
    }

    @Test
    void aCopyHasTheHistoryAndTheObjectsAndCopiesNoBytes() throws Exception {
        try (TestHub hub = open()) {
            hub.user("ada");
            hub.user("bob");
            Entry entry = hub.entry(EntryKind.DATASET, "ada/words", Visibility.PUBLIC, "ada");
            var repo = hub.parts().repositories().open(entry.id());
            var head = Revisions.require(repo, entry, "HEAD");
            hub.parts().committer().move(repo, "refs/heads/step/1", Optional.empty(), Optional.of(head), true);
            hub.parts()
                    .pullRequests()
                    .open(entry, hub.parts().people().account("bob").orElseThrow(), "a change", "");
            hub.parts().held().hold(entry.id(), "a".repeat(64), 5, now.get());
            String bob = hub.token("bob", "write");

            var answer = hub.post("/api/datasets/ada/words/duplicate", bob, Map.of("repository", "bob/copy"));
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            assertThat(answer.json().path("url").asString()).isEqualTo(hub.base() + "/datasets/bob/copy");
            Entry copy = hub.parts()
                    .entries()
                    .find(EntryKind.DATASET, new RepoName("bob", "copy"))
                    .orElseThrow();
            var copied = hub.parts().repositories().open(copy.id());
            assertThat(Revisions.require(copied, copy, "HEAD")).isEqualTo(head);
            assertThat(Revisions.find(copied, copy, "step/1")).contains(head);
            assertThat(Revisions.find(copied, copy, "refs/pr/1")).isEmpty();
            assertThat(hub.get("/api/datasets/bob/copy", "")
                            .json()
                            .path("siblings")
                            .size())
                    .isEqualTo(1);
            assertThat(hub.parts().held().holds(copy.id(), "a".repeat(64))).isTrue();
            Path pack = onlyPack(copied.folder());
            assertThat(Files.isSameFile(
                            pack, repo.folder().resolve("objects/pack").resolve(pack.getFileName())))
                    .isTrue();

            // Each goes its own way.
            hub.parts()
                    .lifecycle()
                    .delete(entry, hub.parts().people().account("ada").orElseThrow());
            now.set(now.get().plus(Duration.ofDays(8)));
            hub.parts().lifecycle().purgeExpired();
            assertThat(hub.get("/api/datasets/bob/copy/revision/step%2F1?blobs=true", "")
                            .status())
                    .isEqualTo(200);

            assertThat(hub.post("/api/datasets/bob/copy/duplicate", bob, Map.of("repository", "copy"))
                            .status())
                    .isEqualTo(409);
            assertThat(hub.post("/api/datasets/bob/copy/duplicate", bob, Map.of("repository", "ada/copy"))
                            .status())
                    .isEqualTo(403);
            assertThat(hub.post("/api/datasets/bob/copy/duplicate", "", Map.of("repository", "ada/copy"))
                            .status())
                    .isEqualTo(401);
        }
    }

    private static Path onlyPack(Path repository) throws Exception {
        try (var files = Files.list(repository.resolve("objects/pack"))) {
            return files.filter(file -> file.toString().endsWith(".pack"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
