package glasshouse.hub.index;

import glasshouse.hub.index.HeldObjects.Item;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an entry holds, written down beside its repository, a line for each change in the order of the changes:
 *
 * <pre>
 * + (64 hex digits) (size) (milliseconds since 1970)    is held since then
 * - (64 hex digits)                                     is no longer held
 * </pre>
 *
 * Lines are only ever added. One that a crash has torn is the last one, was never acknowledged, and is cut off. Used by one thread
 * at a time.
 */
final class HeldFile {
    static final String NAME = "glasshouse-held";

    private static final Logger LOG = LoggerFactory.getLogger(HeldFile.class);
    private static final Pattern LINE =
            Pattern.compile("(?:\\+ ([0-9a-f]{64}) (\\d{1,18}) (\\d{1,18})|- ([0-9a-f]{64}))");

    private final Path file;

    /** @param repository the folder of the repository */
    HeldFile(Path repository) {
        this.file = repository.resolve(NAME);
    }

    boolean exists() {
        return Files.exists(file);
    }

    static String held(Item item) {
        return "+ " + item.sha256() + " " + item.sizeBytes() + " "
                + item.since().toEpochMilli() + "\n";
    }

    static String released(String sha256) {
        return "- " + sha256 + "\n";
    }

    /** Makes the file; it is there with all of this, or not at all. */
    void create(Collection<String> lines) throws IOException {
        Path fresh = file.resolveSibling(NAME + ".new");
        try (FileChannel channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            write(channel, lines);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel folder = FileChannel.open(file.resolveSibling("."), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    /** Adds lines; they are on disk when the call returns. */
    void append(Collection<String> lines) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            channel.position(cut(channel));
            write(channel, lines);
        }
    }

    private static void write(FileChannel channel, Collection<String> lines) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(String.join("", lines).getBytes(StandardCharsets.US_ASCII));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        channel.force(true);
    }

    /** Cuts off what a crash has left of a line; says where the file ends then. */
    private static long cut(FileChannel channel) throws IOException {
        long end = channel.size();
        ByteBuffer last = ByteBuffer.allocate(1);
        while (end > 0 && channel.read(last.clear(), end - 1) == 1 && last.get(0) != '\n') {
            end--;
        }
        if (end < channel.size()) {
            channel.truncate(end);
        }
        return end;
    }

    /** What is held according to the file. */
    List<Item> read() throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            cut(channel);
        }
        Map<String, Item> held = new TreeMap<>();
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher parts = LINE.matcher(line);
                if (!parts.matches()) {
                    // What cannot be read gives no permission.
                    LOG.warn("`{}` has a line that is damaged; what it said is not held", file);
                } else if (parts.group(1) == null) {
                    held.remove(parts.group(4));
                } else {
                    held.put(
                            parts.group(1),
                            new Item(
                                    parts.group(1),
                                    Long.parseLong(parts.group(2)),
                                    Instant.ofEpochMilli(Long.parseLong(parts.group(3)))));
                }
            }
        }
        return List.copyOf(held.values());
    }
}
