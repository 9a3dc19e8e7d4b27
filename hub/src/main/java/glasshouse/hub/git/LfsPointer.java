package glasshouse.hub.git;

import glasshouse.core.entry.Digest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands in a revision for a large file. The grammar (git-lfs, docs/spec.md): lines {@code key value} sorted by key but for
 * {@code version}, which is first; each ends with a line feed; fewer than 1024 bytes in all.
 *
 * @param sha256 of the content
 * @param sizeBytes of the content
 */
public record LfsPointer(Digest sha256, long sizeBytes) {
    /** A blob of this size or more is no pointer. */
    public static final int MAX_BYTES = 1024;

    private static final Pattern FORM = Pattern.compile(
            "version https?://(?:git-lfs\\.github\\.com|hawser\\.github\\.com)/spec/v1\n"
                    + "(?:[a-z0-9.-]+ [^\n]*\n)*?oid sha256:([0-9a-f]{64})\nsize (\\d{1,18})\n(?:[a-z0-9.-]+ [^\n]*\n)*");

    /** The pointer that a blob holds, where it holds one. */
    public static Optional<LfsPointer> parse(byte[] blob) {
        if (blob.length < 100 || blob.length >= MAX_BYTES || blob[0] != 'v') {
            return Optional.empty();
        }
        Matcher found = FORM.matcher(new String(blob, StandardCharsets.UTF_8));
        return found.matches()
                ? Optional.of(new LfsPointer(Digest.sha256(found.group(1)), Long.parseLong(found.group(2))))
                : Optional.empty();
    }

    /** The blob. */
    public byte[] bytes() {
        return ("version https://git-lfs.github.com/spec/v1\noid sha256:" + sha256.hex() + "\nsize " + sizeBytes + "\n")
                .getBytes(StandardCharsets.UTF_8);
    }
}
