package glasshouse.store.recipe;

import glasshouse.store.disk.Disk;
import glasshouse.store.object.Expectation;
import glasshouse.store.object.ObjectWriter;
import glasshouse.store.object.Sha256;
import glasshouse.store.object.Stored;
import glasshouse.store.object.TwoLevels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Small stores to look into. */
final class Stores {
    static final Path FOLDER = Path.of("/data/store");
    static final Scope SCOPE = new Scope("alice/weights");
    static final Scope OTHER = new Scope("bob/weights");

    /** So that an object of some hundred thousand bytes has several xorbs. */
    private static final int XORB_BYTES = 300_000;

    private Stores() {}

    static RecipeStore open(Disk disk) throws IOException {
        return open(disk, FOLDER);
    }

    static RecipeStore open(Disk disk, Path folder) throws IOException {
        return RecipeStore.open(disk, folder, 0, 1024, XORB_BYTES);
    }

    static Stored put(RecipeStore store, byte[] bytes, Scope scope) throws IOException {
        try (ObjectWriter writer = store.begin(Expectation.ofSize(bytes.length), scope)) {
            writer.write(bytes, 0, bytes.length);
            return writer.commit();
        }
    }

    static Path recipe(Path folder, Sha256 sha256) {
        return new TwoLevels(folder.resolve("recipes"), ".r").file(sha256);
    }

    /** The files of the xorbs that an object lies in, in the order of its terms. */
    static List<Path> xorbs(RecipeStore store, Path folder, Sha256 sha256) throws IOException {
        return store.recipe(sha256).orElseThrow().terms().stream()
                .map(term -> new XorbFolders(folder.resolve("xorbs")).file(term.xorb()))
                .distinct()
                .toList();
    }

    /** The files of all xorbs. */
    static List<Path> allXorbs(Disk disk) throws IOException {
        List<Path> files = new ArrayList<>();
        Path top = FOLDER.resolve("xorbs");
        for (String leaf : disk.list(top)) {
            for (String name : disk.list(top.resolve(leaf))) {
                files.add(top.resolve(leaf).resolve(name));
            }
        }
        return files;
    }
}
