package glasshouse.hub.entrypage;

import glasshouse.core.know.Standing;
import glasshouse.hub.job.RevisionFindings;
import glasshouse.hub.page.EntryFrame;
import glasshouse.hub.page.Wording;
import glasshouse.inspect.Findings;
import glasshouse.inspect.Findings.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a machine saw of an entry: contradictions first, then what is missing, then what holds.
 *
 * @param report what was found in the revision; nothing while there is no commit
 * @param uses how to get the entry
 */
public record FoundPage(EntryFrame frame, Optional<RevisionFindings.Report> report, List<UseIt> uses) {
    /** The statements of one group are cut after so many: the rest is in the API, and a page stays readable. */
    private static final int MAX_STATEMENTS = 200;

    private static final int MAX_ROWS = 20;

    private static final List<String> ORDER =
            List.of("Weights", "Training data", "Base model", "Licence", "Evaluation", "Card");

    /**
     * Statements that stand alike.
     *
     * @param more how many are not shown
     */
    public record Group(Standing standing, List<Shown> statements, int more) {
        public String heading() {
            return switch (standing) {
                case CONTRADICTED -> "Contradicted";
                case NOT_CHECKABLE -> "Not checkable";
                case WITHHELD -> "Withheld";
                case SUPPORTED -> "Supported";
                case ATTESTED -> "Attested";
                case CLAIMED -> "Only claimed";
            };
        }
    }

    /**
     * A statement as it is shown.
     *
     * @param statedHref where it is stated, or empty
     */
    public record Shown(Statement statement, String statedHref, List<Evidence> evidence, int more) {}

    /**
     * A part of the release.
     *
     * @param found the statement that a reader should see first
     * @param statements how many there are about it
     */
    public record Component(String name, Standing standing, String found, int statements) {}

    /** An artefact that was looked at. */
    public record Evidence(String place, String href, String what, String digest, String inspector) {}

    /**
     * A part of the bar, in thousandths of its width.
     *
     * @param look the class that colours it
     */
    public record Part(String look, int from, int width) {}

    public FoundPage {
        uses = List.copyOf(uses);
    }

    public Optional<Findings> findings() {
        return report.flatMap(RevisionFindings.Report::seen).map(RevisionFindings.Seen::findings);
    }

    /** The class that colours a standing. */
    public static String look(Standing standing) {
        return switch (standing) {
            case CONTRADICTED -> "contradicted";
            case NOT_CHECKABLE -> "unknown";
            case WITHHELD -> "withheld";
            case SUPPORTED -> "supported";
            case ATTESTED -> "attested";
            case CLAIMED -> "claimed";
        };
    }

    /** The one line that a reader can act on. */
    public String headline() {
        Findings found = findings().orElseThrow();
        int total = found.statements().size();
        int wrong = found.counts().getOrDefault(Standing.CONTRADICTED, 0);
        int open = found.counts().getOrDefault(Standing.NOT_CHECKABLE, 0);
        String all = Wording.counted(total, "statement", "statements");
        if (total == 0) {
            return "There was nothing to hold against the files";
        }
        if (total == 1) {
            return "The one statement "
                    + (wrong > 0
                            ? "is contradicted by the files"
                            : open > 0 ? "cannot be checked" : "is not contradicted by the files");
        }
        if (wrong > 0) {
            return Wording.count(wrong) + " of " + all + (wrong == 1 ? " is" : " are") + " contradicted by the files";
        }
        return "None of " + all + " is contradicted by the files"
                + (open > 0 ? "; " + Wording.count(open) + " cannot be checked" : "");
    }

    /** How many statements stand how, in the order of the page, those with none left out. */
    public List<Map.Entry<Standing, Integer>> counts() {
        return findings().orElseThrow().counts().entrySet().stream()
                .filter(count -> count.getValue() > 0)
                .toList();
    }

    public String countsInWords() {
        return String.join(
                ", ",
                counts().stream()
                        .map(c -> c.getValue() + " " + c.getKey().word())
                        .toList());
    }

    /** The bar: a part for each standing, its width by its share. */
    public List<Part> bar() {
        int total = findings().orElseThrow().statements().size();
        List<Part> parts = new ArrayList<>();
        int at = 0;
        int seen = 0;
        for (Map.Entry<Standing, Integer> count : counts()) {
            seen += count.getValue();
            int end = (int) (1000L * seen / total);
            parts.add(new Part(look(count.getKey()), at, Math.max(1, end - at - (end < 1000 ? 3 : 0))));
            at = end;
        }
        return parts;
    }

    /** What stands of each component: of several statements about one, that which a reader should see first. */
    public List<Component> components() {
        Map<String, Component> components = new LinkedHashMap<>();
        for (Statement statement : findings().orElseThrow().statements()) {
            String name = component(statement.name());
            Component before = components.get(name);
            components.put(
                    name,
                    before == null
                            ? new Component(name, statement.standing(), statement.sentence(), 1)
                            : new Component(name, before.standing(), before.found(), before.statements() + 1));
        }
        return components.values().stream()
                .sorted(Comparator.comparingInt(component -> ORDER.indexOf(component.name())))
                .toList();
    }

    private static String component(String statement) {
        return switch (statement) {
            case "licence" -> "Licence";
            case "datasets" -> "Training data";
            case "base model", "base_model" -> "Base model";
            case "metrics", "evaluation", "model-index" -> "Evaluation";
            default ->
                statement.startsWith("weights")
                                || statement.startsWith("shards")
                                || statement.startsWith("parameters")
                                || statement.startsWith("tensors")
                        ? "Weights"
                        : "Card";
        };
    }

    public List<Group> groups() {
        List<Group> groups = new ArrayList<>();
        for (Standing standing : Standing.values()) {
            List<Statement> all = findings().orElseThrow().statements().stream()
                    .filter(statement -> statement.standing() == standing)
                    .toList();
            if (!all.isEmpty()) {
                groups.add(new Group(
                        standing,
                        all.stream().limit(MAX_STATEMENTS).map(this::shown).toList(),
                        Math.max(0, all.size() - MAX_STATEMENTS)));
            }
        }
        return groups;
    }

    private Shown shown(Statement statement) {
        List<Evidence> evidence = statement.rows().stream()
                .limit(MAX_ROWS)
                .map(row -> new Evidence(
                        row.path().value(), frame.blob(row.path().value()), row.what(), row.digest(), row.inspector()))
                .toList();
        String place = statement.place();
        int colon = place.lastIndexOf(':');
        boolean line = colon > 0 && place.substring(colon + 1).matches("[0-9]{1,8}");
        String stated = place.isEmpty()
                ? ""
                : line
                        ? frame.line(place.substring(0, colon), Integer.parseInt(place.substring(colon + 1)))
                        : frame.blob(place);
        return new Shown(statement, stated, evidence, statement.rows().size() - evidence.size());
    }

    /** Whether somebody is at it, so that the page is worth asking again. */
    public boolean busy() {
        return report.map(RevisionFindings.Report::state)
                .filter(state -> state instanceof RevisionFindings.Waiting || state instanceof RevisionFindings.Running)
                .isPresent();
    }

    /** The address of the same as JSON. */
    public String jsonHref() {
        return "/api/glasshouse/v1/" + frame.entry().kind().apiSegment() + "/"
                + frame.entry().name() + "/claims/"
                + report.map(r -> r.revision().value()).orElse("HEAD");
    }
}
