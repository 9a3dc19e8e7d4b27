package glasshouse.core.entry;

import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;

/**
 * The path of a file or folder within an entry: {@code /} between segments, none at the ends.
 *
 * <p>Refused: empty segments, {@code .} and {@code ..}, {@code .git} in any case and in the forms that file systems take for it,
 * control characters, backslashes, more than 255 bytes in a segment or 4096 in all.
 *
 * @param value the path as it is stored in git
 */
public record ArtefactPath(String value) implements Comparable<ArtefactPath> {
    /** The most bytes of UTF-8 in one segment: what common file systems can hold. */
    public static final int MAX_SEGMENT_BYTES = 255;

    /** The most bytes of UTF-8 in a path. */
    public static final int MAX_BYTES = 4096;

    public ArtefactPath {
        String reason = fault(value);
        if (!reason.isEmpty()) {
            String shown = value.length() > 200 ? value.substring(0, 200) + "…" : value;
            throw Problem.of(Code.INVALID, "`" + shown.replaceAll("\\p{Cntrl}", "?") + "` is not a path")
                    .because(reason)
                    .mend("rename the file")
                    .refusal();
        }
    }

    /** What is wrong with a path, or the empty text. */
    public static String fault(String path) {
        if (path.isEmpty()) {
            return "a path is not empty";
        }
        if (path.length() > MAX_BYTES || path.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            return "a path has at most " + MAX_BYTES + " bytes";
        }
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (Character.isISOControl(c)) {
                return "a path has no control characters";
            }
            if (c == '\\') {
                return "a path has no backslash";
            }
            if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c)
                        && i + 1 < path.length()
                        && Character.isLowSurrogate(path.charAt(i + 1));
                if (!pair) {
                    return "a path is valid Unicode";
                }
                i++;
            }
        }
        for (String segment : path.split("/", -1)) {
            String fault = segmentFault(segment);
            if (!fault.isEmpty()) {
                return fault;
            }
        }
        return "";
    }

    private static String segmentFault(String segment) {
        if (segment.isEmpty()) {
            return "a path has no empty segment";
        }
        if (segment.equals(".") || segment.equals("..")) {
            return "a path has no `.` or `..` segment";
        }
        if (segment.getBytes(StandardCharsets.UTF_8).length > MAX_SEGMENT_BYTES) {
            return "a segment of a path has at most " + MAX_SEGMENT_BYTES + " bytes";
        }
        // What HFS+ and NTFS would take for `.git`: zero-width characters are ignored by the one, trailing dots, spaces
        // and
        // streams by the other, which also knows it as `git~1`.
        String plain = segment.replaceAll("[\\u200c-\\u200f\\u202a-\\u202e\\u206a-\\u206f\\ufeff]", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll(":.*$", "")
                .replaceAll("[. ]+$", "");
        if (plain.equals(".git") || plain.equals("git~1")) {
            return "a path has no `.git` segment";
        }
        return "";
    }

    /** The form that two names in a folder are compared by, as disks do that do not tell case or ways of writing accents apart. */
    public static String caseKey(String segment) {
        return segment.chars().allMatch(c -> c < 128)
                ? segment.toLowerCase(Locale.ROOT)
                : Normalizer.normalize(segment, Normalizer.Form.NFC)
                        .toUpperCase(Locale.ROOT)
                        .toLowerCase(Locale.ROOT);
    }

    /** The segments from the root to the file. */
    public List<String> segments() {
        return List.of(value.split("/"));
    }

    /** The last segment. */
    public String fileName() {
        return value.substring(value.lastIndexOf('/') + 1);
    }

    @Override
    public int compareTo(ArtefactPath other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
