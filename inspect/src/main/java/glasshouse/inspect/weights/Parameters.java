package glasshouse.inspect.weights;

import glasshouse.core.know.Evidence;
import glasshouse.core.know.Value;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How many parameters a model has, in the shape of the Hub's {@code safetensors} field.
 *
 * @param parameters per dtype
 * @param total all of them
 */
public record Parameters(SortedMap<String, Long> parameters, long total) {
    /** The counts, where they were read to the end and the names tell which files make the model. */
    public static Optional<Parameters> of(List<Evidence> evidence) {
        return evidence.stream()
                .filter(one -> one.topic().equals(SafetensorsHeaders.PARAMETERS))
                .filter(one -> one.outcome() == Evidence.Outcome.FOUND)
                .map(Evidence::values)
                .filter(values -> !values.text("basis").orElse("").equals("all-files"))
                .flatMap(values -> values.whole("total").stream().map(total -> of(values.fields("parameters"), total)))
                .findFirst();
    }

    private static Parameters of(Value.Fields perType, long total) {
        SortedMap<String, Long> parameters = new TreeMap<>();
        perType.fields().keySet().forEach(dtype -> perType.whole(dtype).ifPresent(n -> parameters.put(dtype, n)));
        return new Parameters(parameters, total);
    }
}
