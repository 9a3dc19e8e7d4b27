package glasshouse.store.object;

import java.nio.file.Path;

/** Where a store keeps what. */
record FolderLayout(Path root) {
    Path marker() {
        return root.resolve("format");
    }

    Path temporary() {
        return root.resolve("tmp");
    }

    Path aside() {
        return root.resolve("aside");
    }

    TwoLevels objects() {
        return new TwoLevels(root.resolve("objects"), "");
    }

    Path object(Sha256 sha256) {
        return objects().file(sha256);
    }
}
