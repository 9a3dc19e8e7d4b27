package glasshouse.hub.repos;

import glasshouse.core.entry.EntryKind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What the front matter of a card means for lists: the tags that entries are filtered by, in the words of the Hub. A model's language
 * is a tag by itself ({@code en}), a dataset's has its key before it ({@code language:en}); licences, base models and the datasets
 * of a model always have one.
 */
public final class CardTags {
    /** The most tags of an entry. */
    public static final int MAX_TAGS = 500;

    /** The most characters of a tag. */
    public static final int MAX_LENGTH = 200;

    private static final Map<EntryKind, List<String>> PLAIN = Map.of(
            EntryKind.MODEL, List.of("pipeline_tag", "library_name", "tags", "language"),
            EntryKind.DATASET, List.of("tags"),
            EntryKind.CODE, List.of("sdk", "tags"));

    private static final List<String> OF_DATASETS = List.of(
            "task_categories",
            "task_ids",
            "language",
            "multilinguality",
            "size_categories",
            "annotations_creators",
            "language_creators",
            "source_datasets");

    private CardTags() {}

    /** The tags that a card gives, in order, each once. */
    public static List<String> of(EntryKind kind, JsonNode card) {
        Set<String> tags = new LinkedHashSet<>();
        PLAIN.getOrDefault(kind, List.of()).forEach(key -> words(card, key).forEach(tags::add));
        if (kind == EntryKind.MODEL) {
            words(card, "datasets").forEach(word -> tags.add("dataset:" + word));
            words(card, "base_model").forEach(word -> tags.add("base_model:" + word));
        }
        if (kind == EntryKind.DATASET) {
            OF_DATASETS.forEach(key -> words(card, key).forEach(word -> tags.add(key + ":" + word)));
        }
        words(card, "license").forEach(word -> tags.add("license:" + word.toLowerCase(Locale.ROOT)));
        return tags.stream()
                .filter(tag -> tag.length() <= MAX_LENGTH)
                .limit(MAX_TAGS)
                .toList();
    }

    /** What a model is for, as its card says. */
    public static Optional<String> task(JsonNode card) {
        return words(card, "pipeline_tag").stream().findFirst();
    }

    /** The library that loads a model, as its card says. */
    public static Optional<String> library(JsonNode card) {
        return words(card, "library_name").stream().findFirst();
    }

    /** The words under a key, whether one or several stand there. */
    public static List<String> words(JsonNode card, String key) {
        JsonNode value = card.path(key);
        List<String> words = new ArrayList<>();
        if (value.isArray()) {
            value.forEach(item -> word(item).ifPresent(words::add));
        } else {
            word(value).ifPresent(words::add);
        }
        return words;
    }

    private static Optional<String> word(JsonNode value) {
        return value.isString() || value.isNumber()
                ? Optional.of(value.asString().strip()).filter(text -> !text.isEmpty())
                : Optional.empty();
    }
}
