package glasshouse.store.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import glasshouse.store.disk.RealDisk;
import glasshouse.store.object.ObjectStore;
import glasshouse.store.object.ObjectStoreContract;
import glasshouse.store.object.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class RecipeStoreOnRealDiskTest implements ObjectStoreContract {
    @TempDir
    Path folder = Path.of("set by JUnit");

    private RecipeStore store;

    @BeforeEach
    void open() throws IOException {
        store = RecipeStore.open(new RealDisk(), folder, 0);
    }

    @Override
    public ObjectStore store() {
        return store;
    }

    @Override
    public void damage(Sha256 sha256, long at) throws IOException {
        Path xorb = Stores.xorbs(store, folder, sha256).getFirst();
        try (FileChannel file = FileChannel.open(xorb, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
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
