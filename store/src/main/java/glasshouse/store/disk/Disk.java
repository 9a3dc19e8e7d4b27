package glasshouse.store.disk;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A disk as a crash sees it. What survives a loss of power:
 *
 * <ul>
 *   <li>the content of a file as of its last {@link DiskFile#sync};
 *   <li>the names in a folder (made, renamed, deleted) as of its last {@link #syncFolder}.
 * </ul>
 *
 * Everything later may survive in full, in part, or not at all. So a file is put in place for good by: create under a name of its
 * own, write, sync, rename, sync the folder. Safe for many threads.
 *
 * <p>A full disk is told by {@link NoSpace} by every operation that needs room.
 */
public interface Disk {
    /**
     * Makes a new file, open for reading and writing.
     *
     * @throws FileAlreadyExistsException where the name is taken, by whatever
     */
    DiskFile create(Path file) throws IOException;

    /**
     * Opens a file for reading.
     *
     * @throws NoSuchFileException where there is none
     */
    DiskFile open(Path file) throws IOException;

    /**
     * Opens a file that exists for reading and writing.
     *
     * @throws NoSuchFileException where there is none
     */
    DiskFile openToChange(Path file) throws IOException;

    /** Gives a file another name at once, in place of the file that has it now. Not durable before the folders are synced. */
    void rename(Path from, Path to) throws IOException;

    /** Makes what was made, renamed and deleted in this folder durable. */
    void syncFolder(Path folder) throws IOException;

    /**
     * Deletes a file or an empty folder. Not durable before its folder is synced.
     *
     * @return whether there was one
     */
    boolean delete(Path file) throws IOException;

    /** What is there, if anything. */
    Optional<Facts> look(Path file) throws IOException;

    /**
     * The names in a folder, sorted.
     *
     * @throws NoSuchFileException where there is no such folder
     */
    List<String> list(Path folder) throws IOException;

    /**
     * Makes a folder if it is not there and syncs its parent in any case: that it is there already does not say that the one who
     * made it got as far as syncing. Durable when this returns.
     */
    void createFolder(Path folder) throws IOException;

    /** Makes a folder with all that are missing above it. Durable when this returns. */
    default void createFolders(Path folder) throws IOException {
        Path parent = folder.toAbsolutePath().getParent();
        if (parent != null && look(parent).isEmpty()) {
            createFolders(parent);
        }
        createFolder(folder);
    }

    /** How much more can be written to the disk that this file or folder is on. */
    long usableBytes(Path place) throws IOException;
}
