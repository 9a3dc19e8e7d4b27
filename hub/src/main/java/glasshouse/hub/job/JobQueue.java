package glasshouse.hub.job;

import glasshouse.core.entry.EntryId;
import glasshouse.hub.index.Jobs;
import glasshouse.hub.index.Jobs.Job;
import glasshouse.hub.index.Jobs.State;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work in the background: taken in at any time, done by a few threads in the order of its rank, tried again after a pause where a
 * failure may pass. What waits or runs when the process ends is done by the next one. Safe for many threads.
 */
public final class JobQueue implements AutoCloseable {
    /** How often work is begun before it counts as failed. */
    static final int MAX_ATTEMPTS = 6;

    private static final Logger LOG = LoggerFactory.getLogger(JobQueue.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
    private static final Duration LONGEST_SLEEP = Duration.ofMinutes(1);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(30);

    /** Does work. */
    @FunctionalInterface
    public interface Work {
        /**
         * Does one task.
         *
         * @return what is to be said of its end, or the empty text
         * @throws Exception where it failed; tried again, unless the repository itself is broken
         */
        String run(Task task, Steps steps) throws Exception;
    }

    private final Jobs jobs;
    private final Work work;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile boolean stopping;
    private List<Thread> threads = List.of();
    private int running;
    private long wakes;

    public JobQueue(Jobs jobs, Work work, InstantSource clock) {
        this.jobs = jobs;
        this.work = work;
        this.clock = clock;
        int stopped = jobs.recover();
        if (stopped > 0) {
            LOG.info("{} jobs were under way when the server ended; they wait again", stopped);
        }
    }

    /** Takes work in, to be done as soon as it is its turn. */
    public void add(Task... tasks) {
        jobs.add(Stream.of(tasks).map(Task::wanted).toList(), clock.instant());
        wake();
    }

    /** Says that there may be work: it was added elsewhere, or time has passed. */
    public void wake() {
        lock.lock();
        try {
            wakes++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Starts to work. */
    public void start(int workers) {
        threads = Stream.iterate(1, n -> n + 1)
                .limit(workers)
                .map(n -> Thread.ofPlatform().daemon().name("job-" + n).start(this::workOn))
                .toList();
    }

    private void workOn() {
        while (!stopping) {
            long seen = wakes();
            try {
                if (!runNext()) {
                    sleep(seen);
                }
            } catch (RuntimeException e) {
                LOG.error("the queue of jobs could not be read", e);
                sleep(seen);
            }
        }
    }

    private long wakes() {
        lock.lock();
        try {
            return wakes;
        } finally {
            lock.unlock();
        }
    }

    private void sleep(long seen) {
        long left = pause().toNanos();
        lock.lock();
        try {
            while (wakes == seen && !stopping && left > 0) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopping = true;
        } finally {
            lock.unlock();
        }
    }

    private Duration pause() {
        try {
            Duration due = jobs.nextDue()
                    .map(at -> Duration.between(clock.instant(), at))
                    .orElse(LONGEST_SLEEP);
            return due.compareTo(LONGEST_SLEEP) > 0
                    ? LONGEST_SLEEP
                    : due.isPositive() ? due.plusMillis(1) : Duration.ofMillis(1);
        } catch (RuntimeException e) {
            return LONGEST_SLEEP;
        }
    }

    /** Does what is due on the calling thread, and returns when nothing is due and nothing runs. */
    public void settle() {
        while (!stopping) {
            if (runNext()) {
                continue;
            }
            lock.lock();
            try {
                if (running == 0) {
                    if (jobs.nextDue().map(due -> due.isAfter(clock.instant())).orElse(true)) {
                        return;
                    }
                } else {
                    long seen = wakes;
                    while (wakes == seen && !stopping) {
                        changed.await();
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } finally {
                lock.unlock();
            }
        }
    }

    private boolean runNext() {
        Optional<Job> job;
        lock.lock();
        try {
            job = stopping ? Optional.empty() : jobs.claim(clock.instant());
            job.ifPresent(claimed -> running++);
        } finally {
            lock.unlock();
        }
        if (job.isEmpty()) {
            return false;
        }
        try {
            run(job.get());
        } finally {
            lock.lock();
            try {
                running--;
                wakes++; // what waited for this one to end can be taken
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
        return true;
    }

    private void run(Job job) {
        Optional<Task> task = Task.of(job);
        if (task.isEmpty()) {
            jobs.failed(job, clock.instant(), "this version does not know the work `" + job.kind() + "`");
            return;
        }
        try {
            if (job.attempts() > MAX_ATTEMPTS) {
                jobs.failed(job, clock.instant(), "the server ended each time that this was begun");
                again(task.get());
                return;
            }
            String said = work.run(task.get(), Steps.of(jobs, job.id(), () -> stopping, clock));
            jobs.done(job, clock.instant(), said);
            again(task.get());
        } catch (Stopped e) {
            jobs.putBack(job);
        } catch (Exception | StackOverflowError | OutOfMemoryError e) {
            failed(job, task.get(), e);
        }
    }

    private void failed(Job job, Task task, Throwable fault) {
        Optional<Broken> broken = fault instanceof Exception e ? Broken.of(e) : Optional.empty();
        if (broken.isPresent()) {
            LOG.warn(
                    "{} of {}: the repository is broken: {}",
                    job.kind(),
                    job.entryId(),
                    broken.get().what());
            jobs.failed(
                    job,
                    clock.instant(),
                    "the repository is broken: " + broken.get().what());
        } else if (job.attempts() >= MAX_ATTEMPTS) {
            LOG.error("{} of {} failed {} times", job.kind(), job.entryId(), job.attempts(), fault);
            jobs.failed(job, clock.instant(), "failed " + job.attempts() + " times: " + kind(fault));
            again(task);
        } else {
            Duration pause = FIRST_PAUSE.multipliedBy(1L << (2 * (job.attempts() - 1)));
            LOG.warn("{} of {} failed; again in {}", job.kind(), job.entryId(), pause, fault);
            jobs.retry(job, clock.instant().plus(pause), "failed: " + kind(fault));
        }
    }

    /** The message of an exception may hold anything, names of folders too; the log has it. */
    private static String kind(Throwable fault) {
        return fault.getClass().getSimpleName();
    }

    private void again(Task task) {
        task.every()
                .ifPresent(pause ->
                        jobs.add(List.of(task.wanted()), clock.instant().plus(pause)));
    }

    /** Work of an entry, or of all. */
    public List<Job> list(Optional<EntryId> entry, Optional<State> state, int offset, int limit) {
        return jobs.list(entry, state, offset, limit);
    }

    /** How much work there is in each state. */
    public Map<State, Long> counts() {
        return jobs.counts();
    }

    /** Takes work that is due at a time, for tests and for what comes back. */
    void addAt(Task task, Instant at) {
        jobs.add(List.of(task.wanted()), at);
    }

    /** Ends: what runs stops at its next step and waits for the next start. */
    @Override
    public void close() {
        stopping = true;
        wake();
        long until = System.nanoTime() + STOP_WITHIN.toNanos();
        for (Thread thread : threads) {
            try {
                thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime())));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            if (thread.isAlive()) {
                LOG.warn("a job did not stop in time; it is done again at the next start");
            }
        }
    }
}
