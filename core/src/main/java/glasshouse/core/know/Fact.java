package glasshouse.core.know;

/**
 * One statement about a subject. Not knowing is a state of its own and never turns into no, zero or false.
 *
 * @param subject what it is about: an entry, a release, a path
 * @param name what it says about it: {@code parameters}, {@code licence}
 * @param state what is known
 * @param source who says so
 */
public record Fact(String subject, String name, State state, Source source) {
    public Fact {
        subject = WellFormed.of(subject);
        name = WellFormed.of(name);
    }

    /** The five states. */
    public sealed interface State {}

    /** It is this. */
    public record Known(Value value) implements State {}

    /**
     * Known to be about this.
     *
     * @param value the estimate
     * @param method how it was estimated
     * @param margin how far it may be off
     */
    public record Estimated(Value value, String method, String margin) implements State {
        public Estimated {
            method = WellFormed.of(method);
            margin = WellFormed.of(margin);
        }
    }

    /** Nobody who was asked knows, or said so. */
    public record Unknown(String reason) implements State {
        public Unknown {
            reason = WellFormed.of(reason);
        }
    }

    /**
     * Somebody knows and does not say.
     *
     * @param by who does not give it
     * @param lacking what therefore cannot be known
     */
    public record Withheld(String by, String lacking) implements State {
        public Withheld {
            by = WellFormed.of(by);
            lacking = WellFormed.of(lacking);
        }
    }

    /** The question does not arise. */
    public record NotApplicable(String reason) implements State {
        public NotApplicable {
            reason = WellFormed.of(reason);
        }
    }
}
