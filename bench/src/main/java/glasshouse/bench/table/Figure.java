package glasshouse.bench.table;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * One thing that was measured.
 *
 * @param what what it is
 * @param value the figure
 * @param unit what it counts
 * @param base the same of the baseline, measured in the same run
 * @param baseline what the baseline is; empty where there is none
 * @param goal what it should be
 * @param note what else there is to know; may be empty
 */
public record Figure(
        String what, double value, String unit, OptionalDouble base, String baseline, Goal goal, String note) {

    public static Figure of(String what, double value, String unit) {
        return new Figure(what, value, unit, OptionalDouble.empty(), "", new Goal.None(), "");
    }

    public Figure against(double measured, String name) {
        return new Figure(what, value, unit, OptionalDouble.of(measured), name, goal, note);
    }

    public Figure goal(Goal other) {
        return new Figure(what, value, unit, base, baseline, other, note);
    }

    public Figure note(String other) {
        return new Figure(what, value, unit, base, baseline, goal, other);
    }

    /** How it compares with its baseline. */
    public OptionalDouble ratio() {
        return base.isPresent() && base.getAsDouble() > 0
                ? OptionalDouble.of(value / base.getAsDouble())
                : OptionalDouble.empty();
    }

    /** Whether the goal is reached, where there is one. */
    public Optional<Boolean> met() {
        return switch (goal) {
            case Goal.None() -> Optional.empty();
            case Goal.Value(double most) -> Optional.of(value <= most);
            case Goal.RatioAtMost(double most) -> Optional.of(ratio().orElseThrow() <= most);
            case Goal.RatioAtLeast(double least) -> Optional.of(ratio().orElseThrow() >= least);
        };
    }

    String goalText() {
        return switch (goal) {
            case Goal.None() -> "";
            case Goal.Value(double most) -> "≤ " + number(most) + " " + unit;
            case Goal.RatioAtMost(double most) -> "≤ " + number(most) + " ×";
            case Goal.RatioAtLeast(double least) -> "≥ " + number(least) + " ×";
        };
    }

    /** A number as people read it: three digits that count. */
    static String number(double value) {
        double size = Math.abs(value);
        OptionalInt whole = size == Math.rint(size) ? OptionalInt.of((int) size) : OptionalInt.empty();
        if (whole.isPresent() && size < 1e9) {
            return String.format(Locale.ROOT, "%,d", (long) value);
        }
        String form = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : size >= 0.095 ? "%.2f" : "%.3f";
        return String.format(Locale.ROOT, form, value);
    }
}
