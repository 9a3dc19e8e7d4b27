package glasshouse.hub.job;

import static org.assertj.core.api.Assertions.assertThat;

import glasshouse.core.entry.EntryId;
import glasshouse.core.entry.RevisionId;
import glasshouse.hub.index.Database;
import glasshouse.hub.index.DatabaseConfig;
import glasshouse.hub.index.Jobs;
import glasshouse.hub.index.Jobs.Job;
import glasshouse.hub.index.Jobs.State;
import glasshouse.hub.index.Jobs.Wanted;
import glasshouse.hub.testing.FakeClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobQueueTest {
    private static final EntryId ADA = new EntryId("000000000000000000000001");
    private static final EntryId BOB = new EntryId("000000000000000000000002");
    private static final RevisionId REVISION = new RevisionId("a".repeat(40));

    @TempDir
    Path data;

    private final FakeClock clock = new FakeClock(Instant.parse("2026-11-20T10:00:00Z"));
    private Database index;
    private Jobs jobs;

    @BeforeEach
    void open() {
        index = Database.index(new DatabaseConfig.Embedded(data));
        jobs = new Jobs(index);
    }

    @AfterEach
    void close() {
        index.close();
    }

    private List<Job> all(State state) {
        return jobs.list(Optional.empty(), Optional.of(state), 0, 100);
    }

    private Job only(State state) {
        List<Job> found = all(state);
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    @Test
    void doesWhatMattersMostFirst() {
        List<Task> done = new ArrayList<>();
        try (JobQueue queue = queue(done)) {
            queue.add(
                    new Task.InspectRefs(ADA),
                    new Task.PurgeDeleted(),
                    new Task.InspectHead(ADA),
                    new Task.IndexHead(ADA));
            queue.settle();
        }
        assertThat(done)
                .containsExactly(
                        new Task.IndexHead(ADA),
                        new Task.InspectHead(ADA),
                        new Task.InspectRefs(ADA),
                        new Task.PurgeDeleted());
    }

    private JobQueue queue(List<Task> done) {
        return new JobQueue(
                jobs,
                (task, steps) -> {
                    done.add(task);
                    return "";
                },
                clock);
    }

    @Test
    void everyTaskSurvivesItsRow() {
        List<Task> tasks = List.of(
                new Task.IndexHead(ADA),
                new Task.InspectHead(ADA),
                new Task.InspectRefs(ADA),
                new Task.InspectRevision(ADA, REVISION),
                new Task.Maintain(BOB),
                new Task.CatchUp(),
                new Task.PurgeDeleted());
        List<Task> done = new ArrayList<>();
        try (JobQueue queue = queue(done)) {
            queue.add(tasks.toArray(Task[]::new));
            queue.settle();
        }
        assertThat(done).containsExactlyInAnyOrderElementsOf(tasks);
        assertThat(tasks.stream().map(task -> task.getClass()).distinct())
                .as("each kind of task is here")
                .hasSize(Task.class.getPermittedSubclasses().length);
    }

    @Test
    void theSameWorkWaitsOnce() {
        List<Task> done = new ArrayList<>();
        try (JobQueue queue = queue(done)) {
            for (int i = 0; i < 50; i++) {
                queue.add(new Task.InspectHead(ADA), new Task.InspectHead(BOB));
            }
            assertThat(queue.counts()).containsEntry(State.WAITING, 2L);
            queue.settle();
        }
        assertThat(done).hasSize(2);
    }

    @Test
    void workThatIsWantedWhileItRunsIsDoneOnceMore() {
        AtomicInteger times = new AtomicInteger();
        JobQueue[] self = new JobQueue[1];
        try (JobQueue queue = new JobQueue(
                jobs,
                (task, steps) -> {
                    if (times.incrementAndGet() == 1) {
                        self[0].add(task, task);
                    }
                    return "";
                },
                clock)) {
            self[0] = queue;
            queue.add(new Task.InspectHead(ADA));
            queue.settle();
        }
        assertThat(times).hasValue(2);
    }

    @Test
    void aFailureIsTriedAgainAfterLongerAndLongerPauses() {
        List<Instant> tried = new ArrayList<>();
        try (JobQueue queue = new JobQueue(
                jobs,
                (task, steps) -> {
                    tried.add(clock.instant());
                    throw new IOException("the disk had a bad moment, at /secret/place");
                },
                clock)) {
            queue.add(new Task.InspectHead(ADA));
            for (int i = 0; i < 20_000; i++) {
                queue.settle();
                clock.advance(Duration.ofSeconds(1));
            }
        }
        List<Long> pauses = new ArrayList<>();
        for (int i = 1; i < tried.size(); i++) {
            pauses.add(Duration.between(tried.get(i - 1), tried.get(i)).toSeconds());
        }
        assertThat(pauses).containsExactly(10L, 40L, 160L, 640L, 2560L);
        Job failed = only(State.FAILED);
        assertThat(failed.attempts()).isEqualTo(JobQueue.MAX_ATTEMPTS);
        assertThat(failed.message()).contains("IOException").doesNotContain("secret");
    }

    @Test
    void aBrokenRepositoryIsNotTriedAgain() {
        AtomicInteger times = new AtomicInteger();
        try (JobQueue queue = new JobQueue(
                jobs,
                (task, steps) -> {
                    times.incrementAndGet();
                    throw new MissingObjectException(ObjectId.fromString("b".repeat(40)), Constants.TYPE_BLOB);
                },
                clock)) {
            queue.add(new Task.InspectHead(ADA));
            queue.settle();
            clock.advance(Duration.ofDays(1));
            queue.settle();
        }
        assertThat(times).hasValue(1);
        assertThat(only(State.FAILED).message()).contains("b".repeat(40)).contains("missing");
    }

    @Test
    void anErrorOfTheProgramEndsTheJobAndNotTheWorker() {
        List<Task> done = new ArrayList<>();
        try (JobQueue queue = new JobQueue(
                jobs,
                (task, steps) -> {
                    if (task instanceof Task.IndexHead) {
                        throw new StackOverflowError();
                    }
                    done.add(task);
                    return "";
                },
                clock)) {
            queue.add(new Task.IndexHead(ADA), new Task.InspectHead(BOB));
            queue.settle();
        }
        assertThat(done).containsExactly(new Task.InspectHead(BOB));
    }

    @Test
    void successForgetsEarlierFailures() {
        AtomicInteger times = new AtomicInteger();
        try (JobQueue queue = new JobQueue(
                jobs,
                (task, steps) -> {
                    if (times.incrementAndGet() == 1) {
                        throw new MissingObjectException(ObjectId.zeroId(), Constants.TYPE_BLOB);
                    }
                    return "mended";
                },
                clock)) {
            queue.add(new Task.InspectHead(ADA));
            queue.settle();
            assertThat(all(State.FAILED)).hasSize(1);
            queue.add(new Task.InspectHead(ADA));
            queue.settle();
        }
        assertThat(all(State.FAILED)).isEmpty();
        assertThat(only(State.DONE).message()).isEqualTo("mended");
    }

    @Test
    void whatRanWhenTheProcessEndedWaitsAgain() {
        jobs.add(List.of(new Task.InspectHead(ADA).wanted()), clock.instant());
        assertThat(jobs.claim(clock.instant())).isPresent();
        assertThat(only(State.RUNNING).attempts()).isEqualTo(1);
        List<Task> done = new ArrayList<>();
        try (JobQueue queue = queue(done)) {
            assertThat(all(State.WAITING)).hasSize(1);
            queue.settle();
        }
        assertThat(done).containsExactly(new Task.InspectHead(ADA));
    }

    @Test
    void whatRanAndWasWantedAgainWhenTheProcessEndedIsDoneOnce() {
        Wanted wanted = new Task.InspectHead(ADA).wanted();
        jobs.add(List.of(wanted), clock.instant());
        assertThat(jobs.claim(clock.instant())).isPresent();
        jobs.add(List.of(wanted), clock.instant());
        List<Task> done = new ArrayList<>();
        try (JobQueue queue = queue(done)) {
            queue.settle();
        }
        assertThat(done).hasSize(1);
    }

    @Test
    void workThatEndsTheProcessEachTimeIsGivenUp() {
        jobs.add(List.of(new Task.InspectHead(ADA).wanted()), clock.instant());
        for (int i = 0; i < JobQueue.MAX_ATTEMPTS; i++) {
            assertThat(jobs.claim(clock.instant())).isPresent();
            jobs.recover();
        }
        List<Task> done = new ArrayList<>();
        try (JobQueue queue = queue(done)) {
            queue.settle();
        }
        assertThat(done).isEmpty();
        assertThat(only(State.FAILED).message()).contains("the server ended each time");
    }

    @Test
    void closingStopsWorkAtItsNextStepAndKeepsIt() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        JobQueue queue = new JobQueue(
                jobs,
                (task, steps) -> {
                    for (long step = 0; ; step++) {
                        steps.at(step, 0, "going on for ever");
                        started.countDown();
                    }
                },
                clock);
        queue.add(new Task.InspectHead(ADA));
        queue.start(1);
        started.await();
        queue.close();
        assertThat(only(State.WAITING).attempts())
                .as("the attempt does not count")
                .isZero();
    }

    @Test
    void workOfARemovedEntryEnds() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch removed = new CountDownLatch(1);
        AtomicInteger ended = new AtomicInteger();
        try (JobQueue queue = new JobQueue(
                jobs,
                (task, steps) -> {
                    started.countDown();
                    removed.await();
                    try {
                        steps.at(0, 1, "next");
                    } catch (Stopped e) {
                        ended.incrementAndGet();
                        throw e;
                    }
                    return "";
                },
                clock)) {
            queue.add(new Task.InspectHead(ADA));
            queue.start(1);
            started.await();
            new glasshouse.hub.index.Entries(index).remove(ADA);
            removed.countDown();
            queue.settle();
        }
        assertThat(ended).hasValue(1);
        assertThat(jobs.list(Optional.empty(), Optional.empty(), 0, 10)).isEmpty();
    }

    @Test
    void anEntryHasOneJobUnderWayAtATime() throws Exception {
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch bobIsAtIt = new CountDownLatch(1);
        try (JobQueue queue = new JobQueue(
                jobs,
                (task, steps) -> {
                    if (task.equals(new Task.IndexHead(ADA))) {
                        order.add("first of ada");
                        bobIsAtIt.await();
                        order.add("end of first of ada");
                    } else if (task.equals(new Task.InspectHead(ADA))) {
                        order.add("second of ada");
                    } else {
                        bobIsAtIt.countDown();
                    }
                    return "";
                },
                clock)) {
            queue.add(new Task.IndexHead(ADA), new Task.InspectHead(ADA), new Task.InspectRefs(BOB));
            queue.start(2);
            queue.settle();
        }
        assertThat(order).containsExactly("first of ada", "end of first of ada", "second of ada");
    }

    @Test
    void whatIsDoneFromTimeToTimeWaitsForTheNextTime() {
        List<Task> done = new ArrayList<>();
        try (JobQueue queue = queue(done)) {
            queue.add(new Task.PurgeDeleted());
            queue.settle();
            assertThat(only(State.WAITING).runAt()).isEqualTo(clock.instant().plus(Duration.ofHours(6)));
            clock.advance(Duration.ofHours(6));
            queue.settle();
        }
        assertThat(done).hasSize(2);
    }

    @Test
    void historyIsBounded() {
        try (JobQueue queue = queue(new ArrayList<>())) {
            for (int i = 0; i < 1100; i++) {
                jobs.add(
                        List.of(new Wanted("inspect-revision", ADA.value(), "%040x".formatted(i), 1)), clock.instant());
                clock.advance(Duration.ofSeconds(1));
                queue.settle();
            }
            assertThat(queue.counts()).containsEntry(State.DONE, 1000L);
            assertThat(jobs.list(Optional.empty(), Optional.of(State.DONE), 0, 1)
                            .getFirst()
                            .subject())
                    .isEqualTo("%040x".formatted(1099));
        }
    }

    @Test
    void workOfAnotherVersionFailsAndIsNamed() {
        jobs.add(List.of(new Wanted("paint-it-green", ADA.value(), "", 0)), clock.instant());
        try (JobQueue queue = queue(new ArrayList<>())) {
            queue.settle();
        }
        assertThat(only(State.FAILED).message()).contains("`paint-it-green`");
    }
}
