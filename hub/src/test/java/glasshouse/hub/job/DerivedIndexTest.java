package glasshouse.hub.job;

import static glasshouse.hub.job.Workshop.text;
import static org.assertj.core.api.Assertions.assertThat;

import glasshouse.core.entry.RevisionId;
import glasshouse.core.know.Standing;
import glasshouse.hub.git.RefWatch;
import glasshouse.hub.index.Entry;
import glasshouse.hub.index.Jobs.Job;
import glasshouse.hub.index.Jobs.State;
import glasshouse.hub.testing.FakeClock;
import glasshouse.testkit.bytes.SafetensorsBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.BatchRefUpdate;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What follows from a push: at once, and when the jobs are done. */
class DerivedIndexTest {
    private static final String CARD = """
            ---
            license: apache-2.0
            language: [en, no]
            library_name: transformers
            pipeline_tag: text-generation
            datasets: [ada/corpus]
            base_model: ada/root
            base_model_relation: finetune
            tags: [tiny]
            ---
            # A small engine

            As in https://arxiv.org/abs/2401.00001v2.
            """;

    @TempDir
    Path data;

    private final FakeClock clock = new FakeClock(Instant.parse("2026-11-20T10:00:00Z"));

    private static byte[] weights(long n) {
        return new SafetensorsBytes().tensor("w", "F32", 32, n, 2).write();
    }

    @Test
    void aPushIsSeenAtOnceAndWhatIsInItsFilesLater() throws Exception {
        try (Workshop shop = new Workshop(data, clock)) {
            Entry entry = shop.model("engine");
            shop.background.queue().settle();
            clock.advance(Duration.ofHours(1));
            RevisionId head = shop.commit(
                    entry, "main", Map.of("README.md", text(CARD), "model.safetensors", shop.large(entry, weights(8))));

            Entry.Head atOnce = shop.again(entry).head();
            assertThat(atOnce.revision()).contains(head);
            assertThat(atOnce.modifiedAt()).isEqualTo(clock.instant());
            assertThat(atOnce.title()).isEqualTo("A small engine");
            assertThat(atOnce.licence()).contains("apache-2.0");
            assertThat(atOnce.library()).contains("transformers");
            assertThat(atOnce.task()).contains("text-generation");
            assertThat(atOnce.card()).contains("\"pipeline_tag\":\"text-generation\"");
            assertThat(atOnce.tags())
                    .containsExactlyInAnyOrder(
                            "tiny",
                            "transformers",
                            "text-generation",
                            "en",
                            "no",
                            "dataset:ada/corpus",
                            "base_model:ada/root",
                            "base_model:finetune:ada/root",
                            "license:apache-2.0",
                            "arxiv:2401.00001");
            assertThat(shop.background.findings().of(shop.again(entry), head).state())
                    .isInstanceOf(RevisionFindings.Waiting.class);

            shop.background.queue().settle();
            Entry.Head later = shop.again(entry).head();
            assertThat(later.tags()).hasSize(11).contains("safetensors");
            assertThat(later.files()).isEqualTo(3);
            assertThat(later.parameters()).contains(16L);
            assertThat(later.weights()).contains("{\"parameters\":{\"F32\":16},\"total\":16}");
            assertThat(later.statements()).isPositive();
            assertThat(later.fault()).isEmpty();
            var report = shop.background.findings().of(shop.again(entry), head);
            assertThat(report.state()).isInstanceOf(RevisionFindings.Done.class);
            assertThat(report.seen().orElseThrow().findings().statements())
                    .anyMatch(one -> one.name().equals("parameters") && one.standing() == Standing.SUPPORTED);
        }
    }

    @Test
    void filesAreCountedByTheirDifference() throws Exception {
        try (Workshop shop = new Workshop(data, clock)) {
            Entry entry = shop.model("engine");
            shop.commit(entry, "main", Map.of("a.gguf", text("12345"), "deep/b.txt", text("123")));
            shop.background.queue().settle();
            long before = shop.again(entry).head().fileBytes();
            assertThat(shop.again(entry).head().tags()).contains("gguf");

            shop.commit(entry, "main", Map.of("a.gguf", new byte[0], "deep/b.txt", text("1234567")));
            shop.background.queue().settle();
            Entry.Head head = shop.again(entry).head();
            assertThat(head.fileBytes()).isEqualTo(before - 5 + 4);
            assertThat(head.files()).isEqualTo(2);
            assertThat(head.tags()).doesNotContain("gguf");
            Tally whole = Tally.of(shop.repo(entry), head.revision().orElseThrow(), Steps.unwatched(clock));
            assertThat(head.files()).isEqualTo(whole.files());
            assertThat(head.fileBytes()).isEqualTo(whole.bytes());
        }
    }

