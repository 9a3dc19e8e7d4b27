package glasshouse.inspect.card;

import glasshouse.core.know.Value;
import glasshouse.format.card.YamlValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.TreeMap;

/** YAML as what is known. The order of keys and the lines are left behind. */
final class YamlValues {
    private YamlValues() {}

    static Value value(YamlValue yaml) {
        return switch (yaml) {
            case YamlValue.Text(String text, int line) -> Value.text(text);
            case YamlValue.Whole(BigInteger number, int line) -> Value.number(new BigDecimal(number));
            case YamlValue.Decimal(BigDecimal number, int line) -> Value.number(number);
            case YamlValue.Truth(boolean yes, int line) -> Value.truth(yes);
            case YamlValue.Nothing(int line) -> new Value.Nothing();
            case YamlValue.Items(List<YamlValue> items, int line) ->
                Value.items(items.stream().map(YamlValues::value).toList());
            case YamlValue.Fields fields -> {
                TreeMap<String, Value> values = new TreeMap<>();
                fields.fields().forEach((key, value) -> values.put(key, value(value)));
                yield Value.fields(values);
            }
        };
    }
}
