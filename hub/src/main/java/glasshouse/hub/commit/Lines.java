package glasshouse.hub.commit;

import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Lines of a body, one after the other. A long line waits on disk until it is whole, and only a few long ones are in memory at a
 * time, however many clients send them however slowly. For one thread.
 */
final class Lines {
    private static final int IN_MEMORY_BYTES = 1 << 20;
    private static final int BUFFER = 64 << 10;
    private static final Semaphore LONG_ONES = new Semaphore(4);

    /** Takes a line. */
    @FunctionalInterface
    interface Taker {
        void take(byte[] line) throws IOException;
    }

    private final Path temporary;
    private final long maxBytes;
    private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
    private @Nullable Path file;
    private @Nullable OutputStream disk;
    private long length;

    /**
     * @param temporary a folder for long lines
     * @param maxBytes the longest line that is taken
     */
    Lines(Path temporary, long maxBytes) {
        this.temporary = temporary;
        this.maxBytes = maxBytes;
    }

    /** Hands every line that is not empty on, in order. */
    void read(InputStream body, Taker taker) throws IOException {
        byte[] buffer = new byte[BUFFER];
        try {
            int n;
            while ((n = body.read(buffer)) >= 0) {
                int start = 0;
                for (int i = 0; i < n; i++) {
                    if (buffer[i] == '\n') {
                        add(buffer, start, i - start);
                        end(taker);
                        start = i + 1;
                    }
                }
                add(buffer, start, n - start);
            }
            end(taker);
        } finally {
            drop();
        }
    }

    private void add(byte[] bytes, int at, int n) throws IOException {
        length += n;
        if (length > maxBytes) {
            throw Problem.of(Code.TOO_LARGE, "a line of the commit has more than " + maxBytes + " bytes")
                    .because("regular files are small")
                    .mend("ask `preupload` first, and send large files through git-lfs")
                    .refusal();
        }
        if (disk == null && length > IN_MEMORY_BYTES) {
            file = Files.createTempFile(temporary, "commit", ".line");
            disk = Files.newOutputStream(file);
            memory.writeTo(disk);
            memory.reset();
        }
        if (disk == null) {
            memory.write(bytes, at, n);
        } else {
            disk.write(bytes, at, n);
        }
    }

    private void end(Taker taker) throws IOException {
        if (length == 0) {
            return;
        }
        if (file == null) {
            byte[] line = memory.toByteArray();
            drop();
            taker.take(line);
            return;
        }
        LONG_ONES.acquireUninterruptibly();
        try {
            byte[] line = Files.readAllBytes(file);
            drop();
            taker.take(line);
        } finally {
            LONG_ONES.release();
        }
    }

    private void drop() throws IOException {
        memory.reset();
        length = 0;
        if (disk != null) {
            disk.close();
            disk = null;
        }
        if (file != null) {
            Files.deleteIfExists(file);
            file = null;
        }
    }
}
