package glasshouse.hub.git;

import glasshouse.core.entry.ArtefactPath;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;

/**
 * The bytes of a tree object, changed without being taken apart: of a folder of a million files, a commit touches a few, and the
 * rest is copied as it lies. The form of an entry: mode in octal digits, space, name, NUL, 20 bytes of object name; in the order
 * of names, a folder as if its name ended in a slash.
 */
final class RawTree {
    static final RawTree EMPTY = new RawTree(new byte[0]);

    /** An entry to be written. */
    record Item(byte[] name, FileMode mode, ObjectId id) {
        Item(String name, FileMode mode, ObjectId id) {
            this(name.getBytes(StandardCharsets.UTF_8), mode, id);
        }
    }

    /**
     * An entry that is there.
     *
     * @param start of its bytes
     * @param end the byte after them
     */
    record Found(int start, int end, String name, FileMode mode, ObjectId id) {}

    private final byte[] raw;

    RawTree(byte[] raw) {
        this.raw = raw;
    }

    /** The entries with one of these names, or with a name that differs from one of them by case alone; in order. */
    List<Found> like(Set<String> names) throws CorruptObjectException {
        Set<String> keys = new HashSet<>();
        BitSet hashes = new BitSet(1 << 16);
        for (String name : names) {
            String key = ArtefactPath.caseKey(name);
            keys.add(key);
            hashes.set(hash(key.getBytes(StandardCharsets.UTF_8)));
        }
        List<Found> found = new ArrayList<>();
        int at = 0;
        while (at < raw.length) {
            int name = nameStart(at);
            int hash = 0;
            boolean ascii = true;
            int end = name;
            while (end < raw.length && raw[end] != 0) {
                byte c = raw[end++];
                ascii &= c > 0;
                hash = 31 * hash + (c >= 'A' && c <= 'Z' ? c + 32 : c);
            }
            int next = end + 1 + Constants.OBJECT_ID_LENGTH;
            if (next > raw.length) {
                throw new CorruptObjectException("a tree ends in the middle of an entry");
            }
            // Outside of ASCII, what counts as the same letter is more than bytes can tell.
            if (!ascii || hashes.get(hash & 0xffff)) {
                String text = new String(raw, name, end - name, StandardCharsets.UTF_8);
                if (keys.contains(ArtefactPath.caseKey(text))) {
                    found.add(new Found(at, next, text, mode(at, name), ObjectId.fromRaw(raw, end + 1)));
                }
            }
            at = next;
        }
        return found;
    }

    private static int hash(byte[] key) {
        int hash = 0;
        for (byte c : key) {
            hash = 31 * hash + c;
        }
        return hash & 0xffff;
    }

    private int nameStart(int at) throws CorruptObjectException {
        for (int i = at; i < raw.length && i < at + 8; i++) {
            if (raw[i] == ' ') {
                return i + 1;
            }
        }
        throw new CorruptObjectException("a tree has an entry without a mode");
    }

    private FileMode mode(int at, int name) {
        int bits = 0;
        for (int i = at; i < name - 1; i++) {
            bits = bits << 3 | raw[i] - '0';
        }
        return FileMode.fromBits(bits);
    }

    /**
     * The tree without some entries and with others.
     *
     * @param without entries of this tree, in order
     */
    byte[] changed(List<Found> without, List<Item> with) throws CorruptObjectException {
        List<Item> added = new ArrayList<>(with);
        added.sort((a, b) -> Arrays.compareUnsigned(slashed(a), slashed(b)));
        ByteArrayOutputStream out = new ByteArrayOutputStream(raw.length + 64 * (added.size() + 1));
        int copied = 0;
        int at = 0;
        int gone = 0;
        int next = 0;
        byte[] slashed = next < added.size() ? slashed(added.get(next)) : new byte[0];
        while (at < raw.length && (next < added.size() || gone < without.size())) {
            if (gone < without.size() && without.get(gone).start() == at) {
                out.write(raw, copied, at - copied);
                at = without.get(gone++).end();
                copied = at;
                continue;
            }
            int name = nameStart(at);
            int end = name;
            while (raw[end] != 0) {
                end++;
            }
            while (next < added.size() && isBefore(slashed, at, name, end)) {
                out.write(raw, copied, at - copied);
                copied = at;
                write(out, added.get(next++));
                slashed = next < added.size() ? slashed(added.get(next)) : slashed;
            }
            at = end + 1 + Constants.OBJECT_ID_LENGTH;
        }
        out.write(raw, copied, raw.length - copied);
        for (; next < added.size(); next++) {
            write(out, added.get(next));
        }
        return out.toByteArray();
    }

    /** Whether a name comes before the entry at a place, in git's order. */
    private boolean isBefore(byte[] slashed, int at, int name, int end) {
        int length = end - name;
        boolean folder = raw[at] == '4';
        for (int i = 0; i < slashed.length; i++) {
            int there = i < length ? raw[name + i] & 0xff : i == length && folder ? '/' : -1;
            int here = slashed[i] & 0xff;
            if (here != there) {
                return here < there;
            }
        }
        return slashed.length < length + (folder ? 1 : 0);
    }

    private static byte[] slashed(Item item) {
        if (item.mode() != FileMode.TREE) {
            return item.name();
        }
        byte[] longer = Arrays.copyOf(item.name(), item.name().length + 1);
        longer[item.name().length] = '/';
        return longer;
    }

    private static void write(ByteArrayOutputStream out, Item item) {
        byte[] mode = Integer.toOctalString(item.mode().getBits()).getBytes(StandardCharsets.US_ASCII);
        out.write(mode, 0, mode.length);
        out.write(' ');
        out.write(item.name(), 0, item.name().length);
        out.write(0);
        byte[] id = new byte[Constants.OBJECT_ID_LENGTH];
        item.id().copyRawTo(id, 0);
        out.write(id, 0, id.length);
    }
}
