package glasshouse.store.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Hands everything on to another disk, and tells before each operation. */
public abstract class ForwardingDisk implements Disk {
    /** What is about to be done. */
    public enum Operation {
        CREATE,
        OPEN,
        OPEN_TO_CHANGE,
        RENAME,
        SYNC_FOLDER,
        DELETE,
        LOOK,
        LIST,
        CREATE_FOLDER,
        USABLE_BYTES,
        SIZE,
        READ,
        WRITE,
        TRANSFER,
        SYNC,
        CLOSE
    }

    private final Disk disk;

    protected ForwardingDisk(Disk disk) {
        this.disk = disk;
    }

    /** Called before each operation; what it throws is thrown instead. */
    protected abstract void before(Operation operation) throws IOException;

    /** Called instead of each write. */
    protected void write(DiskFile file, long at, ByteBuffer from) throws IOException {
        before(Operation.WRITE);
        file.write(at, from);
    }

    @Override
    public DiskFile create(Path file) throws IOException {
        before(Operation.CREATE);
        return new ForwardingFile(disk.create(file));
    }

    @Override
    public DiskFile open(Path file) throws IOException {
        before(Operation.OPEN);
        return new ForwardingFile(disk.open(file));
    }

    @Override
    public DiskFile openToChange(Path file) throws IOException {
        before(Operation.OPEN_TO_CHANGE);
        return new ForwardingFile(disk.openToChange(file));
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        before(Operation.RENAME);
        disk.rename(from, to);
    }

    @Override
    public void syncFolder(Path folder) throws IOException {
        before(Operation.SYNC_FOLDER);
        disk.syncFolder(folder);
    }

    @Override
    public boolean delete(Path file) throws IOException {
        before(Operation.DELETE);
        return disk.delete(file);
    }

    @Override
    public Optional<Facts> look(Path file) throws IOException {
        before(Operation.LOOK);
        return disk.look(file);
    }

    @Override
    public List<String> list(Path folder) throws IOException {
        before(Operation.LIST);
        return disk.list(folder);
    }

    @Override
    public void createFolder(Path folder) throws IOException {
        before(Operation.CREATE_FOLDER);
        disk.createFolder(folder);
    }

    @Override
    public long usableBytes(Path place) throws IOException {
        before(Operation.USABLE_BYTES);
        return disk.usableBytes(place);
    }

    private final class ForwardingFile implements DiskFile {
        private final DiskFile file;

        ForwardingFile(DiskFile file) {
            this.file = file;
        }

        @Override
        public long sizeBytes() throws IOException {
            before(Operation.SIZE);
            return file.sizeBytes();
        }

        @Override
        public int read(long at, ByteBuffer into) throws IOException {
            before(Operation.READ);
            return file.read(at, into);
        }

        @Override
        public void write(long at, ByteBuffer from) throws IOException {
            ForwardingDisk.this.write(file, at, from);
        }

        @Override
        public long transferTo(long at, long length, WritableByteChannel to) throws IOException {
            before(Operation.TRANSFER);
            return file.transferTo(at, length, to);
        }

        @Override
        public void sync() throws IOException {
            before(Operation.SYNC);
            file.sync();
        }

        @Override
        public void close() throws IOException {
            before(Operation.CLOSE);
            file.close();
        }
    }
}
