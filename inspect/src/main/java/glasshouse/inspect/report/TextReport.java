package glasshouse.inspect.report;

import glasshouse.core.know.Standing;
import glasshouse.inspect.Findings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Findings for people at a terminal: one paragraph for each statement, problems first, with the place where it is stated and the
 * artefacts that it rests on. Words from artefacts cannot steer the terminal.
 */
public final class TextReport {
    /** How standings are marked. */
    public enum Marks {
        /** By their words alone: in files and pipes. */
        WORDS,
        /** By their signs. */
        SIGNS,
        /** By their signs, in colour. */
        COLOURS
    }

    /** Artefacts that are named with a statement. */
    private static final int MAX_ROWS = 4;

    private static final int MIN_WIDTH = 40;
    private static final int NAME_WIDTH = 15;

    private final Marks marks;
    private final int width;
    private final StringBuilder out = new StringBuilder();

    private TextReport(Marks marks, int width) {
        this.marks = marks;
        this.width = Math.max(MIN_WIDTH, width);
    }

    /**
     * Renders findings.
     *
     * @param title what was inspected: a folder, or an entry and its revision
     * @param width how many columns there are
     */
    public static String render(String title, Findings findings, Marks marks, int width) {
        TextReport report = new TextReport(marks, width);
        report.head(title, findings);
        findings.statements().forEach(report::statement);
        report.out.append("\nall evidence, with digests: --json\n");
        return report.out.toString();
    }

    private void head(String title, Findings findings) {
        int total = findings.statements().size();
        String counts = findings.counts().entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .map(entry -> entry.getValue() + " " + entry.getKey().word())
                .collect(Collectors.joining(" · "));
        String line = total + (total == 1 ? " statement" : " statements") + (counts.isEmpty() ? "" : ": " + counts);
        String name = safe(title);
        int gap = width - length(name) - length(line);
        out.append(name).append(gap >= 2 ? " ".repeat(gap) : "\n").append(line).append("\n\n");
    }

    private void statement(Findings.Statement statement) {
        Standing standing = statement.standing();
        String mark = marks == Marks.WORDS ? pad(standing.word(), 13) : standing.sign();
        String start = mark + " " + pad(statement.name(), NAME_WIDTH) + " ";
        int indent = marks == Marks.WORDS ? 4 : 2;
        String text = statement.sentence() + (statement.why().isEmpty() ? "" : "; " + statement.why());
        List<String> lines = wrapped(safe(text), width - length(start), width - length(start));
        out.append(coloured(standing, start)).append(lines.getFirst()).append('\n');
        String margin = " ".repeat(length(start));
        lines.stream().skip(1).forEach(line -> out.append(margin).append(line).append('\n'));
        String places = places(statement);
        if (!places.isEmpty()) {
            String left = " ".repeat(indent);
            wrapped(safe(places), width - indent, width - indent)
                    .forEach(line -> out.append(left).append(line).append('\n'));
        }
    }

    private static String places(Findings.Statement statement) {
        List<String> places = new ArrayList<>();
        if (!statement.place().isEmpty()) {
            places.add(statement.place());
        }
        List<String> paths = statement.rows().stream()
                .map(row -> row.path().value())
                .distinct()
                .filter(path -> !statement.place().replaceAll(":\\d+$", "").equals(path))
                .toList();
        paths.stream().limit(MAX_ROWS).forEach(places::add);
        if (paths.size() > MAX_ROWS) {
            places.add("and " + (paths.size() - MAX_ROWS) + " more");
        }
        return String.join("  ", places);
    }

    private String coloured(Standing standing, String text) {
        return marks == Marks.COLOURS ? "\u001b[" + COLOURS.get(standing) + "m" + text + "\u001b[0m" : text;
    }

    private static final Map<Standing, String> COLOURS = Map.of(
            Standing.CONTRADICTED, "31",
            Standing.NOT_CHECKABLE, "90",
            Standing.WITHHELD, "35",
            Standing.SUPPORTED, "32",
            Standing.ATTESTED, "34",
            Standing.CLAIMED, "33");

    /** Without control and direction characters, which would act and not show. */
    private static String safe(String text) {
        return text.replaceAll("[\\p{Cc}\\u202a-\\u202e\\u2066-\\u2069\\u200e\\u200f]", "?");
    }

    private static List<String> wrapped(String text, int first, int others) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ")) {
            int room = Math.max(8, lines.isEmpty() ? first : others);
            if (!line.isEmpty() && length(line.toString()) + 1 + length(word) > room) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - length(text)));
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
