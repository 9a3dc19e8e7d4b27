package glasshouse.store.object;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads that hash one piece while the next is being received and written, and that push written bytes to the disk early.
 *
 * <p>Nobody ever waits for a thread to be free: work that was not begun when its result is wanted is done by whoever wants it
 * ({@link #finish}). On a busy machine this is therefore as good as no threads at all, and on a quiet one an upload takes as
 * long as the slower of hashing and writing, not as both. They are platform threads, since hashing would keep the carriers of
 * virtual threads from everybody else. They end when idle.
 */
public final class Workers {
    private static final int CORES = Runtime.getRuntime().availableProcessors();
    private static final int IDLE_SECONDS = 10;

    private final ThreadPoolExecutor hashing = pool("store-hash", CORES);
    private final ThreadPoolExecutor syncing = pool("store-sync", 4);

    private static ThreadPoolExecutor pool(String name, int threads) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads,
                threads,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().daemon().name(name + "-", 0).factory());
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    public FutureTask<Void> hash(Runnable work) {
        FutureTask<Void> task = new FutureTask<>(work, null);
        hashing.execute(task);
        return task;
    }

    public FutureTask<Void> sync(Callable<Void> work) {
        FutureTask<Void> task = new FutureTask<>(work);
        syncing.execute(task);
        return task;
    }

    /** Waits for work that was begun, does what was not, and hands on its failure. */
    public static void finish(FutureTask<Void> task) throws IOException {
        task.run();
        try {
            task.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while an object was written");
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof IOException io) {
                throw io;
            }
            throw new IllegalStateException(failure.getCause());
        }
    }
}
