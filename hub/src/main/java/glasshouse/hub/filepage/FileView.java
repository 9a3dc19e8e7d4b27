package glasshouse.hub.filepage;

import glasshouse.hub.page.Paging;
import java.util.List;
import java.util.Optional;

/** How the content of a file is shown. */
public sealed interface FileView {
    /**
     * Lines, the first of which has the number {@code first}.
     *
     * @param note what was done to the text, or what is wrong with it
     */
    record Lines(int first, List<String> lines, Optional<String> note, Optional<Paging> paging) implements FileView {
        public Lines {
            lines = List.copyOf(lines);
        }
    }

    /** Markdown, made safe. */
    record Prose(String html) implements FileView {}

    /** A picture, loaded from this server. */
    record Picture(String src) implements FileView {}

    /** Rows of a table, some of many; the first row of the file names the columns. */
    record Table(List<String> columns, List<List<String>> rows, Optional<String> note, Paging paging)
            implements FileView {
        public Table {
            columns = List.copyOf(columns);
            rows = List.copyOf(rows);
        }
    }

    /** The tensors that a safetensors header names, some of many. */
    record Tensors(
            long parameters, int total, List<Tensor> tensors, List<Pair> metadata, List<String> defects, Paging paging)
            implements FileView {
        public Tensors {
            tensors = List.copyOf(tensors);
            metadata = List.copyOf(metadata);
            defects = List.copyOf(defects);
        }
    }

    /** A tensor in words. */
    record Tensor(String name, String dtype, String shape, long elements, long bytes) {}

    /** A name and what it stands for. */
    record Pair(String name, String value) {}

    /** Nothing but facts. */
    record Facts(String why) implements FileView {}
}
