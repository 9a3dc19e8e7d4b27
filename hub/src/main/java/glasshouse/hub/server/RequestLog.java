package glasshouse.hub.server;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The request log: a line of JSON per request, in a file that is put aside when it is large. Lines are handed to one thread, so
 * that no request waits for the disk; where that thread cannot keep up, lines are dropped and their number is told.
 */
public final class RequestLog implements Consumer<String>, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RequestLog.class);
    private static final int WAITING_LINES = 8192;
    private static final String END = "";

    private final RequestLogConfig config;
    private final PrintStream otherwise;
    private final BlockingQueue<String> waiting = new ArrayBlockingQueue<>(WAITING_LINES);
    private final AtomicLong dropped = new AtomicLong();
    private final Thread thread;
    private @Nullable BufferedWriter writer;
    private long written;

    /**
     * A log that has not started: lines that come meanwhile wait.
     *
     * @param otherwise where lines go if not to a file
     */
    public RequestLog(RequestLogConfig config, PrintStream otherwise) {
        this.config = config;
        this.otherwise = otherwise;
        this.thread = Thread.ofPlatform().name("request-log").daemon().unstarted(this::run);
    }

    /** Opens the file, and begins to write. */
    public void start() throws IOException {
        if (config.on() && config.file().isPresent()) {
            begin(config.file().get());
        }
        thread.start();
    }

    @Override
    public void accept(String line) {
        if (config.on() && !waiting.offer(line)) {
            dropped.incrementAndGet();
        }
    }

    private BufferedWriter begin(Path file) throws IOException {
        Files.createDirectories(Objects.requireNonNull(file.toAbsolutePath().getParent()));
        BufferedWriter begun = Files.newBufferedWriter(
                file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        writer = begun;
        written = Files.size(file);
        return begun;
    }

    private void run() {
        boolean ended = false;
        while (!ended) {
            try {
                String line = waiting.poll(1, TimeUnit.HOURS);
                ended = line != null && line.equals(END);
                if (line != null && !ended) {
                    write(line);
                }
                if (waiting.isEmpty()) {
                    flush();
                }
            } catch (IOException e) {
                LOG.error("the request log cannot be written", e);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void write(String line) throws IOException {
        if (config.file().isEmpty()) {
            otherwise.println(line);
            return;
        }
        BufferedWriter file = writer == null ? begin(config.file().get()) : writer;
        file.write(line);
        file.write('\n');
        written += line.length() + 1L;
        if (written >= config.maxBytes()) {
            turn(config.file().get(), file);
        }
    }

    /**
     * {@code requests.jsonl} becomes {@code requests.jsonl.1}, that {@code .2}, and so on; the last is removed. Where that fails, the
     * file is written on, and put aside when it has grown by as much again: a log that is too large is better than none.
     */
    private void turn(Path file, BufferedWriter full) throws IOException {
        writer = null;
        try {
            full.close();
            putAside(file);
            begin(file);
        } catch (IOException e) {
            LOG.error("the request log could not be put aside; it is written on: {}", e.toString());
            begin(file);
            written = 0;
        }
    }

    private void putAside(Path file) throws IOException {
        for (int i = config.kept(); i > 0; i--) {
            Path from = i == 1 ? file : aside(file, i - 1);
            if (Files.exists(from)) {
                Files.move(from, aside(file, i), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.deleteIfExists(file);
    }

    private static Path aside(Path file, int number) {
        return file.resolveSibling(file.getFileName() + "." + number);
    }

    private void flush() throws IOException {
        long lost = dropped.getAndSet(0);
        if (lost > 0) {
            LOG.warn("{} lines of the request log were dropped", lost);
        }
        if (writer != null) {
            writer.flush();
        }
    }

    /** Writes what waits, then ends. */
    @Override
    public void close() throws IOException {
        if (!thread.isAlive()) {
            return;
        }
        try {
            waiting.put(END);
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (writer != null) {
            writer.close();
        }
    }
}
