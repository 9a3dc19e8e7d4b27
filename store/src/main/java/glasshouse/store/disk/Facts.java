package glasshouse.store.disk;

import java.time.Instant;

/**
 * What is at a path.
 *
 * @param folder whether it is a folder rather than a file
 * @param sizeBytes of a file; of a folder whatever the disk says
 * @param changed when its content last changed
 */
public record Facts(boolean folder, long sizeBytes, Instant changed) {}
