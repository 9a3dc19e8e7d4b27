package glasshouse.bench.table;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Several measurements of one thing. For one thread. */
public final class Samples {
    private final List<Double> values = new ArrayList<>();

    public void add(double value) {
        values.add(value);
    }

    public double first() {
        return values.getFirst();
    }

    public double median() {
        return percentile(50);
    }

    public double worst() {
        return Collections.max(values);
    }

    /** The smallest of them that so many percent are not above. */
    public double percentile(int percent) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get(Math.max(0, (int) Math.ceil(sorted.size() * percent / 100.0) - 1));
    }

    public int count() {
        return values.size();
    }

    /** The range, for a note. */
    public String range(String unit) {
        return count() + " times, " + Figure.number(Collections.min(values)) + " to " + Figure.number(worst()) + " "
                + unit;
    }
}
