package glasshouse.hub.repos;

import glasshouse.core.entry.EntryKind;
import glasshouse.core.entry.Gate;
import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import glasshouse.hub.index.Downloads;
import glasshouse.hub.index.Entry;
import glasshouse.hub.web.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The fields of the answers about entries, one line each: what a client can ask for with {@code expand}, and what it gets unasked.
 * A field whose value is not known is left out; a word that is no field of the kind is refused.
 */
final class InfoFields {
    /** Everything that the fields are made of. */
    record Subject(Entry entry, Shown shown, Downloads.Count downloads, Files files) {}

    /** Lists the files of an entry, when a field asks for them. */
    @FunctionalInterface
    interface Files {
        ArrayNode list() throws IOException;
    }

    /** Adds a field to an answer, or does not. */
    @FunctionalInterface
    private interface Field {
        void into(ObjectNode answer, String name, Subject subject) throws IOException;
    }

    private static final Field ABSENT = (answer, name, subject) -> {};

    private static final Map<String, Field> ALL = new LinkedHashMap<>();

    static {
        ALL.put("author", (a, name, s) -> a.put(name, s.entry().name().namespace()));
        ALL.put("sha", (a, name, s) -> s.shown().revision().ifPresent(sha -> a.put(name, sha.value())));
        ALL.put("lastModified", (a, name, s) -> a.put(name, Json.time(s.shown().modifiedAt())));
        ALL.put("createdAt", (a, name, s) -> a.put(name, Json.time(s.entry().createdAt())));
        ALL.put("private", (a, name, s) -> a.put(name, !s.entry().visibility().isPublic()));
        ALL.put("visibility", (a, name, s) -> a.put(name, s.entry().visibility().word()));
        ALL.put("gated", InfoFields::gated);
        ALL.put("disabled", (a, name, s) -> a.put(name, false));
        ALL.put("downloads", (a, name, s) -> a.put(name, s.downloads().recent()));
        ALL.put("downloadsAllTime", (a, name, s) -> a.put(name, s.downloads().ever()));
        // Likes are left for later: nobody can give one, so there are none.
        ALL.put("likes", (a, name, s) -> a.put(name, 0));
        ALL.put("trendingScore", (a, name, s) -> a.put(name, s.downloads().recent()));
        ALL.put("tags", (a, name, s) -> s.shown().tags().forEach(a.withArray(name)::add));
        ALL.put("pipeline_tag", (a, name, s) -> CardTags.task(s.shown().card()).ifPresent(task -> a.put(name, task)));
        ALL.put(
                "library_name",
                (a, name, s) -> CardTags.library(s.shown().card()).ifPresent(library -> a.put(name, library)));
        ALL.put("mask_token", InfoFields::fromCard);
        ALL.put("model-index", InfoFields::fromCard);
        ALL.put("widgetData", (a, name, s) -> copy(s.shown().card().path("widget"), a, name));
        ALL.put("cardData", (a, name, s) -> copyUnlessEmpty(s.shown().card(), a, name));
        ALL.put("description", (a, name, s) -> fromCard(a, name, s));
        ALL.put("citation", InfoFields::fromCard);
        ALL.put("paperswithcode_id", InfoFields::fromCard);
        ALL.put("safetensors", (a, name, s) -> s.shown().weights().ifPresent(weights -> a.set(name, weights)));
        ALL.put("usedStorage", (a, name, s) -> a.put(name, s.entry().head().usedBytes()));
        ALL.put("sdk", (a, name, s) -> s.entry().sdk().ifPresent(sdk -> a.put(name, sdk)));
        ALL.put("siblings", (a, name, s) -> a.set(name, s.files().list()));
        ALL.put("baseModels", InfoFields::baseModels);
        ALL.put(
                "datasets",
                (a, name, s) -> CardTags.words(s.shown().card(), name).forEach(a.withArray(name)::add));
        ALL.put("models", (a, name, s) -> CardTags.words(s.shown().card(), name).forEach(a.withArray(name)::add));
        // Fields of what the public Hub runs beside the repositories. Clients may ask; nothing of it is here.
        for (String hosted : List.of(
                "childrenModelCount",
                "config",
                "evalResults",
                "gguf",
                "gitalyUid",
                "inference",
                "inferenceProviderMapping",
                "mainSize",
                "region",
                "resourceGroup",
                "runtime",
                "spaces",
                "subdomain",
                "transformersInfo",
                "xetEnabled")) {
            ALL.put(hosted, ABSENT);
        }
    }

    private static final Set<String> COMMON = Set.of(
            "author",
            "cardData",
            "createdAt",
            "disabled",
            "downloads",
            "downloadsAllTime",
            "gated",
            "gitalyUid",
            "lastModified",
            "likes",
            "private",
            "resourceGroup",
            "sha",
            "siblings",
            "tags",
            "trendingScore",
            "usedStorage",
            "visibility",
            "xetEnabled");

