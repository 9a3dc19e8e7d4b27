package glasshouse.store.object;

import static org.assertj.core.api.Assertions.assertThat;

import glasshouse.store.disk.RealDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class FolderStoreOnRealDiskTest implements ObjectStoreContract {
    @TempDir
    Path folder = Path.of("set by JUnit");

    private FolderStore store;

    @BeforeEach
    void open() throws IOException {
        store = FolderStore.open(new RealDisk(), folder, 0);
    }

    @Override
    public ObjectStore store() {
        return store;
    }

    @Override
    public void damage(Sha256 sha256, long at) throws IOException {
        try (FileChannel file = FileChannel.open(
                new FolderLayout(folder).object(sha256), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer one = ByteBuffer.allocate(1);
            assertThat(file.read(one, at)).isEqualTo(1);
            one.put(0, (byte) (one.get(0) ^ 1)).rewind();
            assertThat(file.write(one, at)).isEqualTo(1);
        }
    }

    @Override
    public int leftovers() throws IOException {
        return new RealDisk().list(folder.resolve("tmp")).size();
    }
}