    @Test
    void aDateFromAnotherCenturyIsNotBelieved() throws Exception {
        try (Workshop shop = new Workshop(data, clock)) {
            Entry entry = shop.model("engine");
            Instant made = clock.instant();
            clock.advance(Duration.ofDays(36_500));
            shop.commit(entry, "main", Map.of("a.txt", text("a")));
            clock.advance(Duration.ofDays(-36_500));
            shop.background
                    .intake()
                    .changed(
                            entry.id(),
                            List.of(new RefWatch.Change("refs/heads/main", Optional.empty(), Optional.empty())));
            assertThat(shop.again(entry).head().modifiedAt()).isEqualTo(made);
        }
    }

    @Test
    void manyBranchesMakeAHandfulOfJobs() throws Exception {
        try (Workshop shop = new Workshop(data, clock)) {
            Entry entry = shop.model("suite");
            RevisionId head = shop.again(entry).head().revision().orElseThrow();
            shop.background.queue().settle();
            List<RefWatch.Change> changes = new ArrayList<>();
            branches(shop, entry, head, 1000, changes);
            shop.background.watch().changed(entry.id(), changes);
            assertThat(shop.background.queue().list(Optional.of(entry.id()), Optional.of(State.WAITING), 0, 100))
                    .extracting(Job::kind)
                    .containsExactlyInAnyOrder("inspect-refs", "maintain");
            shop.background.queue().settle();
            assertThat(shop.background.intake().refresh(entry.id()))
                    .as("nothing is left to be noted")
                    .isFalse();
        }
    }

    private static void branches(Workshop shop, Entry entry, RevisionId at, int n, List<RefWatch.Change> changes)
            throws IOException {
        BatchRefUpdate batch = shop.repo(entry).jgit().getRefDatabase().newBatchUpdate();
        for (int i = 0; i < n; i++) {
            String ref = "refs/heads/step" + i;
            batch.addCommand(new ReceiveCommand(ObjectId.zeroId(), ObjectId.fromString(at.value()), ref));
            changes.add(new RefWatch.Change(ref, Optional.empty(), Optional.of(at)));
        }
        try (RevWalk walk = new RevWalk(shop.repo(entry).jgit())) {
            batch.execute(walk, NullProgressMonitor.INSTANCE);
        }
    }

    @Test
    void checkpointsShareWhatWasSeen() throws Exception {
        try (Workshop shop = new Workshop(data, clock)) {
            Entry entry = shop.model("suite");
            RevisionId main = shop.commit(
                    entry, "main", Map.of("README.md", text(CARD), "model.safetensors", shop.large(entry, weights(8))));
            shop.background.queue().settle();
            Map<String, RevisionId> steps = new LinkedHashMap<>();
            for (int i = 0; i < 20; i++) {
                steps.put("step" + i, shop.commit(entry, "step" + i, Map.of("log.txt", text("step " + i))));
            }
            // Seen later, if it were seen again: the time of the first sight tells who looked.
            Instant first = clock.instant();
            clock.advance(Duration.ofMinutes(1));
            shop.background.queue().settle();
            String digest = shop.background
                    .findings()
                    .of(shop.again(entry), main)
                    .seen()
                    .orElseThrow()
                    .digest();
            for (RevisionId step : steps.values()) {
                var seen = shop.background
                        .findings()
                        .of(shop.again(entry), step)
                        .seen()
                        .orElseThrow();
                assertThat(seen.digest()).isEqualTo(digest);
                assertThat(seen.observed())
                        .isNotEmpty()
                        .allMatch(one -> one.at().equals(first));
            }
        }
    }

    @Test
    void whatChangedWhileNobodyWatchedIsFoundAtTheNextStart() throws Exception {
        Entry entry;
        RevisionId changed;
        try (Workshop shop = new Workshop(data, clock)) {
            entry = shop.model("engine");
            shop.background.queue().settle();
            changed = shop.commit(entry, "main", Map.of("a.txt", text("a")));
            RevisionId before = shop.repo(entry).jgit().resolve(changed.value() + "^") == null
                    ? changed
                    : new RevisionId(shop.repo(entry)
                            .jgit()
                            .resolve(changed.value() + "^")
                            .name());
            // As if the process had ended between the ref and the index.
            shop.parts
                    .entries()
                    .change(
                            entry.id(),
                            now -> now.with(HeadReader.at(now.head(), Optional.of(before), now.createdAt())));
            Files.writeString(shop.repo(entry).folder().resolve("refs/heads/other"), changed + "\n");
        }
        try (Workshop next = new Workshop(data, clock)) {
            next.background.queue().add(new Task.CatchUp());
            next.background.queue().settle();
            assertThat(next.again(entry).head().revision()).contains(changed);
            assertThat(next.again(entry).head().files()).isEqualTo(2);
            assertThat(next.background.findings().of(next.again(entry), changed).state())
                    .isInstanceOf(RevisionFindings.Done.class);
            assertThat(next.background.intake().refresh(entry.id())).isFalse();
        }
    }

