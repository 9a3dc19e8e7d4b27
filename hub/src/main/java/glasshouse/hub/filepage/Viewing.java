package glasshouse.hub.filepage;

import glasshouse.format.safetensors.SafetensorsFile;
import glasshouse.format.source.ByteSource;
import glasshouse.format.source.FormatFailure;
import glasshouse.hub.page.CardLinks;
import glasshouse.hub.page.EntryFrame;
import glasshouse.hub.page.Markdown;
import glasshouse.hub.page.Paging;
import glasshouse.hub.page.Wording;
import glasshouse.hub.web.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;

/** Decides how a file is shown, by its name and by what is in it. Everything is bounded: a page never holds a whole large file. */
final class Viewing {
    /** How many lines of a text a page shows. */
    static final int LINES = EntryFrame.LINES_PER_PAGE;

    /** How many rows of a table. */
    static final int ROWS = 50;

    private static final int MAX_TEXT_BYTES = 4 << 20;
    private static final int MAX_LINE = 2_000;
    private static final int MAX_PRETTY_BYTES = 512 << 10;
    private static final int MAX_DEFECTS = 20;
    private static final long MAX_PICTURE_BYTES = 50L << 20;
    private static final Set<String> PICTURES = Set.of("png", "jpg", "jpeg", "gif", "webp", "avif", "bmp");

    private final EntryFrame frame;
    private final String path;
    private final String folder;
    private final boolean plain;
    private final int from;
    private final int page;

    /**
     * @param plain whether to show the text as it is
     * @param from the first line to show
     * @param page of a table
     */
    Viewing(EntryFrame frame, String path, boolean plain, int from, int page) {
        this.frame = frame;
        this.path = path;
        this.folder = path.contains("/") ? path.substring(0, path.lastIndexOf('/')) : "";
        this.plain = plain;
        this.from = from;
        this.page = page;
    }

