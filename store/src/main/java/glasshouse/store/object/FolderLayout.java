package glasshouse.store.object;

import java.nio.file.Path;
import java.util.Optional;

/** Where a {@link FolderStore} keeps what. */
record FolderLayout(Path root) {
    /** Objects lie in {@code 256 × 256} leaf folders, by the first two bytes of their names. */
    static final int LEAVES = 1 << 16;

    Path marker() {
        return root.resolve("format");
    }

    Path temporary() {
        return root.resolve("tmp");
    }

    Path objects() {
        return root.resolve("objects");
    }

    Path aside() {
        return root.resolve("aside");
    }

    /** The folder of 256 leaf folders, by the first byte. */
    Path branch(int leaf) {
        return objects().resolve(hexByte(leaf >>> 8));
    }

    Path leaf(int leaf) {
        return branch(leaf).resolve(hexByte(leaf & 0xff));
    }

    Path object(Sha256 sha256) {
        return leaf(leafOf(sha256)).resolve(sha256.hex());
    }

    static int leafOf(Sha256 sha256) {
        return Integer.parseInt(sha256.hex(), 0, 4, 16);
    }

    /** The object that a name in a leaf folder stands for; what else may lie there is none of ours. */
    static Optional<Sha256> objectNamed(String name, int leaf) {
        if (!Sha256.isOne(name)) {
            return Optional.empty();
        }
        Sha256 sha256 = new Sha256(name);
        return leafOf(sha256) == leaf ? Optional.of(sha256) : Optional.empty();
    }

    /** Whether this is the name of a branch or a leaf. */
    static boolean isHexByte(String name) {
        return name.length() == 2 && name.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f');
    }

    private static String hexByte(int value) {
        return Integer.toHexString(0x100 | value).substring(1);
    }
}
