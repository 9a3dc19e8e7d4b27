package glasshouse.hub.web;

import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The one JSON mapper, with limits on what input can make grow. */
public final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(100)
                            .maxStringLength(64 << 20)
                            .maxNameLength(10_000)
                            .build())
                    .build())
            .build();

    /** With a fraction always: older clients insist on it. */
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Json() {}

    /** A point in time, as the Hub's clients read it. */
    public static String time(Instant instant) {
        return TIME.format(instant);
    }

    public static JsonMapper mapper() {
        return MAPPER;
    }

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    public static ArrayNode array() {
        return MAPPER.createArrayNode();
    }

    public static byte[] bytes(Object value) {
        return MAPPER.writeValueAsBytes(value);
    }

    public static String text(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /**
     * Reads what a caller sent.
     *
     * @throws glasshouse.core.problem.Refusal INVALID with the place of the fault
     */
    public static JsonNode parse(byte[] bytes) {
        try {
            JsonNode node = MAPPER.readTree(bytes);
            if (node == null || node.isMissingNode()) {
                throw Problem.of(Code.INVALID, "the body is empty")
                        .mend("send JSON")
                        .refusal();
            }
            return node;
        } catch (JacksonException e) {
            var place = e.getLocation();
            throw Problem.of(Code.INVALID, "the body is not JSON")
                    .because(String.valueOf(e.getOriginalMessage()))
                    .at("line " + Math.max(1, place.getLineNr()) + ", column " + Math.max(1, place.getColumnNr()))
                    .refusal();
        }
    }
}
