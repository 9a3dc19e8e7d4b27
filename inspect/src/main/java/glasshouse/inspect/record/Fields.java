package glasshouse.inspect.record;

import glasshouse.core.know.Value;
import java.util.List;
import java.util.function.Function;

/**
 * Fields that have to be there.
 *
 * @param value what was read
 */
record Fields(Value.Fields value) {
    static Fields of(Value value) {
        if (value instanceof Value.Fields fields) {
            return new Fields(fields);
        }
        throw new IllegalArgumentException("fields are expected");
    }

    boolean has(String name) {
        return value.get(name).isPresent();
    }

    Value any(String name) {
        return value.get(name).orElseThrow(() -> missing(name));
    }

    String text(String name) {
        return value.text(name).orElseThrow(() -> missing(name));
    }

    long whole(String name) {
        return value.whole(name).orElseThrow(() -> missing(name));
    }

    Fields fields(String name) {
        return of(any(name));
    }

    List<Value> items(String name) {
        if (any(name) instanceof Value.Items(List<Value> items)) {
            return items;
        }
        throw missing(name);
    }

    /** The one of some constants that is called so. */
    <T> T word(String name, List<T> constants, Function<T, String> word) {
        String text = text(name);
        return constants.stream()
                .filter(constant -> word.apply(constant).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("`" + text + "` is no " + name));
    }

    private static IllegalArgumentException missing(String name) {
        return new IllegalArgumentException("`" + name + "` is missing or of another type");
    }
}
