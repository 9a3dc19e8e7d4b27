package glasshouse.store.recipe;

import glasshouse.store.disk.MemoryDisk;
import glasshouse.store.object.ObjectStore;
import glasshouse.store.object.ObjectStoreContract;
import glasshouse.store.object.Sha256;
import java.io.IOException;

class RecipeStoreInMemoryTest implements ObjectStoreContract {
    private final MemoryDisk disk = new MemoryDisk();
    private final RecipeStore store;

    RecipeStoreInMemoryTest() throws IOException {
        store = Stores.open(disk);
    }

    @Override
    public ObjectStore store() {
        return store;
    }

    @Override
    public void damage(Sha256 sha256, long at) throws IOException {
        disk.flipBit(Stores.xorbs(store, Stores.FOLDER, sha256).getFirst(), at);
    }

    @Override
    public int leftovers() throws IOException {
        return disk.list(Stores.FOLDER.resolve("tmp")).size();
    }
}
