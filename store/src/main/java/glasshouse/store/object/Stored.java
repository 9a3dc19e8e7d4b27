package glasshouse.store.object;

/** An object that is in the store for good. */
public record Stored(Sha256 sha256, long sizeBytes) {}
