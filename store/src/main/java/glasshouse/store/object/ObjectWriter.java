package glasshouse.store.object;

import java.io.IOException;

/** One object on its way in. Holds a few MiB of memory at most, however large the object. */
public interface ObjectWriter extends Intake {
    /**
     * Checks what came against what was announced, makes it durable and puts it in its place. When this returns, the object is
     * there after a crash. An object of the same name that was there before is replaced: the bytes just checked are good, of
     * those on disk nobody knows; so an upload always heals.
     *
     * @throws ObjectMismatch where digest or size are not as announced; nothing is kept
     * @throws glasshouse.store.disk.NoSpace where the disk is full; nothing is kept
     */
    Stored commit() throws IOException;
}
