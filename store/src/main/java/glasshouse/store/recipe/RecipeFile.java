package glasshouse.store.recipe;

import glasshouse.store.object.Sha256;
import glasshouse.store.xet.BadShard;
import glasshouse.store.xet.Shard;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * A recipe as it lies on the disk, little-endian:
 *
 * <pre>
 * shard                 one file with range hashes and SHA-256, no xorb: see {@link glasshouse.store.xet.ShardReader}
 * scopes                for each scope that has stored the object its name and a line feed, ASCII; 0 to 64 of them
 * scope bytes u32       how many bytes the scopes have
 * crc32c u32            over all before it
 * </pre>
 *
 * The scopes stand here, and not in a file beside, so that one rename puts both in place. They are needed to fill the {@link
 * ChunkIndex} again after a restart, and for nothing else.
 */
record RecipeFile(Recipe recipe, Set<String> scopes) {
    private static final int MAX_SCOPES = 64;
    private static final int TAIL_BYTES = 8;

    /** The same with one more scope, the last one; the oldest is forgotten where there is no room. */
    static Set<String> with(Set<String> scopes, Scope scope) {
        Set<String> more = new LinkedHashSet<>(scopes);
        more.remove(scope.name());
        while (more.size() >= MAX_SCOPES) {
            more.remove(more.iterator().next());
        }
        more.add(scope.name());
        return more;
    }

    byte[] bytes() {
        byte[] shard = new Shard(List.of(recipe.shardFile()), List.of(), Optional.empty()).write();
        StringBuilder names = new StringBuilder();
        scopes.forEach(scope -> names.append(scope).append('\n'));
        byte[] text = names.toString().getBytes(StandardCharsets.US_ASCII);
        ByteBuffer out = ByteBuffer.allocate(shard.length + text.length + TAIL_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(shard)
                .put(text)
                .putInt(text.length);
        return out.putInt(checksum(out.array())).array();
    }

    /** Reads what {@link #bytes} wrote for an object. */
    static RecipeFile read(byte[] bytes, Sha256 sha256) throws DamagedObject {
        if (bytes.length < TAIL_BYTES) {
            throw new DamagedObject(sha256, "its recipe has only " + bytes.length + " bytes");
        }
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (in.getInt(bytes.length - 4) != checksum(bytes)) {
            throw new DamagedObject(sha256, "its recipe does not have the checksum that it ends with");
        }
        int scopeBytes = in.getInt(bytes.length - TAIL_BYTES);
        int shardBytes = bytes.length - TAIL_BYTES - scopeBytes;
        if (scopeBytes < 0 || shardBytes < 0) {
            throw new DamagedObject(sha256, "its recipe has no place for " + scopeBytes + " bytes of scopes");
        }
        try {
            Shard shard = Shard.read(Arrays.copyOf(bytes, shardBytes));
            if (shard.files().size() != 1 || !shard.files().getFirst().sha256().equals(Optional.of(sha256.hex()))) {
                throw new DamagedObject(sha256, "its recipe is that of another object");
            }
            String names = new String(bytes, shardBytes, scopeBytes, StandardCharsets.US_ASCII);
            Set<String> scopes = new LinkedHashSet<>();
            names.lines().filter(Scope::isOne).forEach(scopes::add);
            return new RecipeFile(Recipe.of(sha256, shard.files().getFirst()), scopes);
        } catch (BadShard | IllegalArgumentException bad) {
            throw new DamagedObject(sha256, "its recipe cannot be read: " + bad.getMessage());
        }
    }

    /** Over all but the last four bytes. */
    private static int checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, bytes.length - 4);
        return (int) crc.getValue();
    }
}
