package glasshouse.inspect.revision;

import glasshouse.format.source.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The bytes of a file. It is opened for each read: an inspector may hold thousands of sources, and the system only so many open
 * files.
 *
 * @param path where the file is; never a symbolic link
 */
record FileSource(Path path) implements ByteSource {
    @Override
    public long sizeBytes() throws IOException {
        return Files.size(path);
    }

    @Override
    public int read(long offset, byte[] into, int at, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            return channel.read(ByteBuffer.wrap(into, at, length), offset);
        }
    }
}
