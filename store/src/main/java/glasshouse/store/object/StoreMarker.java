package glasshouse.store.object;

import glasshouse.store.disk.Disk;
import glasshouse.store.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * The file {@code format}, which says what a folder holds. ASCII, four lines, each ended by a line feed:
 *
 * <pre>
 * GLASSHOUSE STORE
 * layout folder          or chunks
 * version 1
 * crc32c 1a2b3c4d        over all bytes before this line, lower-case hex
 * </pre>
 *
 * A later version keeps the first line and the form of the others.
 */
public record StoreMarker(String layout, int version) {
    /** See {@link FolderStore}. */
    public static final StoreMarker FOLDER_1 = new StoreMarker("folder", 1);

    private static final String MAGIC = "GLASSHOUSE STORE";
    private static final int MAX_BYTES = 4096;

    /** The whole file. */
    public String text() {
        String body = MAGIC + "\nlayout " + layout + "\nversion " + version + "\n";
        return body + "crc32c " + checksum(body) + "\n";
    }

    /** Writes the marker so that it is there whole or not at all, and durable. */
    void write(Disk disk, Path folder, Path file) throws IOException {
        Path unfinished = unfinished(file);
        disk.delete(unfinished);
        try (DiskFile out = disk.create(unfinished)) {
            out.write(0, ByteBuffer.wrap(text().getBytes(StandardCharsets.US_ASCII)));
            out.sync();
        }
        disk.rename(unfinished, file);
        disk.syncFolder(folder);
    }

    /** The name of a marker that is being written. */
    static Path unfinished(Path file) {
        return file.resolveSibling(file.getFileName() + ".new");
    }

    static StoreMarker read(Disk disk, Path file) throws IOException {
        byte[] bytes;
        try (DiskFile in = disk.open(file)) {
            if (in.sizeBytes() > MAX_BYTES) {
                throw new NotAStore("`" + file + "` is not the marker of a store: it is too long");
            }
            ByteBuffer into = ByteBuffer.allocate((int) in.sizeBytes());
            while (into.hasRemaining() && in.read(into.position(), into) > 0) {
                // until full
            }
            bytes = into.array();
        }
        return parse(new String(bytes, StandardCharsets.ISO_8859_1), file);
    }

    private static StoreMarker parse(String text, Path file) throws NotAStore {
        String[] lines = text.split("\n", -1);
        if (!lines[0].equals(MAGIC)) {
            throw new NotAStore("`" + file + "` is not the marker of a store");
        }
        int sum = text.lastIndexOf("crc32c ");
        if (lines.length != 5
                || sum < 0
                || !text.substring(sum).equals("crc32c " + checksum(text.substring(0, sum)) + "\n")
                || !lines[1].startsWith("layout ")
                || !lines[2].matches("version [0-9]{1,6}")) {
            throw new NotAStore("`" + file + "` is damaged; it should read `" + oneLine(FOLDER_1) + "` or `"
                    + oneLine(new StoreMarker("chunks", 1)) + "`");
        }
        return new StoreMarker(
                lines[1].substring("layout ".length()), Integer.parseInt(lines[2].substring("version ".length())));
    }

    private static String oneLine(StoreMarker marker) {
        return marker.text().replace("\n", "\\n");
    }

    /** For people. */
    @Override
    public String toString() {
        return "layout `" + layout + "`, version " + version;
    }

    private static String checksum(String body) {
        CRC32C crc = new CRC32C();
        crc.update(body.getBytes(StandardCharsets.ISO_8859_1));
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }
}
