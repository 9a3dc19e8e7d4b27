package glasshouse.store.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class MemoryDiskTest implements DiskContract {
    private final MemoryDisk disk = new MemoryDisk();

    @Override
    public Disk disk() {
        return disk;
    }

    @Override
    public Path folder() {
        return Path.of("/");
    }

    @Test
    void loses_in_a_crash_what_was_not_synced() throws IOException {
        Path file = Path.of("/a");
        try (DiskFile out = disk.create(file)) {
            out.write(0, ByteBuffer.wrap(new byte[] {1}));
            assertThat(disk.afterCrash().look(file)).isEmpty();
            disk.syncFolder(Path.of("/"));
            assertThat(disk.afterCrash().look(file).orElseThrow().sizeBytes()).isEqualTo(0);
            out.sync();
            assertThat(disk.afterCrash().look(file).orElseThrow().sizeBytes()).isEqualTo(1);
        }
        disk.rename(file, Path.of("/b"));
        assertThat(disk.afterCrash().list(Path.of("/"))).containsExactly("a");
        disk.syncFolder(Path.of("/"));
        assertThat(disk.afterCrash().list(Path.of("/"))).containsExactly("b");
    }

    @Test
    void may_keep_in_a_crash_any_part_of_what_was_not_synced() throws IOException {
        disk.create(Path.of("/a")).close();
        disk.syncFolder(Path.of("/"));
        disk.rename(Path.of("/a"), Path.of("/b"));
        TreeSet<String> seen = new TreeSet<>();
        for (int seed = 0; seed < 100; seed++) {
            seen.add(disk.afterCrash(new SplittableRandom(seed))
                    .list(Path.of("/"))
                    .toString());
        }
        assertThat(seen).containsExactly("[]", "[a, b]", "[a]", "[b]");
    }

    @Test
    void is_full_when_it_is_full_and_not_when_something_was_deleted() throws IOException {
        MemoryDisk small = new MemoryDisk(10);
        DiskFile file = small.create(Path.of("/a"));
        assertThatThrownBy(() -> file.write(0, ByteBuffer.allocate(11))).isInstanceOf(NoSpace.class);
        assertThat(small.usableBytes(Path.of("/"))).isZero();
        small.delete(Path.of("/a"));
        assertThat(small.usableBytes(Path.of("/"))).isEqualTo(10);
    }
}
