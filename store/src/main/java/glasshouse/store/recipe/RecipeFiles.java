package glasshouse.store.recipe;

import glasshouse.store.disk.Disk;
import glasshouse.store.disk.DiskFile;
import glasshouse.store.object.Leaves;
import glasshouse.store.object.Sha256;
import glasshouse.store.object.StoreFolder;
import glasshouse.store.object.TwoLevels;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The recipes on the disk, each in a file. Safe for many threads. */
final class RecipeFiles {
    /** What a shard may have, and the rest. */
    private static final long MAX_BYTES = 65L << 20;

    private final StoreFolder folder;
    private final Disk disk;
    private final TwoLevels folders;
    private final Leaves leaves;

    RecipeFiles(StoreFolder folder, Path top) {
        this.folder = folder;
        this.disk = folder.disk();
        this.folders = new TwoLevels(top, ".r");
        this.leaves = new Leaves(disk, folders);
    }

    /**
     * Reads a recipe, if it is there.
     *
     * @throws DamagedObject where it is damaged
     */
    Optional<RecipeFile> read(Sha256 sha256) throws IOException {
        try (DiskFile file = disk.open(folders.file(sha256))) {
            long size = file.sizeBytes();
            if (size > MAX_BYTES) {
                throw new DamagedObject(sha256, "its recipe has " + size + " bytes");
            }
            ByteBuffer into = ByteBuffer.allocate((int) size);
            while (into.hasRemaining()) {
                if (file.read(into.position(), into) < 0) {
                    throw new DamagedObject(sha256, "its recipe is cut off");
                }
            }
            return Optional.of(RecipeFile.read(into.array(), sha256));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
    }

    /**
     * Puts a recipe in place, instead of one that is there; durable when this returns. The scopes of the old one are kept. Of two
     * that do this at once one may lose its scope: then its chunks are not found in it after a restart, and nothing else.
     *
     * @param before runs just before the rename, while nothing else in the folder of the recipe can change
     */
    void put(Recipe recipe, Optional<Scope> scope, Leaves.Step before) throws IOException {
        Set<String> scopes = scopes(recipe.sha256());
        byte[] bytes = new RecipeFile(
                        recipe, scope.map(name -> RecipeFile.with(scopes, name)).orElse(scopes))
                .bytes();
        if (bytes.length > MAX_BYTES) {
            throw new IOException("the recipe of object " + recipe.sha256() + " has " + bytes.length + " bytes");
        }
        Path path = folder.temporary();
        boolean placed = false;
        try {
            try (DiskFile file = disk.create(path)) {
                file.write(0, ByteBuffer.wrap(bytes));
                // INVARIANT: content before name. Else a crash leaves a name for what is not there.
                file.sync();
            }
            leaves.change(TwoLevels.leafOf(recipe.sha256()), () -> {
                before.run();
                disk.rename(path, folders.file(recipe.sha256()));
            });
            placed = true;
        } finally {
            if (!placed) {
                drop(path);
            }
        }
    }

    private Set<String> scopes(Sha256 sha256) throws IOException {
        try {
            return read(sha256).map(RecipeFile::scopes).orElse(Set.of());
        } catch (DamagedObject lost) {
            return Set.of();
        }
    }

    private void drop(Path path) {
        try {
            disk.delete(path);
        } catch (IOException later) {
            // It has a temporary name: the next start tries again.
        }
    }

    /** Makes durable the name of a recipe that was seen. */
    void settle(Sha256 sha256) throws IOException {
        leaves.settle(TwoLevels.leafOf(sha256));
    }

    int changes(Sha256 sha256) {
        return leaves.changes(TwoLevels.leafOf(sha256));
    }

    /** Not if anything was put in place in the leaf since: it may be the good one that replaces what was found corrupt. */
    boolean setAside(Sha256 sha256, int changes) throws IOException {
        Path aside = folder.aside(sha256.hex());
        boolean moved =
                leaves.changeIfStill(TwoLevels.leafOf(sha256), changes, () -> disk.rename(folders.file(sha256), aside));
        if (moved) {
            folder.syncAside();
        }
        return moved;
    }

    boolean delete(Sha256 sha256) throws IOException {
        return leaves.remove(TwoLevels.leafOf(sha256), () -> disk.delete(folders.file(sha256)));
    }

    /** Does something only if the recipe is there, and while it cannot go away. */
    boolean whileThere(Sha256 sha256, Leaves.Removal step) throws IOException {
        return leaves.remove(
                TwoLevels.leafOf(sha256), () -> disk.look(folders.file(sha256)).isPresent() && step.run());
    }

    /** The objects that have recipes, in the order of their names. */
    Stream<Sha256> list() throws IOException {
        return folders.list(disk);
    }
}