    private static final Map<EntryKind, Set<String>> KNOWN = Map.of(
            EntryKind.MODEL,
            Set.of(
                    "baseModels",
                    "childrenModelCount",
                    "config",
                    "evalResults",
                    "gguf",
                    "inference",
                    "inferenceProviderMapping",
                    "library_name",
                    "mask_token",
                    "model-index",
                    "pipeline_tag",
                    "safetensors",
                    "spaces",
                    "transformersInfo",
                    "widgetData"),
            EntryKind.DATASET,
            Set.of("citation", "description", "mainSize", "paperswithcode_id"),
            EntryKind.CODE,
            Set.of("datasets", "models", "region", "runtime", "sdk", "subdomain"));

    /** What an answer about one entry holds unasked; of the fields of other kinds nothing is kept. */
    private static final List<String> WHOLE = List.of(
            "author",
            "sha",
            "lastModified",
            "createdAt",
            "private",
            "visibility",
            "gated",
            "disabled",
            "downloads",
            "likes",
            "tags",
            "pipeline_tag",
            "library_name",
            "mask_token",
            "model-index",
            "widgetData",
            "cardData",
            "description",
            "citation",
            "safetensors",
            "usedStorage",
            "sdk",
            "siblings");

    private static final Map<EntryKind, List<String>> WHOLE_OF = new EnumMap<>(EntryKind.class);

    static {
        for (EntryKind kind : EntryKind.values()) {
            WHOLE_OF.put(
                    kind, WHOLE.stream().filter(field -> isKnown(kind, field)).toList());
        }
    }

    private static final List<String> BRIEF = List.of(
            "author",
            "sha",
            "lastModified",
            "createdAt",
            "private",
            "gated",
            "disabled",
            "downloads",
            "likes",
            "trendingScore",
            "tags",
            "pipeline_tag",
            "library_name",
            "sdk");

    private InfoFields() {}

    /**
     * The fields that a client asked for.
     *
     * @throws glasshouse.core.problem.Refusal INVALID where one of them is none
     */
    static List<String> asked(EntryKind kind, Collection<String> words) {
        for (String word : words) {
            if (!isKnown(kind, word)) {
                String shown = word.length() > 60 ? word.substring(0, 60) + "…" : word;
                Set<String> known = new TreeSet<>(COMMON);
                known.addAll(KNOWN.getOrDefault(kind, Set.of()));
                throw Problem.of(Code.INVALID, "`expand` has no value `" + shown.replaceAll("\\p{Cntrl}", "?") + "`")
                        .mend("use some of " + String.join(", ", known))
                        .refusal();
            }
        }
        return List.copyOf(words);
    }

    private static boolean isKnown(EntryKind kind, String word) {
        return COMMON.contains(word) || KNOWN.getOrDefault(kind, Set.of()).contains(word);
    }

    /** What an answer about one entry holds unasked. */
    static List<String> whole(EntryKind kind) {
        return Objects.requireNonNull(WHOLE_OF.get(kind));
    }

    /** What a list holds of each entry unasked, with or without the front matter of its card and its files. */
    static List<String> brief(EntryKind kind, boolean card, boolean files) {
        List<String> fields = new ArrayList<>(
                BRIEF.stream().filter(field -> isKnown(kind, field)).toList());
        if (card) {
            fields.add("cardData");
        }
        if (files) {
            fields.add("siblings");
        }
        return fields;
    }

    /** An answer with these fields, and the two that every answer has. */
    static ObjectNode answer(Subject subject, List<String> fields) throws IOException {
        Entry entry = subject.entry();
        ObjectNode answer = Json.object()
                .put("_id", entry.id().value())
                .put("id", entry.name().toString());
        if (entry.kind() == EntryKind.MODEL) {
            answer.put("modelId", entry.name().toString());
        }
        for (String field : fields) {
            ALL.getOrDefault(field, ABSENT).into(answer, field, subject);
        }
        return answer;
    }

    private static void gated(ObjectNode answer, String name, Subject subject) {
        Gate gate = subject.entry().gate();
        if (gate == Gate.NONE) {
            answer.put(name, false);
        } else {
            answer.put(name, gate.word());
        }
    }

    private static void fromCard(ObjectNode answer, String name, Subject subject) {
        copy(subject.shown().card().path(name), answer, name);
    }

    private static void baseModels(ObjectNode answer, String name, Subject subject) {
        List<String> names = CardTags.words(subject.shown().card(), "base_model");
        if (!names.isEmpty()) {
            ArrayNode models = answer.putObject(name).putArray("models");
            names.forEach(base -> models.addObject().put("id", base));
        }
    }

    private static void copy(JsonNode value, ObjectNode answer, String name) {
        if (!value.isMissingNode() && !value.isNull()) {
            answer.set(name, value);
        }
    }

    private static void copyUnlessEmpty(JsonNode value, ObjectNode answer, String name) {
        if (!value.isEmpty()) {
            answer.set(name, value);
        }
    }
}