    @Test
    void aMissingObjectIsAFaultOfTheEntryAndTheWorkerGoesOn() throws Exception {
        Entry broken;
        Entry sound;
        RevisionId head;
        Path objects;
        try (Workshop shop = new Workshop(data, clock)) {
            broken = shop.model("broken");
            sound = shop.model("sound");
            head = shop.commit(broken, "main", Map.of("README.md", text(CARD)));
            shop.commit(sound, "main", Map.of("README.md", text(CARD)));
            objects = shop.repo(broken).folder().resolve("objects");
        }
        try (Stream<Path> files = Files.walk(objects)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }
        try (Workshop shop = new Workshop(data, clock)) {
            shop.background.queue().add(new Task.CatchUp());
            shop.background.queue().settle();
            assertThat(shop.again(broken).head().fault())
                    .hasValueSatisfying(fault -> assertThat(fault)
                            .startsWith("the repository is broken")
                            .doesNotContain(data.toString()));
            assertThat(shop.background.findings().of(shop.again(broken), head).state())
                    .isInstanceOf(RevisionFindings.Failed.class);
            assertThat(shop.again(sound).head().fault()).isEmpty();
            assertThat(shop.again(sound).head().statements()).isPositive();
        }
    }

    @Test
    void aPointerOpensNothingThatItsEntryDoesNotHold() throws Exception {
        try (Workshop shop = new Workshop(data, clock)) {
            Entry secret = shop.model("secret");
            byte[] pointer = shop.large(secret, weights(8));
            shop.commit(secret, "main", Map.of("model.safetensors", pointer));
            shop.background.queue().settle();
            assertThat(shop.again(secret).head().parameters()).contains(16L);
            // The same file at the same path: neither the bytes are read nor what was seen in them taken over.
            Entry guess = shop.model("guess");
            shop.commit(guess, "main", Map.of("model.safetensors", pointer));
            shop.background.queue().settle();
            assertThat(shop.again(guess).head().parameters()).isEmpty();
            assertThat(shop.again(guess).head().fault())
                    .hasValueSatisfying(fault -> assertThat(fault)
                            .contains("the content of `model.safetensors` was not uploaded to this entry"));
            assertThat(shop.again(secret).head().fault()).isEmpty();
        }
    }

    @Test
    void aLargeFileThatIsNotInTheStoreIsAFaultWithItsName() throws Exception {
        try (Workshop shop = new Workshop(data, clock)) {
            Entry entry = shop.model("engine");
            byte[] pointer = shop.large(entry, weights(8));
            RevisionId head = shop.commit(entry, "main", Map.of("model.safetensors", pointer));
            try (Stream<Path> objects = Files.walk(data.resolve("store/objects"))) {
                for (Path file : objects.filter(Files::isRegularFile).toList()) {
                    Files.delete(file);
                }
            }
            shop.background.queue().settle();
            assertThat(shop.again(entry).head().fault())
                    .contains("the content of `model.safetensors` cannot be read from the store");

            // It is brought back, and somebody looks again.
            shop.large(entry, weights(8));
            shop.background.findings().lookAgain(shop.again(entry), head);
            shop.background.queue().settle();
            assertThat(shop.again(entry).head().fault()).isEmpty();
            assertThat(shop.again(entry).head().parameters()).contains(16L);
        }
    }

    @Test
    void aBranchThatIsDeletedIsForgotten() throws Exception {
        try (Workshop shop = new Workshop(data, clock)) {
            Entry entry = shop.model("engine");
            shop.commit(entry, "side", Map.of("a.txt", text("a")));
            Files.delete(shop.repo(entry).folder().resolve("refs/heads/side"));
            shop.background
                    .watch()
                    .changed(
                            entry.id(),
                            List.of(new RefWatch.Change("refs/heads/side", Optional.empty(), Optional.empty())));
            shop.background.queue().settle();
            assertThat(shop.background.intake().refresh(entry.id())).isFalse();
        }
    }

    @Test
    void aRemovedEntryTakesItsJobsAlong() throws Exception {
        try (Workshop shop = new Workshop(data, clock)) {
            Entry entry = shop.model("engine");
            shop.parts.entries().remove(entry.id());
            assertThat(shop.background.queue().list(Optional.empty(), Optional.empty(), 0, 10))
                    .isEmpty();
            shop.background
                    .watch()
                    .changed(
                            entry.id(),
                            List.of(new RefWatch.Change("refs/heads/main", Optional.empty(), Optional.empty())));
            assertThat(shop.background.queue().list(Optional.empty(), Optional.empty(), 0, 10))
                    .isEmpty();
        }
    }
}
