/**
 * The few things that durability rests on: write, sync, rename, sync the folder.
 *
 * <p>Everything that must survive a crash goes through {@link glasshouse.store.disk.Disk}, so that a test can take away what was
 * not synced, fail the Nth operation, or fill the disk. It is deliberately not a file system abstraction: paths are ordinary
 * {@link java.nio.file.Path}s, and an operation that no promise rests on is not here. The fakes stand in the test sources of
 * this module ({@code MemoryDisk}, {@code CrashDisk}, {@code FaultyDisk}, {@code EndlessDisk}).
 *
 * <p>Start with {@link glasshouse.store.disk.Disk}, then {@link glasshouse.store.disk.RealDisk}.
 */
@NullMarked
package glasshouse.store.disk;

import org.jspecify.annotations.NullMarked;