    static String extension(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot + 1);
    }

    static boolean isMarkdown(String path) {
        return extension(path).equals("md") || extension(path).equals("markdown");
    }

    FileView of(long sizeBytes, Optional<ByteSource> source) throws IOException {
        String extension = extension(path);
        if (PICTURES.contains(extension) && sizeBytes <= MAX_PICTURE_BYTES) {
            return new FileView.Picture(frame.bytes(path));
        }
        if (source.isEmpty()) {
            return new FileView.Facts("The content is not in this entry: it was not uploaded, or was deleted.");
        }
        if (extension.equals("safetensors")) {
            return tensors(source.get());
        }
        if (sizeBytes == 0) {
            return new FileView.Facts("The file is empty.");
        }
        int length = (int) Math.min(sizeBytes, MAX_TEXT_BYTES);
        byte[] bytes = source.get().readFully(0, Math.min(length, 8192));
        if (isBinary(bytes)) {
            return new FileView.Facts("This is not text.");
        }
        bytes = source.get().readFully(0, length);
        String text = new String(bytes, StandardCharsets.UTF_8);
        boolean whole = length == sizeBytes;
        if (!plain && isMarkdown(path) && whole && text.length() <= Markdown.MAX_CHARS) {
            CardLinks links = new CardLinks(
                    frame.home() + "/blob/" + frame.segment() + "/",
                    "/" + frame.entry().hubPath() + "/resolve/" + frame.segment() + "/",
                    folder);
            return new FileView.Prose(Markdown.html(withoutFrontMatter(text), links));
        }
        if (!plain && (extension.equals("csv") || extension.equals("tsv"))) {
            return table(text, whole, extension.equals("tsv") ? '\t' : ',');
        }
        Optional<String> pretty = plain || !extension.equals("json") || !whole ? Optional.empty() : indented(text);
        if (pretty.isPresent()) {
            return lines(pretty.get(), Optional.of("Indented for reading; the file itself has fewer lines."));
        }
        Optional<String> note = !whole
                ? Optional.of("Only the first " + Wording.bytes(MAX_TEXT_BYTES) + " can be read here.")
                : text.indexOf('\ufffd') >= 0 ? Optional.of("Some bytes are not UTF-8.") : Optional.empty();
        return lines(text, note);
    }

    private static boolean isBinary(byte[] start) {
        for (byte b : start) {
            if (b == 0) {
                return true;
            }
        }
        return false;
    }

    /** A card without what is shown as a table elsewhere. */
    private static String withoutFrontMatter(String text) {
        if (!text.startsWith("---\n") && !text.startsWith("---\r\n")) {
            return text;
        }
        int end = text.indexOf("\n---", 3);
        int line = end < 0 ? -1 : text.indexOf('\n', end + 1);
        return line < 0 ? text : text.substring(line + 1);
    }

    private static Optional<String> indented(String text) {
        if (text.length() > MAX_PRETTY_BYTES || text.lines().limit(4).count() > 3) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.mapper()
                    .writerWithDefaultPrettyPrinter()
                    .writeValueAsString(Json.mapper().readTree(text)));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private FileView lines(String text, Optional<String> note) {
        List<String> lines = new ArrayList<>();
        int number = 0;
        int at = 0;
        while (at < text.length()) {
            int end = text.indexOf('\n', at);
            int stop = end < 0 ? text.length() : end;
            number++;
            if (number >= from && number < from + LINES) {
                lines.add(line(text, at, stop));
            }
            at = stop + 1;
        }
        String address = frame.blob(path) + (plain ? "?plain=1&from=" : "?from=");
        Paging paging = new Paging(
                "lines " + Wording.count(from) + " to " + Wording.count(Math.min(number, from + LINES - 1)) + " of "
                        + Wording.count(number),
                from > 1 ? Optional.of(address + Math.max(1, from - LINES)) : Optional.empty(),
                from + LINES <= number ? Optional.of(address + (from + LINES)) : Optional.empty());
        return new FileView.Lines(from, lines, note, paging.needed() ? Optional.of(paging) : Optional.empty());
    }

    private static String line(String text, int start, int end) {
        int stop = end > start && text.charAt(end - 1) == '\r' ? end - 1 : end;
        return stop - start > MAX_LINE ? text.substring(start, start + MAX_LINE) + " …" : text.substring(start, stop);
    }

    private FileView table(String text, boolean whole, char separator) {
        CsvRows rows = CsvRows.of(text, separator, (page - 1) * ROWS, ROWS);
        return new FileView.Table(
                rows.columns(),
                rows.rows(),
                whole
                        ? Optional.empty()
                        : Optional.of(
                                "Only the rows in the first " + Wording.bytes(MAX_TEXT_BYTES) + " can be read here."),
                Paging.of(frame.blob(path) + "?page=", page, ROWS, rows.total()));
    }

    private FileView tensors(ByteSource source) throws IOException {
        List<FileView.Tensor> shown = new ArrayList<>();
        int[] total = {0};
        int skip = (page - 1) * ROWS;
        try {
            SafetensorsFile file = SafetensorsFile.read(source, tensor -> {
                int at = total[0]++;
                if (at >= skip && at < skip + ROWS) {
                    String shape = tensor.shape().stream().map(String::valueOf).collect(Collectors.joining(" × "));
                    shown.add(new FileView.Tensor(
                            Wording.clipped(tensor.name(), 300),
                            tensor.dtype().name(),
                            shape.isEmpty() ? "scalar" : shape,
                            tensor.elements(),
                            tensor.sizeBytes()));
                }
            });
            List<FileView.Pair> metadata = new ArrayList<>();
            file.metadata()
                    .forEach((name, value) ->
                            metadata.add(new FileView.Pair(Wording.clipped(name, 100), Wording.clipped(value, 500))));
            List<String> defects = file.defects().stream()
                    .limit(MAX_DEFECTS)
                    .map(defect -> Wording.clipped(defect.toString(), 300))
                    .toList();
            return new FileView.Tensors(
                    file.parameterCount(),
                    total[0],
                    shown,
                    metadata,
                    defects,
                    Paging.of(frame.blob(path) + "?page=", page, ROWS, total[0]));
        } catch (FormatFailure fault) {
            return new FileView.Facts(
                    "The header cannot be read: " + Wording.clipped(String.valueOf(fault.getMessage()), 500));
        }
    }
}
