package glasshouse.inspect.record;

import glasshouse.core.know.Value;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Values as JSON. The only place that knows how a {@link Value} is written. */
public final class ValueJson {
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNumberLength(2 * Value.MAX_DIGITS + 2)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private ValueJson() {}

    public static String write(Value value) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = MAPPER.createGenerator(text)) {
            write(value, json);
        }
        return text.toString();
    }

    /**
     * Reads what {@link #write} wrote, or any other JSON.
     *
     * @throws IllegalArgumentException where it is no JSON
     */
    public static Value read(String json) {
        try {
            return value(MAPPER.readTree(json));
        } catch (JacksonException e) {
            throw new IllegalArgumentException("not JSON", e);
        }
    }

    private static void write(Value value, JsonGenerator json) {
        switch (value) {
            case Value.Text(String text) -> json.writeString(text);
            case Value.Decimal(BigDecimal number) -> json.writeNumber(number.toPlainString());
            case Value.Truth(boolean yes) -> json.writeBoolean(yes);
            case Value.Nothing() -> json.writeNull();
            case Value.Items(List<Value> items) -> {
                json.writeStartArray();
                items.forEach(item -> write(item, json));
                json.writeEndArray();
            }
            case Value.Fields(SortedMap<String, Value> fields) -> {
                json.writeStartObject();
                for (Map.Entry<String, Value> field : fields.entrySet()) {
                    json.writeName(field.getKey());
                    write(field.getValue(), json);
                }
                json.writeEndObject();
            }
        }
    }

    private static Value value(JsonNode node) {
        return switch (node.getNodeType()) {
            case STRING -> Value.text(node.stringValue());
            case NUMBER -> Value.number(node.decimalValue());
            case BOOLEAN -> Value.truth(node.booleanValue());
            case NULL -> new Value.Nothing();
            case ARRAY -> {
                List<Value> items = new ArrayList<>(node.size());
                node.forEach(item -> items.add(value(item)));
                yield Value.items(items);
            }
            case OBJECT -> {
                SortedMap<String, Value> fields = new TreeMap<>();
                node.properties().forEach(field -> fields.put(field.getKey(), value(field.getValue())));
                yield Value.fields(fields);
            }
            case BINARY, MISSING, POJO -> throw new IllegalArgumentException("not JSON");
        };
    }
}
