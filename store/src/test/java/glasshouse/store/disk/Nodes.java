package glasshouse.store.disk;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Files and folders of a {@link MemoryDisk}: as they are, and as of their last sync. */
final class Nodes {
    private Nodes() {}

    sealed interface Node {
        long sizeBytes();

        Facts facts();

        Node afterCrash(Optional<RandomGenerator> luck);
    }

    static final class Folder implements Node {
        final TreeMap<String, Node> names = new TreeMap<>();
        private final TreeMap<String, Node> synced = new TreeMap<>();

        void sync() {
            synced.clear();
            synced.putAll(names);
        }

        @Override
        public long sizeBytes() {
            return names.values().stream().mapToLong(Node::sizeBytes).sum();
        }

        @Override
        public Facts facts() {
            return new Facts(true, 4096, Instant.EPOCH);
        }

        @Override
        public Folder afterCrash(Optional<RandomGenerator> luck) {
            Folder left = new Folder();
            TreeSet<String> either = new TreeSet<>(names.keySet());
            either.addAll(synced.keySet());
            for (String name : either) {
                boolean lucky = luck.isPresent() && luck.get().nextBoolean();
                Node node = lucky ? names.get(name) : synced.get(name);
                if (node != null) {
                    left.names.put(name, node.afterCrash(luck));
                }
            }
            left.sync();
            return left;
        }
    }

    static final class File implements Node {
        /** A disk that keeps nothing keeps so much of each file. */
        private static final int KEPT = 64 * 1024;

        private final boolean keepsContent;
        private byte[] bytes = new byte[0];
        private long sizeBytes;
        private byte @Nullable [] synced;
        private Instant changed;

        File(boolean keepsContent, Instant changed) {
            this.keepsContent = keepsContent;
            this.changed = changed;
        }

        private File(byte[] bytes, Instant changed) {
            this(true, changed);
            this.bytes = bytes;
            this.sizeBytes = bytes.length;
            this.synced = bytes.clone();
        }

        int read(long at, ByteBuffer into) {
            if (at >= sizeBytes) {
                return -1;
            }
            int n = (int) Math.min(into.remaining(), sizeBytes - at);
            int kept = Math.clamp(bytes.length - at, 0, n);
            if (kept > 0) {
                into.put(bytes, (int) at, kept);
            }
            into.put(new byte[n - kept]);
            return n;
        }

        void write(long at, ByteBuffer from, Instant now) {
            changed = now;
            int n = from.remaining();
            sizeBytes = Math.max(sizeBytes, at + n);
            int kept = keepsContent ? n : Math.clamp(KEPT - at, 0, n);
            if (kept > 0) {
                int end = Math.toIntExact(at + kept);
                if (end > bytes.length) {
                    bytes = Arrays.copyOf(bytes, keepsContent ? Math.max(end, bytes.length * 2) : end);
                }
                from.get(bytes, (int) at, kept);
            }
            from.position(from.limit());
        }

        void sync() {
            synced = keepsContent ? now() : bytes;
        }

        private byte[] now() {
            return Arrays.copyOf(bytes, (int) sizeBytes);
        }

        @Override
        public long sizeBytes() {
            return sizeBytes;
        }

        @Override
        public Facts facts() {
            return new Facts(false, sizeBytes, changed);
        }

        @Override
        public File afterCrash(Optional<RandomGenerator> luck) {
            byte[] safe = synced == null ? new byte[0] : synced.clone();
            byte[] now = now();
            if (luck.isEmpty() || Arrays.equals(safe, now)) {
                return new File(safe, changed);
            }
            // Pages are written back in any order, and the size apart from them.
            byte[] left = Arrays.copyOf(safe, luck.get().nextInt(now.length + 1));
            for (int page = 0; page < left.length; page += 512) {
                if (luck.get().nextBoolean()) {
                    System.arraycopy(now, page, left, page, Math.min(512, left.length - page));
                }
            }
            return new File(left, changed);
        }
    }
}
