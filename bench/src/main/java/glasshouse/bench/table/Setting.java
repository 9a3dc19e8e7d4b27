package glasshouse.bench.table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/**
 * Where and how large to measure.
 *
 * @param full whether in the sizes that the goals speak of; otherwise small, to see that all works
 * @param disk a folder of this run on a real disk
 * @param memory a folder of this run on a memory disk
 * @param root the checkout
 */
public record Setting(boolean full, Path disk, Path memory, Path root) {
    /** The size that counts, or the one for a trial. */
    public int size(int whole, int small) {
        return full ? whole : small;
    }

    /** A new folder on the real disk. */
    public Path onDisk(String name) throws IOException {
        return Files.createTempDirectory(disk, name);
    }

    /** A new folder on the memory disk. */
    public Path inMemory(String name) throws IOException {
        return Files.createTempDirectory(memory, name);
    }

    /** Removes what a row has left. */
    public void clean() throws IOException {
        for (Path folder : List.of(disk, memory)) {
            remove(folder);
            Files.createDirectories(folder);
        }
    }

    /** Removes a folder with all that is in it. */
    public static void remove(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
