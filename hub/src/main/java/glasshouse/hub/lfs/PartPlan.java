package glasshouse.hub.lfs;

/**
 * How a large upload is cut into parts. Both sides must come to the same number of parts, so it follows from the size alone.
 *
 * @param fromBytes files of this size and more are cut, where the client can
 * @param partBytes how large a part is at least
 * @param mostParts no file has more parts than this; parts grow instead
 */
record PartPlan(long fromBytes, long partBytes, int mostParts) {
    /** One stream takes a file of 1 GiB well; above that, a broken one costs more than the parts do. */
    static final PartPlan STANDARD = new PartPlan(1L << 30, 64L << 20, 1000);

    PartPlan {
        if (fromBytes < 1 || partBytes < 1 || mostParts < 1) {
            throw new IllegalArgumentException("a part has bytes");
        }
    }

    boolean cuts(long sizeBytes) {
        return sizeBytes >= fromBytes;
    }

    /** How large each part but the last is. */
    long partBytes(long sizeBytes) {
        long least = Math.ceilDiv(sizeBytes, mostParts);
        return Math.ceilDiv(Math.max(least, 1), partBytes) * partBytes;
    }

    int parts(long sizeBytes) {
        return (int) Math.ceilDiv(sizeBytes, partBytes(sizeBytes));
    }

    /** Where a part starts; parts are counted from 1. */
    long offset(long sizeBytes, int part) {
        return (part - 1) * partBytes(sizeBytes);
    }

    long length(long sizeBytes, int part) {
        return Math.min(partBytes(sizeBytes), sizeBytes - offset(sizeBytes, part));
    }
}
