package glasshouse.store.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The disk of the machine, by {@link FileChannel}. */
public final class RealDisk implements Disk {
    @Override
    public DiskFile create(Path file) throws IOException {
        return opened(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    @Override
    public DiskFile open(Path file) throws IOException {
        return opened(file, StandardOpenOption.READ);
    }

    @Override
    public DiskFile openToChange(Path file) throws IOException {
        return opened(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private static DiskFile opened(Path file, StandardOpenOption... how) throws IOException {
        try {
            return new ChannelFile(FileChannel.open(file, how));
        } catch (IOException failure) {
            throw NoSpace.recognise(failure);
        }
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            throw NoSpace.recognise(failure);
        }
    }

    @Override
    public void syncFolder(Path folder) throws IOException {
        // Linux and macOS sync a folder through a channel that was opened for reading.
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException failure) {
            throw NoSpace.recognise(failure);
        }
    }

    @Override
    public boolean delete(Path file) throws IOException {
        return Files.deleteIfExists(file);
    }

    @Override
    public Optional<Facts> look(Path file) throws IOException {
        try {
            BasicFileAttributes facts = Files.readAttributes(file, BasicFileAttributes.class);
            return Optional.of(new Facts(
                    facts.isDirectory(), facts.size(), facts.lastModifiedTime().toInstant()));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
    }

    @Override
    public List<String> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Override
    public void createFolder(Path folder) throws IOException {
        boolean made = true;
        try {
            Files.createDirectory(folder);
        } catch (FileAlreadyExistsException there) {
            if (!Files.isDirectory(folder)) {
                throw there;
            }
            made = false;
        } catch (IOException failure) {
            throw NoSpace.recognise(failure);
        }
        Path parent = folder.toAbsolutePath().getParent();
        try {
            if (parent != null) {
                syncFolder(parent);
            }
        } catch (AccessDeniedException notOurs) {
            // A folder that we may not read: what was there already was made by somebody else, long ago.
            if (made) {
                throw notOurs;
            }
        }
    }

    @Override
    public long usableBytes(Path place) throws IOException {
        // Files.getFileStore reads the table of mounts each time; this is one call of the system. It says 0 for any
        // failure.
        long usable = place.toFile().getUsableSpace();
        return usable > 0 ? usable : Files.getFileStore(place).getUsableSpace();
    }

    private record ChannelFile(FileChannel channel) implements DiskFile {
        @Override
        public long sizeBytes() throws IOException {
            return channel.size();
        }

        @Override
        public int read(long at, ByteBuffer into) throws IOException {
            return channel.read(into, at);
        }

        @Override
        public void write(long at, ByteBuffer from) throws IOException {
            try {
                long place = at;
                while (from.hasRemaining()) {
                    place += channel.write(from, place);
                }
            } catch (IOException failure) {
                throw NoSpace.recognise(failure);
            }
        }

        @Override
        public long transferTo(long at, long length, WritableByteChannel to) throws IOException {
            return channel.transferTo(at, length, to);
        }

        @Override
        public void sync() throws IOException {
            try {
                channel.force(true);
            } catch (IOException failure) {
                throw NoSpace.recognise(failure);
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
