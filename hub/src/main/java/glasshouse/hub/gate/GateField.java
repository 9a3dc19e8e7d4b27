package glasshouse.hub.gate;

import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import glasshouse.hub.index.Entry;
import glasshouse.hub.web.Json;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Something that whoever asks for access has to fill in: an item of {@code extra_gated_fields} in the card, which is a word for its
 * type, or an object with {@code type} and, for a choice, {@code options}.
 *
 * @param name as the card writes it, and as the form sends it
 * @param options of a choice: the values that may be sent
 */
public record GateField(String name, Type type, List<String> options) {
    /** The most fields that a card can ask for. */
    public static final int MAX_FIELDS = 50;

    /** The most characters of an answer. */
    public static final int MAX_ANSWER = 2_000;

    private static final int MAX_NAME = 200;
    private static final int MAX_OPTIONS = 300;

    /** What is filled in. */
    public enum Type {
        TEXT,
        /** Has to be ticked. */
        CHECKBOX,
        DATE,
        COUNTRY,
        CHOICE
    }

    public GateField {
        options = List.copyOf(options);
    }

    /**
     * What the card of an entry asks for. A field of a type that is not known is a text; the Hub's {@code ip_location} is left out:
     * nobody is looked up here.
     */
    public static List<GateField> of(Entry entry) {
        JsonNode asked =
                Json.parse(entry.head().card().getBytes(StandardCharsets.UTF_8)).path("extra_gated_fields");
        List<GateField> fields = new ArrayList<>();
        for (Map.Entry<String, JsonNode> item : asked.properties()) {
            String name = item.getKey();
            JsonNode said = item.getValue();
            String word = said.isString() ? said.asString() : said.path("type").asString("text");
            boolean fits = !name.isBlank() && name.length() <= MAX_NAME && fields.size() < MAX_FIELDS;
            if (fits && !word.equals("ip_location")) {
                fields.add(new GateField(name, type(word), options(said.path("options"))));
            }
        }
        return fields;
    }

    private static Type type(String word) {
        return switch (word) {
            case "checkbox" -> Type.CHECKBOX;
            case "date_picker" -> Type.DATE;
            case "country" -> Type.COUNTRY;
            case "select" -> Type.CHOICE;
            default -> Type.TEXT;
        };
    }

    private static List<String> options(JsonNode said) {
        List<String> options = new ArrayList<>();
        for (JsonNode option : said) {
            String value =
                    option.isString() ? option.asString() : option.path("value").asString("");
            if (!value.isEmpty() && options.size() < MAX_OPTIONS) {
                options.add(value);
            }
        }
        return options;
    }

    /**
     * An answer as it is kept: text, or true for what was ticked.
     *
     * @throws glasshouse.core.problem.Refusal INVALID where the answer is missing or is none
     */
    JsonNode check(String answer) {
        String text = answer.strip();
        if (text.length() > MAX_ANSWER) {
            throw wrong("has more than " + MAX_ANSWER + " characters");
        }
        return switch (type) {
            case TEXT, COUNTRY -> {
                if (text.isEmpty()) {
                    throw wrong("is not filled in");
                }
                yield Json.mapper().valueToTree(text);
            }
            case CHECKBOX -> {
                if (!List.of("on", "true", "1", "yes").contains(text)) {
                    throw wrong("has to be ticked");
                }
                yield Json.mapper().valueToTree(true);
            }
            case DATE -> {
                try {
                    yield Json.mapper().valueToTree(LocalDate.parse(text).toString());
                } catch (DateTimeParseException e) {
                    throw wrong("is not a date such as 2026-11-20");
                }
            }
            case CHOICE -> {
                if (!options.contains(text)) {
                    throw wrong("is none of the choices");
                }
                yield Json.mapper().valueToTree(text);
            }
        };
    }

    private RuntimeException wrong(String how) {
        return Problem.of(Code.INVALID, "`" + name.replaceAll("\\p{Cntrl}", "?") + "` " + how)
                .mend("fill in the form")
                .refusal();
    }
}
