package glasshouse.store.object;

import glasshouse.store.disk.MemoryDisk;
import java.io.IOException;
import java.nio.file.Path;

class FolderStoreInMemoryTest implements ObjectStoreContract {
    private static final Path FOLDER = Path.of("/data/store");

    private final MemoryDisk disk = new MemoryDisk();
    private final FolderStore store;

    FolderStoreInMemoryTest() throws IOException {
        store = FolderStore.open(disk, FOLDER, 0);
    }

    @Override
    public ObjectStore store() {
        return store;
    }

    @Override
    public void damage(Sha256 sha256, long at) throws IOException {
        disk.flipBit(new FolderLayout(FOLDER).object(sha256), at);
    }

    @Override
    public int leftovers() throws IOException {
        return disk.list(FOLDER.resolve("tmp")).size();
    }
}
