package glasshouse.store.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What every disk does, so that what is proven on a fake holds on the real one. */
interface DiskContract {
    Disk disk();

    /** A folder that exists and is empty. */
    Path folder();

    private void put(String name, String text) throws IOException {
        try (DiskFile file = disk().create(folder().resolve(name))) {
            file.write(0, bytes(text));
            file.sync();
        }
    }

    private String get(String name) throws IOException {
        try (DiskFile file = disk().open(folder().resolve(name))) {
            ByteBuffer into = ByteBuffer.allocate((int) file.sizeBytes());
            while (into.hasRemaining() && file.read(into.position(), into) > 0) {
                // until full
            }
            return new String(into.array(), StandardCharsets.UTF_8);
        }
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    default void writes_what_it_reads() throws IOException {
        put("a", "hello");
        assertThat(get("a")).isEqualTo("hello");
        assertThat(disk().look(folder().resolve("a")).orElseThrow().sizeBytes()).isEqualTo(5);
        assertThat(disk().look(folder().resolve("a")).orElseThrow().folder()).isFalse();
        assertThat(disk().look(folder()).orElseThrow().folder()).isTrue();
        assertThat(disk().look(folder().resolve("b"))).isEmpty();
    }

    @Test
    default void takes_a_name_once() throws IOException {
        put("a", "hello");
        assertThatThrownBy(() -> put("a", "again")).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(get("a")).isEqualTo("hello");
    }

    @Test
    default void writes_anywhere_and_fills_with_zeros() throws IOException {
        put("a", "hello");
        try (DiskFile file = disk().openToChange(folder().resolve("a"))) {
            file.write(7, bytes("!"));
            file.write(0, bytes("j"));
        }
        assertThat(get("a")).isEqualTo("jello\0\0!");
    }

    @Test
    default void reads_up_to_the_end() throws IOException {
        put("a", "hello");
        try (DiskFile file = disk().open(folder().resolve("a"))) {
            ByteBuffer into = ByteBuffer.allocate(10);
            assertThat(file.read(3, into)).isEqualTo(2);
            assertThat(file.read(5, into)).isEqualTo(-1);
            assertThat(file.read(500, into)).isEqualTo(-1);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            assertThat(file.transferTo(1, 3, Channels.newChannel(out))).isEqualTo(3);
            assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("ell");
        }
    }

    @Test
    default void renames_over_what_is_there_while_it_is_read() throws IOException {
        put("old", "old");
        put("new", "new");
        try (DiskFile reading = disk().open(folder().resolve("old"))) {
            disk().rename(folder().resolve("new"), folder().resolve("old"));
            disk().syncFolder(folder());
            ByteBuffer into = ByteBuffer.allocate(3);
            reading.read(0, into);
            assertThat(new String(into.array(), StandardCharsets.UTF_8)).isEqualTo("old");
        }
        assertThat(get("old")).isEqualTo("new");
        assertThat(disk().list(folder())).containsExactly("old");
    }

    @Test
    default void says_what_is_missing() {
        Path missing = folder().resolve("missing");
        assertThatThrownBy(() -> disk().open(missing)).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> disk().openToChange(missing)).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> disk().list(missing)).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> disk().create(missing.resolve("a"))).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> disk().rename(missing, folder().resolve("a"))).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    default void makes_and_deletes_folders() throws IOException {
        Path deep = folder().resolve("x/y/z");
        disk().createFolders(deep);
        disk().createFolders(deep);
        disk().createFolder(deep);
        put("x/y/z/a", "hello");
        assertThat(disk().list(deep)).containsExactly("a");
        assertThat(disk().delete(deep.resolve("a"))).isTrue();
        assertThat(disk().delete(deep.resolve("a"))).isFalse();
        assertThat(disk().delete(deep)).isTrue();
        assertThat(disk().list(folder().resolve("x/y"))).isEmpty();
        put("file", "");
        assertThatThrownBy(() -> disk().createFolder(folder().resolve("file")))
                .isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    default void lists_in_order() throws IOException {
        put("b", "");
        put("a", "");
        put("c", "");
        assertThat(disk().list(folder())).containsExactly("a", "b", "c");
        assertThat(disk().usableBytes(folder())).isPositive();
    }
}
