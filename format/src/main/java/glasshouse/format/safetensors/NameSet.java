package glasshouse.format.safetensors;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * Which names were seen. Holds 64 bits of SHA-256 for each, so a million names take 16 MB; two different names with the same 64
 * bits would have to be looked for, and who finds some gets their own file refused.
 */
final class NameSet {
    private final MessageDigest sha256;
    private long[] slots = new long[256];
    private int size;

    NameSet() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Whether the name is new. */
    boolean add(String name) {
        long hash = ByteBuffer.wrap(sha256.digest(name.getBytes(StandardCharsets.UTF_8)))
                .getLong();
        if (size * 4L > slots.length * 3L) {
            grow();
        }
        if (!put(slots, hash == 0 ? 1 : hash)) {
            return false;
        }
        size++;
        return true;
    }

    private void grow() {
        long[] old = slots;
        slots = new long[old.length * 2];
        Arrays.stream(old).filter(hash -> hash != 0).forEach(hash -> put(slots, hash));
    }

    private static boolean put(long[] slots, long hash) {
        int at = (int) hash & (slots.length - 1);
        while (slots[at] != 0) {
            if (slots[at] == hash) {
                return false;
            }
            at = (at + 1) & (slots.length - 1);
        }
        slots[at] = hash;
        return true;
    }
}
