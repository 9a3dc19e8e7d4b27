package glasshouse.inspect.card;

import glasshouse.format.card.YamlValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The fields of model and dataset cards as the Hub documents them, with the shapes that it takes. Other fields are anybody's and
 * are not looked at.
 */
final class CardFields {
    private static final int MAX_WARNINGS = 50;

    /** What a field may be. */
    private enum Shape {
        TEXT("a text"),
        TEXTS("a text or a list of texts"),
        LIST("a list"),
        MAPPINGS("a list of mappings"),
        MAPPING_OR_LIST("a mapping or a list of mappings"),
        NUMBER_OR_MAPPING("a number or a mapping"),
        ANY("anything");

        private final String words;

        Shape(String words) {
            this.words = words;
        }

        boolean fits(YamlValue value) {
            return switch (this) {
                case TEXT -> value instanceof YamlValue.Text;
                case TEXTS -> value instanceof YamlValue.Text || isListOf(value, YamlValue.Text.class);
                case LIST -> value instanceof YamlValue.Items;
                case MAPPINGS -> isListOf(value, YamlValue.Fields.class);
                case MAPPING_OR_LIST -> value instanceof YamlValue.Fields || isListOf(value, YamlValue.Fields.class);
                case NUMBER_OR_MAPPING ->
                    value instanceof YamlValue.Whole
                            || value instanceof YamlValue.Decimal
                            || value instanceof YamlValue.Fields;
                case ANY -> true;
            };
        }

        private static boolean isListOf(YamlValue value, Class<? extends YamlValue> kind) {
            return value instanceof YamlValue.Items(List<YamlValue> items, int line)
                    && items.stream().allMatch(kind::isInstance);
        }
    }

    private static final Map<String, Shape> SHAPES = Map.ofEntries(
            Map.entry("language", Shape.TEXTS),
            Map.entry("license", Shape.TEXTS),
            Map.entry("license_name", Shape.TEXT),
            Map.entry("license_link", Shape.TEXT),
            Map.entry("library_name", Shape.TEXT),
            Map.entry("tags", Shape.TEXTS),
            Map.entry("datasets", Shape.TEXTS),
            Map.entry("metrics", Shape.TEXTS),
            Map.entry("base_model", Shape.TEXTS),
            Map.entry("base_model_relation", Shape.TEXT),
            Map.entry("new_version", Shape.TEXT),
            Map.entry("pipeline_tag", Shape.TEXT),
            Map.entry("model-index", Shape.MAPPINGS),
            Map.entry("co2_eq_emissions", Shape.NUMBER_OR_MAPPING),
            Map.entry("model_name", Shape.TEXT),
            Map.entry("thumbnail", Shape.ANY),
            Map.entry("inference", Shape.ANY),
            Map.entry("widget", Shape.LIST),
            Map.entry("pretty_name", Shape.TEXT),
            Map.entry("annotations_creators", Shape.TEXTS),
            Map.entry("language_creators", Shape.TEXTS),
            Map.entry("multilinguality", Shape.TEXTS),
            Map.entry("size_categories", Shape.TEXTS),
            Map.entry("source_datasets", Shape.TEXTS),
            Map.entry("task_categories", Shape.TEXTS),
            Map.entry("task_ids", Shape.TEXTS),
            Map.entry("paperswithcode_id", Shape.ANY),
            Map.entry("configs", Shape.MAPPINGS),
            Map.entry("dataset_info", Shape.MAPPING_OR_LIST),
            Map.entry("viewer", Shape.ANY),
            Map.entry("extra_gated_prompt", Shape.TEXT),
            Map.entry("extra_gated_fields", Shape.ANY));

    private static final Set<String> RELATIONS = Set.of("adapter", "merge", "quantized", "finetune");

    private static final Set<String> SIZES = Set.of(
            "n<1K",
            "1K<n<10K",
            "10K<n<100K",
            "100K<n<1M",
            "1M<n<10M",
            "10M<n<100M",
            "100M<n<1B",
            "1B<n<10B",
            "10B<n<100B",
            "100B<n<1T",
            "n>1T");

    /** Something odd in the front matter. */
    record Warning(String field, int line, String what) {}

    private CardFields() {}

    static boolean isKnown(String field) {
        return SHAPES.containsKey(field);
    }

    static List<Warning> check(YamlValue.Fields metadata) {
        List<Warning> warnings = new ArrayList<>();
        metadata.fields().forEach((field, value) -> {
            Shape shape = SHAPES.getOrDefault(field, Shape.ANY);
            if (value instanceof YamlValue.Nothing) {
                if (isKnown(field)) {
                    warnings.add(new Warning(field, value.line(), "it is left empty"));
                }
            } else if (!shape.fits(value)) {
                warnings.add(new Warning(field, value.line(), "it should be " + shape.words));
            } else {
                words(field, value, warnings);
            }
        });
        YamlValue licence = metadata.fields().get("license");
        if (licence instanceof YamlValue.Text(String text, int line)
                && text.equals("other")
                && metadata.get("license_name").isEmpty()) {
            warnings.add(new Warning("license", line, "`other` needs a `license_name`"));
        }
        return warnings.size() > MAX_WARNINGS ? warnings.subList(0, MAX_WARNINGS) : warnings;
    }

    /** Fields that take words from a list. */
    private static void words(String field, YamlValue value, List<Warning> warnings) {
        for (YamlValue.Text item : texts(value)) {
            String word = item.text();
            switch (field) {
                case "base_model_relation" -> {
                    if (!RELATIONS.contains(word)) {
                        warnings.add(
                                new Warning(field, item.line(), "it should be adapter, merge, quantized or finetune"));
                    }
                }
                case "size_categories" -> {
                    if (!SIZES.contains(word)) {
                        warnings.add(new Warning(
                                field, item.line(), "`" + shown(word) + "` is no size as `10K<n<100K` is one"));
                    }
                }
                case "language" -> {
                    if (!word.matches("[a-zA-Z]{2,3}([-_][a-zA-Z0-9]{1,8}){0,4}|multilingual|code")) {
                        warnings.add(new Warning(
                                field, item.line(), "`" + shown(word) + "` is no language code as `en` is one"));
                    }
                }
                case "datasets", "base_model", "new_version" -> {
                    if (word.isBlank() || word.contains(" ")) {
                        warnings.add(new Warning(field, item.line(), "`" + shown(word) + "` is no name of an entry"));
                    }
                }
                default -> {}
            }
        }
    }

    private static List<YamlValue.Text> texts(YamlValue value) {
        return switch (value) {
            case YamlValue.Text text -> List.of(text);
            case YamlValue.Items(List<YamlValue> items, int line) ->
                items.stream()
                        .filter(YamlValue.Text.class::isInstance)
                        .map(YamlValue.Text.class::cast)
                        .toList();
            case YamlValue other -> List.of();
        };
    }

    private static String shown(String word) {
        String line = word.replaceAll("\\p{Cntrl}", "?");
        return line.length() > 80 ? line.substring(0, 80) + "…" : line;
    }
}
