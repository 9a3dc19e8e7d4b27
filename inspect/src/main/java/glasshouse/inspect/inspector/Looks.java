package glasshouse.inspect.inspector;

import glasshouse.core.know.Evidence;
import glasshouse.core.know.Evidence.Outcome;
import glasshouse.core.know.InspectorId;
import glasshouse.core.know.Subject;
import glasshouse.core.know.Unread;
import glasshouse.core.know.Unread.Cause;
import glasshouse.core.know.Value;
import glasshouse.format.source.ByteSource;
import glasshouse.format.source.FormatFailure;
import glasshouse.inspect.revision.Artefact;
import glasshouse.inspect.revision.LfsPointer;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Makes the evidence of one inspector. */
public record Looks(InspectorId inspector) {
    /** Reads one artefact. */
    @FunctionalInterface
    public interface Reading<T> {
        T read(ByteSource source) throws IOException, FormatFailure;
    }

    /** What reading gave: a value, or why there is none. */
    public sealed interface Result<T> {}

    /** It could be read. */
    public record Read<T>(T value) implements Result<T> {}

    /** It could not. */
    public record Failed<T>(Unread unread) implements Result<T> {}

    /** Reads an artefact and turns what is wrong with it into a reason. */
    public <T> Result<T> read(Artefact artefact, Reading<T> reading) {
        String path = artefact.path().value();
        try {
            if (LfsPointer.is(artefact)) {
                return new Failed<>(
                        new Unread(Cause.UNAVAILABLE, path, "it is a pointer of git-lfs; the content was not fetched"));
            }
            return new Read<>(reading.read(artefact.open()));
        } catch (FormatFailure e) {
            Cause cause = switch (e.kind()) {
                case TRUNCATED -> Cause.TRUNCATED;
                case CORRUPT -> Cause.CORRUPT;
                case LIMIT -> Cause.LIMIT;
            };
            return new Failed<>(new Unread(cause, path + ", " + e.place(), e.reason()));
        } catch (IOException e) {
            // The words of the exception name paths of this machine, and differ from one storage to another.
            return new Failed<>(new Unread(Cause.UNAVAILABLE, path, "its bytes could not be read"));
        }
    }

    /** All was read. */
    public Evidence found(String topic, List<Subject> subjects, Value.Fields values) {
        return new Evidence(topic, subjects, inspector, Outcome.FOUND, values, List.of());
    }

    /** Some was read, or all where nothing is unread. */
    public Evidence found(String topic, List<Subject> subjects, Value.Fields values, List<Unread> unread) {
        Outcome outcome = unread.isEmpty() ? Outcome.FOUND : Outcome.PARTLY;
        return new Evidence(topic, subjects, inspector, outcome, values, unread);
    }

    /** It is there and could not be read. */
    public Evidence unreadable(String topic, List<Subject> subjects, Unread unread) {
        return new Evidence(topic, subjects, inspector, Outcome.UNREADABLE, Value.NONE, List.of(unread));
    }

    /** It was looked for and is not there. */
    public Evidence absent(String topic) {
        return new Evidence(topic, List.of(), inspector, Outcome.ABSENT, Value.NONE, List.of());
    }

    /** The digest of an artefact that cannot be read is not known either. */
    public static Subject subject(Artefact artefact) {
        try {
            return artefact.subject();
        } catch (IOException e) {
            return new Subject(artefact.path(), artefact.sizeBytes(), Optional.empty());
        }
    }
}
