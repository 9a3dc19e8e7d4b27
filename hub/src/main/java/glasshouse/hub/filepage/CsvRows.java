package glasshouse.hub.filepage;

import java.util.ArrayList;
import java.util.List;

/**
 * Some rows of a text with separated values: RFC 4180, with any separator, and without refusing what does not quite follow it.
 *
 * @param columns the first row
 * @param total how many rows there are beside the first
 */
record CsvRows(List<String> columns, List<List<String>> rows, int total) {
    private static final int MAX_COLUMNS = 100;
    private static final int MAX_CELL = 300;

    static CsvRows of(String text, char separator, int skip, int limit) {
        Reader reader = new Reader(text, separator);
        List<String> columns = reader.hasMore() ? reader.row(true) : List.of();
        List<List<String>> rows = new ArrayList<>();
        int total = 0;
        while (reader.hasMore()) {
            boolean wanted = total >= skip && total < skip + limit;
            List<String> row = reader.row(wanted);
            total++;
            if (wanted) {
                rows.add(row);
            }
        }
        return new CsvRows(columns, rows, total);
    }

    private static final class Reader {
        private final String text;
        private final char separator;
        private int at;

        Reader(String text, char separator) {
            this.text = text;
            this.separator = separator;
            this.at = text.startsWith("\ufeff") ? 1 : 0;
        }

        boolean hasMore() {
            return at < text.length();
        }

        List<String> row(boolean keep) {
            List<String> cells = new ArrayList<>();
            boolean more = true;
            while (more) {
                String cell = cell(keep);
                if (keep && cells.size() < MAX_COLUMNS) {
                    cells.add(cell.length() > MAX_CELL ? cell.substring(0, MAX_CELL) + "…" : cell);
                }
                more = at < text.length() && text.charAt(at) == separator;
                if (more) {
                    at++;
                }
            }
            if (at < text.length() && text.charAt(at) == '\r') {
                at++;
            }
            if (at < text.length() && text.charAt(at) == '\n') {
                at++;
            }
            return cells;
        }

        private String cell(boolean keep) {
            if (at < text.length() && text.charAt(at) == '"') {
                return quoted(keep);
            }
            int start = at;
            while (at < text.length()
                    && text.charAt(at) != separator
                    && text.charAt(at) != '\n'
                    && text.charAt(at) != '\r') {
                at++;
            }
            return keep ? text.substring(start, at) : "";
        }

        private String quoted(boolean keep) {
            StringBuilder cell = new StringBuilder();
            at++;
            while (at < text.length()) {
                char c = text.charAt(at++);
                if (c == '"') {
                    if (at >= text.length() || text.charAt(at) != '"') {
                        break;
                    }
                    at++;
                }
                if (keep && cell.length() <= MAX_CELL) {
                    cell.append(c);
                }
            }
            // What stands between the closing quote and the separator belongs to no cell.
            while (at < text.length()
                    && text.charAt(at) != separator
                    && text.charAt(at) != '\n'
                    && text.charAt(at) != '\r') {
                at++;
            }
            return cell.toString();
        }
    }
}
