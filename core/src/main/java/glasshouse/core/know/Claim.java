package glasshouse.core.know;

import java.util.List;
import java.util.Optional;

/**
 * Something that the publisher states, held against evidence.
 *
 * @param subject what it is about: a path, or the empty text for the whole release
 * @param name what is claimed about it: {@code licence}, {@code shards}
 * @param claimed what is stated
 * @param statedAt where it stands
 * @param outcome how it compares
 * @param sentence the outcome for a reader: one line, lower case, input in backticks
 * @param evidence what it was held against
 */
public record Claim(
        String subject,
        String name,
        Value claimed,
        Optional<Quote> statedAt,
        Outcome outcome,
        String sentence,
        List<Evidence> evidence) {
    /** How a claim compares with what was found. */
    public sealed interface Outcome {
        /** The word in JSON. */
        default String word() {
            return switch (this) {
                case Supported s -> "supported";
                case Contradicted c -> "contradicted";
                case NotCheckable n -> "not-checkable";
                case Attested a -> "attested";
                case Claimed c -> "claimed";
            };
        }
    }

    /** Evidence agrees. */
    public record Supported(Value found) implements Outcome {}

    /** Evidence disagrees. */
    public record Contradicted(Value found, String why) implements Outcome {
        public Contradicted {
            why = WellFormed.of(why);
        }
    }

    /**
     * It cannot be held against anything.
     *
     * @param reason what is missing, or what stands in the way
     */
    public record NotCheckable(String reason) implements Outcome {
        public NotCheckable {
            reason = WellFormed.of(reason);
        }
    }

    /** A named person vouches. */
    public record Attested(String by, Quote quote) implements Outcome {
        public Attested {
            by = WellFormed.of(by);
        }
    }

    /** Stated; nothing was looked at, or found for or against. */
    public record Claimed(String reason) implements Outcome {
        public Claimed {
            reason = WellFormed.of(reason);
        }
    }

    public Claim {
        subject = WellFormed.of(subject);
        name = WellFormed.of(name);
        sentence = WellFormed.of(sentence);
        evidence = List.copyOf(evidence);
    }
}
