package glasshouse.format.card;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A value of YAML's core schema, with the line (from 1) of the file that it starts on. */
public sealed interface YamlValue {
    int line();

    record Text(String text, int line) implements YamlValue {}

    record Whole(BigInteger number, int line) implements YamlValue {}

    record Decimal(BigDecimal number, int line) implements YamlValue {}

    record Truth(boolean yes, int line) implements YamlValue {}

    /** {@code null}, {@code ~} or nothing at all. */
    record Nothing(int line) implements YamlValue {}

    record Items(List<YamlValue> items, int line) implements YamlValue {
        public Items {
            items = List.copyOf(items);
        }
    }

    /** Keys in the order of the file. */
    record Fields(Map<String, YamlValue> fields, int line) implements YamlValue {
        public Fields {
            fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        }

        public Optional<YamlValue> get(String key) {
            return Optional.ofNullable(fields.get(key));
        }
    }

    /** The same as maps, lists, texts, numbers, booleans and nulls: what a JSON writer takes. */
    default @Nullable Object plain() {
        return switch (this) {
            case Text(String text, int line) -> text;
            case Whole(BigInteger number, int line) -> number;
            case Decimal(BigDecimal number, int line) -> number;
            case Truth(boolean yes, int line) -> yes;
            case Nothing(int line) -> null;
            case Items(List<YamlValue> items, int line) -> {
                List<@Nullable Object> plain = new ArrayList<>(items.size());
                items.forEach(item -> plain.add(item.plain()));
                yield plain;
            }
            case Fields fields -> plain(fields);
        };
    }

    /** The fields as a plain map, in the order of the file. */
    static Map<String, @Nullable Object> plain(Fields fields) {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        fields.fields().forEach((key, value) -> plain.put(key, value.plain()));
        return plain;
    }
}
