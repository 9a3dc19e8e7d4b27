package glasshouse.store.object;

/** What reading an object again has shown. */
public sealed interface Verification {
    /** Its bytes have the digest that it is named by. */
    record Whole(long sizeBytes) implements Verification {}

    record Missing() implements Verification {}

    /**
     * Its bytes are others, or cannot be read.
     *
     * @param found what was found instead, for people
     * @param setAside whether it was taken out of the store, so that it is asked for again
     */
    record Corrupt(String found, boolean setAside) implements Verification {}
}
