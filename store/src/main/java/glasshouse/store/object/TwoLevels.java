package glasshouse.store.object;

import glasshouse.store.disk.Disk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One file per object: {@code ab/cd/abcd…}, in {@code 256 × 256} leaf folders, by the first two bytes of the names.
 *
 * @param top the folder of the branches
 * @param suffix what follows the name of the object in the name of the file; may be empty
 */
public record TwoLevels(Path top, String suffix) implements LeafFolders {
    @Override
    public int leaves() {
        return 1 << 16;
    }

    @Override
    public int stripe(int leaf) {
        return leaf >>> 8;
    }

    @Override
    public Path branch(int leaf) {
        return top.resolve(hexByte(leaf >>> 8));
    }

    @Override
    public Path leaf(int leaf) {
        return branch(leaf).resolve(hexByte(leaf & 0xff));
    }

    /** Where the file of an object is, if there is one. */
    public Path file(Sha256 sha256) {
        return leaf(leafOf(sha256)).resolve(sha256.hex() + suffix);
    }

    public static int leafOf(Sha256 sha256) {
        return Integer.parseInt(sha256.hex(), 0, 4, 16);
    }

    /** All objects that have a file, in the order of their names; read leaf by leaf, as it is asked for. */
    public Stream<Sha256> list(Disk disk) throws IOException {
        return disk.list(top).stream()
                .filter(TwoLevels::isHexByte)
                .flatMap(branch -> names(disk, top.resolve(branch))
                        .filter(TwoLevels::isHexByte)
                        .map(leaf -> Integer.parseInt(branch + leaf, 16)))
                .flatMap(leaf -> names(disk, leaf(leaf)).flatMap(name -> named(name, leaf).stream()));
    }

    private static Stream<String> names(Disk disk, Path folder) {
        try {
            return disk.list(folder).stream();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The object that a name in a leaf folder stands for; what else may lie there is none of ours. */
    private Optional<Sha256> named(String name, int leaf) {
        if (!name.endsWith(suffix)) {
            return Optional.empty();
        }
        String stem = name.substring(0, name.length() - suffix.length());
        if (!Sha256.isOne(stem)) {
            return Optional.empty();
        }
        Sha256 sha256 = new Sha256(stem);
        return leafOf(sha256) == leaf ? Optional.of(sha256) : Optional.empty();
    }

    /** Whether this is the name of a branch or a leaf. */
    private static boolean isHexByte(String name) {
        return name.length() == 2 && name.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f');
    }

    /** The name of a branch or a leaf. */
    public static String hexByte(int value) {
        return Integer.toHexString(0x100 | value).substring(1);
    }
}
