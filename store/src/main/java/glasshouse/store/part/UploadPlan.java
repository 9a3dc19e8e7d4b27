package glasshouse.store.part;

import glasshouse.store.object.Sha256;

/**
 * What is to come, and in which parts. Parts are numbered from 1; all but the last have the same size.
 *
 * @param sha256 of the whole
 * @param sizeBytes of the whole, at least 1
 * @param partSizeBytes of each part but the last
 */
public record UploadPlan(Sha256 sha256, long sizeBytes, long partSizeBytes) {
    /** As many as S3 allows. */
    public static final int MAX_PARTS = 10_000;

    public UploadPlan {
        if (sizeBytes < 1 || partSizeBytes < 1) {
            throw new IllegalArgumentException("an upload in parts has bytes in its parts: " + sizeBytes + " in all, "
                    + partSizeBytes + " in each");
        }
        if ((sizeBytes - 1) / partSizeBytes >= MAX_PARTS) {
            throw new IllegalArgumentException("an upload has at most " + MAX_PARTS + " parts; " + sizeBytes
                    + " bytes in parts of " + partSizeBytes + " are more");
        }
    }

    public int parts() {
        return (int) ((sizeBytes - 1) / partSizeBytes) + 1;
    }

    public boolean hasPart(int number) {
        return number >= 1 && number <= parts();
    }

    long offsetOf(int number) {
        return (number - 1) * partSizeBytes;
    }

    /** How many bytes a part has. */
    public long sizeOf(int number) {
        if (!hasPart(number)) {
            throw new IllegalArgumentException("no part " + number + ": there are " + parts());
        }
        return Math.min(partSizeBytes, sizeBytes - offsetOf(number));
    }
}
