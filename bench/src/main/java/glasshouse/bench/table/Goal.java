package glasshouse.bench.table;

/** What a figure should be. A goal is printed beside it and stops nothing. */
public sealed interface Goal {
    /** Nothing is asked: the figure is reported. */
    record None() implements Goal {}

    /** The figure itself has a bound. */
    record Value(double most) implements Goal {}

    /** The figure divided by its baseline has an upper bound. */
    record RatioAtMost(double most) implements Goal {}

    /** The figure divided by its baseline has a lower bound. */
    record RatioAtLeast(double least) implements Goal {}
}
