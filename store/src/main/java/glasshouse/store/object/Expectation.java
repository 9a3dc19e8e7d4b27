package glasshouse.store.object;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What an uploader says about the bytes to come. What is said is checked.
 *
 * @param sha256 their digest
 * @param sizeBytes how many there are; one byte more ends the upload at once
 */
public record Expectation(Optional<Sha256> sha256, OptionalLong sizeBytes) {
    /** Nothing was said. */
    public static final Expectation NONE = new Expectation(Optional.empty(), OptionalLong.empty());

    public Expectation {
        if (sizeBytes.isPresent() && sizeBytes.getAsLong() < 0) {
            throw new IllegalArgumentException("a size is not negative: " + sizeBytes.getAsLong());
        }
    }

    public static Expectation of(Sha256 sha256, long sizeBytes) {
        return new Expectation(Optional.of(sha256), OptionalLong.of(sizeBytes));
    }

    public static Expectation of(Sha256 sha256) {
        return new Expectation(Optional.of(sha256), OptionalLong.empty());
    }

    public static Expectation ofSize(long sizeBytes) {
        return new Expectation(Optional.empty(), OptionalLong.of(sizeBytes));
    }

    /** Whether these are the bytes that were announced. */
    public boolean isMetBy(Stored actual) {
        return sha256.map(actual.sha256()::equals).orElse(true)
                && sizeBytes.orElse(actual.sizeBytes()) == actual.sizeBytes();
    }
}
