package glasshouse.hub.web;

import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.util.UrlEncoded;

/**
 * Names with their values, of a query or a form, in order. Not Jetty's: those copy all values of a name for each that is added, so
 * that a form of one name, repeated, takes a time that grows with the square of its length.
 */
public final class Parameters {
    private final Map<String, List<String>> values = new LinkedHashMap<>();
    private final int most;
    private int count;

    private Parameters(int most) {
        this.most = most;
    }

    /**
     * Reads what is written as {@code a=1&b=2}.
     *
     * @param most the most values that are taken
     * @param where what has them, for the problem that is told
     * @throws glasshouse.core.problem.Refusal INVALID where it is not written so; TOO_LARGE where there are more values
     */
    static Parameters parse(String text, int most, String where) {
        Parameters parameters = new Parameters(most);
        try {
            UrlEncoded.decodeTo(text, parameters::add, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw Problem.of(Code.INVALID, where + " is not valid")
                    .because("it is not written as `name=value&name=value`, percent-encoded UTF-8")
                    .refusal();
        }
        return parameters;
    }

    private void add(String name, String value) {
        if (++count > most) {
            throw Problem.of(Code.TOO_LARGE, "there are more than " + most + " fields")
                    .mend("send fewer at once")
                    .refusal();
        }
        values.computeIfAbsent(name, n -> new ArrayList<>(1)).add(value);
    }

    public Set<String> names() {
        return values.keySet();
    }

    /** The first value of a name. */
    public Optional<String> first(String name) {
        return all(name).stream().findFirst();
    }

    /** All values of a name. */
    public List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }
}
