package glasshouse.store.recipe;

import glasshouse.store.object.ContentHash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Who may find whose chunks: chunks that were stored in a scope are used again only in that scope. Otherwise the time that an
 * upload takes would tell whether somebody else has the same bytes.
 *
 * @param name 1 to 200 visible ASCII characters; the caller decides what it stands for, and must not give it to others later
 */
public record Scope(String name) {
    private static final int MAX_CHARACTERS = 200;

    public Scope {
        if (!isOne(name)) {
            throw new IllegalArgumentException(
                    "a scope is named by 1 to 200 visible ASCII characters, not `" + name + "`");
        }
    }

    /** Whether a text can be the name of a scope. */
    static boolean isOne(String name) {
        return !name.isEmpty()
                && name.length() <= MAX_CHARACTERS
                && name.chars().allMatch(c -> c > ' ' && c < 127);
    }

    /** What the index keeps of the name. Two scopes with one key would find each other's chunks; nobody can choose such names. */
    long key() {
        return ByteBuffer.wrap(ContentHash.begin().digest(name.getBytes(StandardCharsets.US_ASCII)))
                .getLong();
    }
}
