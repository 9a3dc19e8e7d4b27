package glasshouse.store.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;

/**
 * A disk whose power goes off before its Nth operation (in the middle of it, if it writes). After that nothing works; what a
 * restart finds is told by {@link #restart()}: what was synced, and none or some of the rest.
 */
public final class CrashDisk extends ForwardingDisk {
    private final MemoryDisk memory;
    private long untilCrash;

    /**
     * @param crashesAt the number of the operation that is cut off, from 1
     */
    public CrashDisk(MemoryDisk memory, long crashesAt) {
        super(memory);
        this.memory = memory;
        this.untilCrash = crashesAt;
    }

    /** Whether the power went off. */
    public synchronized boolean isOff() {
        return untilCrash <= 0;
    }

    /** The disk after a crash that lost all that was not synced. */
    public MemoryDisk restart() {
        return memory.afterCrash();
    }

    /** The disk after a crash that lost some of what was not synced. */
    public MemoryDisk restart(RandomGenerator luck) {
        return memory.afterCrash(luck);
    }

    @Override
    protected synchronized void before(Operation operation) throws IOException {
        untilCrash--;
        if (untilCrash <= 0) {
            throw new IOException("planted: the power is off");
        }
    }

    @Override
    protected synchronized void write(DiskFile file, long at, ByteBuffer from) throws IOException {
        untilCrash--;
        if (untilCrash == 0) {
            file.write(at, from.slice(from.position(), from.remaining() / 2));
        }
        if (untilCrash <= 0) {
            throw new IOException("planted: the power is off");
        }
        file.write(at, from);
    }
}
