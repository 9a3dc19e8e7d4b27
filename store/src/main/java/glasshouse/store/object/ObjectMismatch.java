package glasshouse.store.object;

import java.io.IOException;
import java.util.Optional;

/** The bytes are not what the uploader said. Nothing of them is kept. */
public final class ObjectMismatch extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Expectation expected;
    private final long actualSizeBytes;
    private final transient Optional<Sha256> actualSha256;

    /** Bytes that came to an end and are others, or more or fewer. */
    public static ObjectMismatch of(Expectation expected, Stored actual) {
        String said = expected.sizeBytes().isPresent() && expected.sizeBytes().getAsLong() != actual.sizeBytes()
                ? expected.sizeBytes().getAsLong() + " bytes were announced and " + actual.sizeBytes() + " came"
                : "sha256 " + expected.sha256().map(Sha256::hex).orElse("unknown")
                        + " was announced and the bytes have " + actual.sha256().hex();
        return new ObjectMismatch(said, expected, actual.sizeBytes(), Optional.of(actual.sha256()));
    }

    /** More bytes than announced; they were cut off, so that nobody knows their digest. */
    public static ObjectMismatch tooMany(Expectation expected, long atLeastBytes) {
        return new ObjectMismatch(
                expected.sizeBytes().orElse(0) + " bytes were announced and at least " + atLeastBytes + " came",
                expected,
                atLeastBytes,
                Optional.empty());
    }

    /** Fewer bytes than announced. */
    public static ObjectMismatch tooFew(Expectation expected, long actualBytes) {
        return new ObjectMismatch(
                expected.sizeBytes().orElse(0) + " bytes were announced and " + actualBytes + " came",
                expected,
                actualBytes,
                Optional.empty());
    }

    private ObjectMismatch(String said, Expectation expected, long actualSizeBytes, Optional<Sha256> actualSha256) {
        super(said);
        this.expected = expected;
        this.actualSizeBytes = actualSizeBytes;
        this.actualSha256 = actualSha256;
    }

    public Expectation expected() {
        return expected;
    }

    /** How many bytes came, or how many had come when the upload was cut off. */
    public long actualSizeBytes() {
        return actualSizeBytes;
    }

    /** The digest of what came; absent where it was not worth knowing: the size was wrong. */
    public Optional<Sha256> actualSha256() {
        return actualSha256;
    }
}
