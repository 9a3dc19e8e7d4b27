package glasshouse.hub.config;

import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * One thing that can be set.
 *
 * @param name section and name, as in the file: {@code server.port}
 * @param form how its values are written
 * @param standard the value where nobody sets one
 * @param sentence what it does
 * @param shown its text as it may be shown: secrets are masked here
 */
public record Setting<T>(String name, Form<T> form, T standard, String sentence, UnaryOperator<String> shown) {
    public static <T> Setting<T> of(String name, Form<T> form, T standard, String sentence) {
        return new Setting<>(name, form, standard, sentence, UnaryOperator.identity());
    }

    /** The same, of values that hold a secret. */
    public Setting<T> masked(UnaryOperator<String> mask) {
        return new Setting<>(name, form, standard, sentence, mask);
    }

    /** The environment variable that sets it: {@code GLASSHOUSE_SERVER_PORT}. */
    public String variable() {
        return Configuration.PREFIX
                + name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /** The default, as text. */
    public String standardText() {
        return form.write().apply(standard);
    }
}
