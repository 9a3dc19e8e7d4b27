package glasshouse.hub.web;

import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The one JSON mapper, with limits on what input can make grow. */
public final class Json {
    private static final int NO_LIMIT = -1;
    private static final JsonMapper MAPPER = mapper(NO_LIMIT);

    /** For what callers send, by the most tokens: few, since each limit is a constant of {@link BodyLimit}. */
    private static final Map<Integer, JsonMapper> BY_TOKENS = new ConcurrentHashMap<>();

    /** With a fraction always: older clients insist on it. */
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Json() {}

    private static JsonMapper mapper(int maxTokens) {
        return JsonMapper.builder(JsonFactory.builder()
                        .streamReadConstraints(StreamReadConstraints.builder()
                                .maxNestingDepth(100)
                                .maxStringLength(64 << 20)
                                .maxNameLength(10_000)
                                .maxTokenCount(maxTokens)
                                .build())
                        .build())
                .build();
    }

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
     * Reads JSON that was written here, or that is bounded otherwise.
     *
     * @throws glasshouse.core.problem.Refusal INVALID with the place of the fault
     */
    public static JsonNode parse(byte[] bytes) {
        return parse(bytes, MAPPER);
    }

    /**
     * Reads what a caller sent, with a limit on what becomes of it in memory.
     *
     * @throws glasshouse.core.problem.Refusal INVALID with the place of the fault, or where there are more tokens
     */
    static JsonNode parse(byte[] bytes, int maxTokens) {
        return parse(bytes, BY_TOKENS.computeIfAbsent(maxTokens, Json::mapper));
    }

    private static JsonNode parse(byte[] bytes, JsonMapper mapper) {
        try {
            JsonNode node = mapper.readTree(bytes);
            if (node == null || node.isMissingNode()) {
                throw Problem.of(Code.INVALID, "the body is empty")
                        .mend("send JSON")
                        .refusal();
            }
            return node;
        } catch (StreamConstraintsException e) {
            throw Problem.of(
                            Code.TOO_LARGE,
                            "the JSON in the body has more or longer parts than are read at this address")
                    .because(String.valueOf(e.getOriginalMessage()))
                    .mend("send less at once")
                    .refusal();
        } catch (JacksonException e) {
            var place = e.getLocation();
            throw Problem.of(Code.INVALID, "the body is not JSON")
                    .because(String.valueOf(e.getOriginalMessage()))
                    .at("line " + Math.max(1, place.getLineNr()) + ", column " + Math.max(1, place.getColumnNr()))
                    .refusal();
        }
    }
}
