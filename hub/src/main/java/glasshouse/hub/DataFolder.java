package glasshouse.hub;

import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import glasshouse.core.problem.Refusal;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The one folder that everything is in, held by a lock while a process uses it: there is never a second writer. */
public final class DataFolder implements AutoCloseable {
    private final Path root;
    private final FileChannel lockFile;

    private DataFolder(Path root, FileChannel lockFile) {
        this.root = root;
        this.lockFile = lockFile;
    }

    /**
     * Takes the folder, and makes it where it is not there.
     *
     * @throws glasshouse.core.problem.Refusal CONFLICT where another process has it
     */
    public static DataFolder take(Path root) throws IOException {
        return takeIfFree(root).orElseThrow(() -> held(root));
    }

    /** That another process has the folder. */
    static Refusal held(Path root) {
        return Problem.of(Code.CONFLICT, "the data folder `" + root + "` is in use by another process")
                .mend("stop that server first, or choose another folder with --data")
                .refusal();
    }

    /** Takes the folder unless another process has it. */
    public static Optional<DataFolder> takeIfFree(Path root) throws IOException {
        makeFolder(root);
        for (String folder : new String[] {"repos", "store", "tmp"}) {
            Files.createDirectories(root.resolve(folder));
        }
        FileChannel channel =
                FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            @Nullable FileLock lock = channel.tryLock();
            if (lock != null) {
                return Optional.of(new DataFolder(root, channel));
            }
        } catch (OverlappingFileLockException e) {
            // held within this process: the same refusal
        }
        channel.close();
        return Optional.empty();
    }

    /** A folder that we make is its owner's alone: it holds what people keep private. One that is there stays as it is. */
    private static void makeFolder(Path root) throws IOException {
        if (Files.isDirectory(root)) {
            return;
        }
        @Nullable Path above = root.toAbsolutePath().getParent();
        if (above != null) {
            Files.createDirectories(above);
        }
        try {
            if (root.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.createDirectory(
                        root, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            } else {
                Files.createDirectory(root);
            }
        } catch (FileAlreadyExistsException meanwhile) {
            // another process made it at the same moment, or it is a link to a folder
        }
    }

    public Path repos() {
        return root.resolve("repos");
    }

    public Path store() {
        return root.resolve("store");
    }

    public Path temporary() {
        return root.resolve("tmp");
    }

    public Path root() {
        return root;
    }

    @Override
    public void close() throws IOException {
        lockFile.close();
    }
}
