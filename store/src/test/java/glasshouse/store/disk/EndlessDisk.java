package glasshouse.store.disk;

import java.io.IOException;

/**
 * A disk that takes any amount and keeps nothing of it but sizes and the first 64 KiB of each file; the rest reads as zeros. For
 * streams larger than the machine, and to measure all but the disk.
 */
public final class EndlessDisk extends ForwardingDisk {
    public EndlessDisk() {
        super(MemoryDisk.endless());
    }

    @Override
    protected void before(Operation operation) throws IOException {
        // nothing to tell
    }
}
