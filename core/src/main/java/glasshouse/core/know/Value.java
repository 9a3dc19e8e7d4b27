package glasshouse.core.know;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A value that was found or stated. There is one form for each value: numbers without trailing zeros, fields in the order of
 * their names, text without broken surrogates; so equal values have equal JSON.
 *
 * <p>A number with a unit is {@link Fields} with {@code number} and {@code unit}; see {@link #quantity}.
 */
public sealed interface Value {
    /** The most digits of a number, and the farthest that its point may be from them. */
    int MAX_DIGITS = 500;

    /** A text. Half a surrogate pair, which no encoding can hold, becomes U+FFFD. */
    record Text(String text) implements Value {
        public Text {
            text = WellFormed.of(text);
        }
    }

    /** An exact number. */
    record Decimal(BigDecimal number) implements Value {
        public Decimal {
            number = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
            if (number.precision() > MAX_DIGITS || Math.abs((long) number.scale()) > MAX_DIGITS) {
                throw new IllegalArgumentException("a number has at most " + MAX_DIGITS + " digits");
            }
        }
    }

    /** Yes or no. */
    record Truth(boolean yes) implements Value {}

    /** Said to be nothing: YAML's {@code null}. It is no unknown; that is a state of a {@link Fact}. */
    record Nothing() implements Value {}

    /** Values in an order that means something. */
    record Items(List<Value> items) implements Value {
        public Items {
            items = List.copyOf(items);
        }
    }

    /** Values by name, in the order of their names. */
    record Fields(SortedMap<String, Value> fields) implements Value {
        public Fields {
            SortedMap<String, Value> copy = new TreeMap<>();
            fields.forEach((name, value) -> copy.put(WellFormed.of(name), value));
            fields = Collections.unmodifiableSortedMap(copy);
        }

        public Optional<Value> get(String name) {
            return Optional.ofNullable(fields.get(name));
        }

        /** The text of this name, where it is one. */
        public Optional<String> text(String name) {
            return fields.get(name) instanceof Text(String text) ? Optional.of(text) : Optional.empty();
        }

        /** The whole number of this name, with or without a unit, where it is one that fits. */
        public Optional<Long> whole(String name) {
            Value value = fields.get(name);
            if (value instanceof Fields quantity) {
                value = quantity.fields().get("number");
            }
            if (value instanceof Decimal(BigDecimal number) && number.scale() <= 0) {
                try {
                    return Optional.of(number.longValueExact());
                } catch (ArithmeticException e) {
                    return Optional.empty(); // larger than a long
                }
            }
            return Optional.empty();
        }

        /** The items of this name; none where it is something else. */
        public List<Value> items(String name) {
            return fields.get(name) instanceof Items(List<Value> items) ? items : List.of();
        }

        /** The fields of this name; none where it is something else. */
        public Fields fields(String name) {
            return fields.get(name) instanceof Fields found ? found : NONE;
        }
    }

    /** No fields. */
    Fields NONE = new Fields(new TreeMap<>());

    static Value text(String text) {
        return new Text(text);
    }

    static Value number(long number) {
        return new Decimal(BigDecimal.valueOf(number));
    }

    static Value number(BigDecimal number) {
        return new Decimal(number);
    }

    static Value truth(boolean yes) {
        return new Truth(yes);
    }

    /** A number with its unit: {@code bytes}, {@code parameters}, {@code g}. */
    static Value quantity(long number, String unit) {
        return fields(Map.of("number", number(number), "unit", text(unit)));
    }

    static Value items(List<? extends Value> items) {
        return new Items(List.copyOf(items));
    }

    static Value texts(List<String> texts) {
        return new Items(texts.stream().map(Value::text).toList());
    }

    static Fields fields(Map<String, ? extends Value> fields) {
        return new Fields(new TreeMap<>(fields));
    }
}
