package glasshouse.hub.job;

import glasshouse.core.entry.EntryKind;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The tags that the Hub's clients filter by, from the front matter of a card: {@code license:apache-2.0}, {@code dataset:ns/name},
 * {@code base_model:ns/name}, {@code arxiv:2401.00001}; languages, library and task as they are for a model and with their names for
 * a dataset.
 */
final class CardTags {
    private static final int MAX_TAGS = 400;
    private static final int MAX_TAG_CHARS = 200;
    private static final int MAX_PAPERS = 50;

    private static final Pattern PAPER =
            Pattern.compile("(?i)\\barxiv(?:\\.org/(?:abs|pdf|html)/|:\\s?)(\\d{4}\\.\\d{4,5})(?!\\d)");

    private static final List<String> DATASET_FIELDS = List.of(
            "task_categories",
            "task_ids",
            "annotations_creators",
            "language_creators",
            "multilinguality",
            "source_datasets",
            "language",
            "size_categories");

    private final Set<String> tags = new LinkedHashSet<>();

    private CardTags() {}

    /**
     * The tags of a card.
     *
     * @param card front matter
     * @param text front matter and body, as they are
     */
    static Set<String> of(EntryKind kind, Map<String, @Nullable Object> card, String text) {
        CardTags made = new CardTags();
        made.add("", texts(card, "tags"));
        switch (kind) {
            case MODEL -> {
                made.add("", texts(card, "library_name"));
                made.add("", texts(card, "pipeline_tag"));
                made.add("", texts(card, "language"));
                made.add("dataset:", texts(card, "datasets"));
                List<String> bases = texts(card, "base_model");
                made.add("base_model:", bases);
                first(card, "base_model_relation")
                        .ifPresent(relation -> made.add("base_model:" + relation + ":", bases));
            }
            case DATASET -> DATASET_FIELDS.forEach(field -> made.add(field + ":", texts(card, field)));
            case CODE -> {
                made.add("", texts(card, "sdk"));
                made.add("model:", texts(card, "models"));
                made.add("dataset:", texts(card, "datasets"));
                made.add("", texts(card, "language"));
            }
        }
        made.add("license:", texts(card, "license"));
        Matcher papers = PAPER.matcher(text);
        for (int n = 0; n < MAX_PAPERS && papers.find(); n++) {
            made.add("arxiv:", List.of(papers.group(1)));
        }
        return made.tags;
    }

    private void add(String prefix, Collection<String> values) {
        for (String value : values) {
            String tag = prefix + value.strip();
            boolean fits = tag.length() <= MAX_TAG_CHARS && tag.length() > prefix.length();
            if (fits && tags.size() < MAX_TAGS && tag.chars().noneMatch(Character::isISOControl)) {
                tags.add(tag);
            }
        }
    }

    /** What a field says, as texts: one, or those of a list. */
    static List<String> texts(Map<String, @Nullable Object> card, String field) {
        return switch (card.get(field)) {
            case String text when !text.isBlank() -> List.of(text.strip());
            case List<?> list ->
                list.stream()
                        .filter(item -> item instanceof String || item instanceof Boolean || item instanceof Number)
                        .map(item -> item instanceof Boolean yes ? norwegian(yes) : String.valueOf(item))
                        .filter(text -> !text.isBlank())
                        .toList();
            case null, default -> List.of();
        };
    }

    /** A bare {@code no} in a list of languages is read as a truth value by some readers of YAML. */
    private static String norwegian(boolean yes) {
        return yes ? "true" : "no";
    }

    static Optional<String> first(Map<String, @Nullable Object> card, String field) {
        return texts(card, field).stream()
                .filter(text -> text.length() <= MAX_TAG_CHARS && text.chars().noneMatch(Character::isISOControl))
                .findFirst();
    }
}
