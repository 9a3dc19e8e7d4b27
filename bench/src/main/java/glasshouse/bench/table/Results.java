package glasshouse.bench.table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Keeps one line for each row that was ever measured, and makes the table of the last ones. */
public final class Results {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path history;
    private final Path table;
    private final Path misses;

    /** @param folder where {@code history.jsonl} and {@code RESULTS.md} are; {@code MISSES.md} goes below the table */
    public Results(Path folder) {
        this.history = folder.resolve("history.jsonl");
        this.table = folder.resolve("RESULTS.md");
        this.misses = folder.resolve("MISSES.md");
    }

    /** When and under what load a row was measured. */
    public record Circumstances(String date, String machine, double load, boolean full) {}

    public void add(Row row, Circumstances of, List<Figure> figures) throws IOException {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("row", row.name());
        line.put("about", row.about());
        line.put("date", of.date());
        line.put("full", of.full());
        line.put("load", of.load());
        line.put("machine", of.machine());
        line.put("figures", figures.stream().map(Results::map).toList());
        Files.writeString(
                history, JSON.writeValueAsString(line) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static Map<String, Object> map(Figure figure) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("what", figure.what());
        figure.ratio().ifPresent(ratio -> map.put("ratio", rounded(ratio)));
        map.put("value", rounded(figure.value()));
        map.put("unit", figure.unit());
        figure.base().ifPresent(base -> map.put("base", rounded(base)));
        map.put("baseline", figure.baseline());
        map.put("goal", figure.goalText());
        figure.met().ifPresent(met -> map.put("met", met));
        map.put("note", figure.note());
        return map;
    }

    private static double rounded(double value) {
        return Double.parseDouble(String.format(Locale.ROOT, "%.4g", value));
    }

    /** Writes the table anew: of each row what was measured last. */
    public void write(List<Row> rows) throws IOException {
        Map<String, JsonNode> last = new LinkedHashMap<>();
        rows.forEach(row -> last.put(row.name(), JSON.createObjectNode()));
        for (String line : Files.exists(history) ? Files.readAllLines(history) : List.<String>of()) {
            JsonNode node = JSON.readTree(line);
            last.put(node.path("row").asString(), node);
        }
        last.values().removeIf(node -> !node.has("row"));
        StringBuilder text = new StringBuilder("# Speed and memory\n\n");
        text.append("Written by `bench/run`; every run adds to `history.jsonl`, and this is the last of each row.")
                .append(
                        " Goals stop nothing. A ratio is the figure divided by that of its baseline in the same run.\n\n");
        ratios(text, last);
        absolutes(text, last);
        circumstances(text, last);
        if (Files.exists(misses)) {
            text.append("\n").append(Files.readString(misses));
        }
        Files.writeString(table, text);
    }

    private static void ratios(StringBuilder text, Map<String, JsonNode> last) {
        text.append("## Beside a baseline\n\n")
                .append("| row | what | ratio | goal | | measured | baseline |\n|---|---|--:|---|---|--:|---|\n");
        for (Map.Entry<String, JsonNode> row : last.entrySet()) {
            for (JsonNode figure : row.getValue().path("figures")) {
                if (figure.has("ratio")) {
                    cells(
                            text,
                            row.getKey(),
                            what(figure),
                            number(figure, "ratio") + " ×",
                            figure.path("goal").asString(""),
                            verdict(figure),
                            number(figure, "value") + " " + figure.path("unit").asString(),
                            number(figure, "base") + " " + figure.path("unit").asString() + ": "
                                    + figure.path("baseline").asString());
                }
            }
        }
    }

    private static void absolutes(StringBuilder text, Map<String, JsonNode> last) {
        text.append("\n## By themselves\n\n| row | what | measured | goal | |\n|---|---|--:|---|---|\n");
        for (Map.Entry<String, JsonNode> row : last.entrySet()) {
            for (JsonNode figure : row.getValue().path("figures")) {
                if (!figure.has("ratio")) {
                    cells(
                            text,
                            row.getKey(),
                            what(figure),
                            number(figure, "value") + " " + figure.path("unit").asString(),
                            figure.path("goal").asString(""),
                            verdict(figure));
                }
            }
        }
    }

    private static void circumstances(StringBuilder text, Map<String, JsonNode> last) {
        List<String> machines = new ArrayList<>();
        text.append(
                "\n## When and on what\n\n| row | measured | sizes | load before | when | machine |\n|---|---|---|--:|---|--:|\n");
        for (Map.Entry<String, JsonNode> row : last.entrySet()) {
            JsonNode node = row.getValue();
            String machine = node.path("machine").asString("");
            if (!machines.contains(machine)) {
                machines.add(machine);
            }
            cells(
                    text,
                    row.getKey(),
                    node.path("about").asString(""),
                    node.path("full").asBoolean() ? "full" : "small, for a trial",
                    number(node, "load"),
                    node.path("date").asString(""),
                    String.valueOf(machines.indexOf(machine) + 1));
        }
        text.append('\n');
        for (int i = 0; i < machines.size(); i++) {
            text.append("Machine ")
                    .append(i + 1)
                    .append(": ")
                    .append(machines.get(i))
                    .append(".\n");
        }
    }

    private static String what(JsonNode figure) {
        String note = figure.path("note").asString("");
        return figure.path("what").asString() + (note.isEmpty() ? "" : " (" + note + ")");
    }

    private static String verdict(JsonNode figure) {
        return !figure.has("met") ? "" : figure.path("met").asBoolean() ? "met" : "**missed**";
    }

    private static String number(JsonNode node, String field) {
        return Figure.number(node.path(field).asDouble());
    }

    private static void cells(StringBuilder text, String... cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    /** What was measured, for the terminal. */
    public static String line(Figure figure) {
        OptionalDouble ratio = figure.ratio();
        return "  " + figure.what() + ": "
                + (ratio.isPresent() ? Figure.number(ratio.getAsDouble()) + " ×; " : "")
                + Figure.number(figure.value()) + " " + figure.unit()
                + (figure.base().isPresent()
                        ? " against " + Figure.number(figure.base().getAsDouble()) + " (" + figure.baseline() + ")"
                        : "")
                + (figure.goalText().isEmpty() ? "" : "; goal " + figure.goalText())
                + figure.met().map(met -> met ? ", met" : ", MISSED").orElse("")
                + (figure.note().isEmpty() ? "" : " (" + figure.note() + ")");
    }
}
