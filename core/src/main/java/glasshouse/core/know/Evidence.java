package glasshouse.core.know;

import java.util.List;
import java.util.Locale;

/**
 * One observation of a machine. It says what is in the bytes and judges nothing.
 *
 * @param topic what was looked for, in the inspector's words: {@code safetensors-header}
 * @param subjects the artefacts that it is about, in the order of their paths
 * @param inspector who looked
 * @param outcome how the look ended
 * @param values what was found
 * @param unread what could not be read, and why
 */
public record Evidence(
        String topic,
        List<Subject> subjects,
        InspectorId inspector,
        Outcome outcome,
        Value.Fields values,
        List<Unread> unread) {
    /** How a look ended. */
    public enum Outcome {
        /** All was read. */
        FOUND,
        /** Some was read; {@link Evidence#unread} names the rest. */
        PARTLY,
        /** It is there and could not be read. */
        UNREADABLE,
        /** It was looked for and is not there. */
        ABSENT;

        /** The word in JSON. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Evidence {
        if (!topic.matches("[a-z][a-z0-9-]{0,63}")) {
            throw new IllegalArgumentException("`" + topic + "` is no topic");
        }
        subjects = subjects.stream().sorted().toList();
        unread = List.copyOf(unread);
        boolean complete = outcome == Outcome.FOUND || outcome == Outcome.ABSENT;
        if (complete != unread.isEmpty()) {
            throw new IllegalArgumentException(
                    "evidence that is " + outcome.word() + " with " + unread.size() + " unread");
        }
    }
}
