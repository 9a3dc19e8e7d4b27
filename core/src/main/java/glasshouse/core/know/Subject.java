package glasshouse.core.know;

import glasshouse.core.entry.ArtefactPath;
import glasshouse.core.entry.Digest;
import java.util.Optional;

/**
 * An artefact that was looked at.
 *
 * @param path where it is in its revision
 * @param sizeBytes how large it is
 * @param digest what it contains; absent where nobody computed it, and then nobody can hold others to the evidence
 */
public record Subject(ArtefactPath path, long sizeBytes, Optional<Digest> digest) implements Comparable<Subject> {
    public Subject {
        if (sizeBytes < 0) {
            throw new IllegalArgumentException("a size is not negative: " + sizeBytes);
        }
    }

    @Override
    public int compareTo(Subject other) {
        return path.compareTo(other.path);
    }
}
