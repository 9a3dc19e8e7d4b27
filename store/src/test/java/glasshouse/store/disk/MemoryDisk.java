package glasshouse.store.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * A disk in memory that remembers, beside what is there, what a loss of power would leave: {@link #afterCrash}. It can be given
 * a capacity, to be full in earnest.
 */
public final class MemoryDisk implements Disk {
    private final InstantSource clock;
    private final long capacityBytes;
    private final boolean keepsContent;
    private final Nodes.Folder root;
    private long usedBytes;

    public MemoryDisk() {
        this(Long.MAX_VALUE);
    }

    public MemoryDisk(long capacityBytes) {
        this(capacityBytes, InstantSource.system());
    }

    public MemoryDisk(long capacityBytes, InstantSource clock) {
        this(capacityBytes, clock, true, new Nodes.Folder());
    }

    private MemoryDisk(long capacityBytes, InstantSource clock, boolean keepsContent, Nodes.Folder root) {
        this.capacityBytes = capacityBytes;
        this.clock = clock;
        this.keepsContent = keepsContent;
        this.root = root;
        this.usedBytes = root.sizeBytes();
    }

    /** A disk without end that keeps the first pages of each file, so that markers work, and reads as zeros after that. */
    static MemoryDisk endless() {
        return new MemoryDisk(Long.MAX_VALUE, InstantSource.system(), false, new Nodes.Folder());
    }

    /** What is left where everything that was not synced is lost. */
    public synchronized MemoryDisk afterCrash() {
        return new MemoryDisk(capacityBytes, clock, keepsContent, root.afterCrash(Optional.empty()));
    }

    /** What may be left: of what was not synced, some is there, some is lost, some is torn. */
    public synchronized MemoryDisk afterCrash(RandomGenerator luck) {
        return new MemoryDisk(capacityBytes, clock, keepsContent, root.afterCrash(Optional.of(luck)));
    }

    /** Changes a bit of a file behind everybody's back. */
    public synchronized void flipBit(Path path, long at) throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        file(path).read(at, one);
        one.put(0, (byte) (one.get(0) ^ 4)).rewind();
        file(path).write(at, one, clock.instant());
    }

    @Override
    public synchronized DiskFile create(Path path) throws IOException {
        TreeMap<String, Nodes.Node> names = parent(path).names;
        if (names.containsKey(name(path))) {
            throw new FileAlreadyExistsException(path.toString());
        }
        requireRoom(0);
        Nodes.File file = new Nodes.File(keepsContent, clock.instant());
        names.put(name(path), file);
        return new Handle(file, true);
    }

    @Override
    public synchronized DiskFile open(Path path) throws IOException {
        return new Handle(file(path), false);
    }

    @Override
    public synchronized DiskFile openToChange(Path path) throws IOException {
        return new Handle(file(path), true);
    }

    @Override
    public synchronized void rename(Path from, Path to) throws IOException {
        Nodes.Node node = node(from).orElseThrow(() -> new NoSuchFileException(from.toString()));
        Nodes.Folder target = parent(to);
        parent(from).names.remove(name(from));
        Nodes.Node replaced = target.names.put(name(to), node);
        usedBytes -= replaced == null || replaced == node ? 0 : replaced.sizeBytes();
    }

    @Override
    public synchronized void syncFolder(Path path) throws IOException {
        folder(path).sync();
    }

    @Override
    public synchronized boolean delete(Path path) throws IOException {
        Optional<Nodes.Node> node = node(path);
        if (node.isEmpty()) {
            return false;
        }
        if (node.get() instanceof Nodes.Folder folder && !folder.names.isEmpty()) {
            throw new DirectoryNotEmptyException(path.toString());
        }
        parent(path).names.remove(name(path));
        usedBytes -= node.get().sizeBytes();
        return true;
    }

    @Override
    public synchronized Optional<Facts> look(Path path) {
        return node(path).map(Nodes.Node::facts);
    }

    @Override
    public synchronized List<String> list(Path path) throws IOException {
        return new ArrayList<>(folder(path).names.keySet());
    }

    @Override
    public synchronized void createFolder(Path path) throws IOException {
        if (path.getParent() == null) {
            return;
        }
        Nodes.Folder parent = parent(path);
        if (parent.names.get(name(path)) instanceof Nodes.File) {
            throw new FileAlreadyExistsException(path.toString());
        }
        parent.names.computeIfAbsent(name(path), absent -> new Nodes.Folder());
        parent.sync();
    }

    @Override
    public synchronized long usableBytes(Path place) {
        return capacityBytes - usedBytes;
    }

    private void requireRoom(long bytes) throws NoSpace {
        if (bytes > capacityBytes - usedBytes || capacityBytes == usedBytes) {
            throw new NoSpace("the disk is full");
        }
    }

    private Nodes.File file(Path path) throws IOException {
        return node(path)
                .filter(Nodes.File.class::isInstance)
                .map(Nodes.File.class::cast)
                .orElseThrow(() -> new NoSuchFileException(path.toString()));
    }

    private Nodes.Folder folder(Path path) throws IOException {
        return node(path)
                .filter(Nodes.Folder.class::isInstance)
                .map(Nodes.Folder.class::cast)
                .orElseThrow(() -> new NoSuchFileException(path.toString()));
    }

    private Nodes.Folder parent(Path path) throws IOException {
        Path parent = path.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IOException("`/` has no parent");
        }
        return folder(parent);
    }

    private Optional<Nodes.Node> node(Path path) {
        Nodes.Node at = root;
        for (Path name : path.toAbsolutePath().normalize()) {
            Nodes.Node next = at instanceof Nodes.Folder folder ? folder.names.get(name.toString()) : null;
            if (next == null) {
                return Optional.empty();
            }
            at = next;
        }
        return Optional.of(at);
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }

    private final class Handle implements DiskFile {
        private final Nodes.File file;
        private final boolean writable;
        private boolean closed;

        Handle(Nodes.File file, boolean writable) {
            this.file = file;
            this.writable = writable;
        }

        @Override
        public long sizeBytes() throws IOException {
            synchronized (MemoryDisk.this) {
                requireOpen();
                return file.sizeBytes();
            }
        }

        @Override
        public int read(long at, ByteBuffer into) throws IOException {
            synchronized (MemoryDisk.this) {
                requireOpen();
                return file.read(at, into);
            }
        }

        @Override
        public void write(long at, ByteBuffer from) throws IOException {
            synchronized (MemoryDisk.this) {
                requireOpen();
                if (!writable) {
                    throw new IOException("not open for writing");
                }
                long more = Math.max(0, at + from.remaining() - file.sizeBytes());
                if (more > capacityBytes - usedBytes) {
                    // As a real one: what fits is written.
                    int fits = Math.clamp(capacityBytes - usedBytes, 0, from.remaining());
                    file.write(at, from.slice(from.position(), fits), clock.instant());
                    usedBytes = capacityBytes;
                    throw new NoSpace("the disk is full");
                }
                usedBytes += more;
                file.write(at, from, clock.instant());
            }
        }

        @Override
        public long transferTo(long at, long length, WritableByteChannel to) throws IOException {
            ByteBuffer piece = ByteBuffer.allocate((int) Math.min(length, 64 * 1024));
            int n = read(at, piece);
            return n <= 0 ? 0 : to.write(piece.flip());
        }

        @Override
        public void sync() throws IOException {
            synchronized (MemoryDisk.this) {
                requireOpen();
                file.sync();
            }
        }

        @Override
        public void close() {
            closed = true;
        }

        private void requireOpen() throws IOException {
            if (closed) {
                throw new ClosedChannelException();
            }
        }
    }
}
