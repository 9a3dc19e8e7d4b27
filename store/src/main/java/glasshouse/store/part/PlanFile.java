package glasshouse.store.part;

import glasshouse.store.disk.Disk;
import glasshouse.store.disk.DiskFile;
import glasshouse.store.object.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * An {@link UploadPlan} on disk. ASCII, six lines, each ended by a line feed:
 *
 * <pre>
 * GLASSHOUSE UPLOAD
 * version 1
 * sha256 (64 hex)
 * size (decimal)
 * part (decimal)
 * crc32c 1a2b3c4d        over all bytes before this line, lower-case hex
 * </pre>
 *
 * A plan that is cut or damaged is none: the upload is not known, and the client begins again.
 */
final class PlanFile {
    private static final int MAX_BYTES = 4096;

    private static final Pattern FORM = Pattern.compile("GLASSHOUSE UPLOAD\nversion 1\nsha256 ([0-9a-f]{64})\n"
            + "size ([1-9][0-9]{0,17})\npart ([1-9][0-9]{0,17})\n(?<sum>crc32c [0-9a-f]{8}\n)");

    private PlanFile() {}

    static void write(Disk disk, Path path, UploadPlan plan) throws IOException {
        String body = "GLASSHOUSE UPLOAD\nversion 1\nsha256 " + plan.sha256() + "\nsize " + plan.sizeBytes() + "\npart "
                + plan.partSizeBytes() + "\n";
        try (DiskFile file = disk.create(path)) {
            file.write(0, ByteBuffer.wrap((body + checksum(body)).getBytes(StandardCharsets.US_ASCII)));
        }
    }

    static Optional<UploadPlan> read(Disk disk, Path path) throws IOException {
        String text;
        try (DiskFile file = disk.open(path)) {
            ByteBuffer into = ByteBuffer.allocate((int) Math.min(MAX_BYTES, file.sizeBytes()));
            while (into.hasRemaining() && file.read(into.position(), into) > 0) {
                // until full
            }
            text = new String(into.array(), 0, into.position(), StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
        Matcher form = FORM.matcher(text);
        if (!form.matches() || !form.group("sum").equals(checksum(text.substring(0, form.start("sum"))))) {
            return Optional.empty();
        }
        return Optional.of(new UploadPlan(
                new Sha256(form.group(1)), Long.parseLong(form.group(2)), Long.parseLong(form.group(3))));
    }

    private static String checksum(String body) {
        CRC32C crc = new CRC32C();
        crc.update(body.getBytes(StandardCharsets.ISO_8859_1));
        return "crc32c " + HexFormat.of().toHexDigits((int) crc.getValue()) + "\n";
    }
}
