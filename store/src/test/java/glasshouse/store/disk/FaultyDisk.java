package glasshouse.store.disk;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A disk whose Nth operation fails. To be run with N = 1, 2, 3 … until {@link #hasFailed} says no: then every operation of what
 * is tested has failed once.
 */
public final class FaultyDisk extends ForwardingDisk {
    /** How it fails. */
    public enum Fault {
        /** The operation fails, the next ones succeed. */
        ONCE,
        /** It and all that follow fail, those that clean up too. */
        FOR_GOOD,
        /** The disk is full from now on for what needs room; everything else works. */
        FULL,
        /** As {@link #ONCE}, and a write writes half of its bytes first. */
        SHORT_WRITE
    }

    private final Fault fault;
    private long untilFault;
    private boolean failed;
    private boolean mended;

    /**
     * @param failsAt the number of the operation that fails, from 1
     */
    public FaultyDisk(Disk disk, Fault fault, long failsAt) {
        super(disk);
        this.fault = fault;
        this.untilFault = failsAt;
    }

    /** Whether the fault has struck. */
    public synchronized boolean hasFailed() {
        return failed;
    }

    /** From now on everything succeeds. */
    public synchronized void mend() {
        mended = true;
    }

    @Override
    protected void before(Operation operation) throws IOException {
        if (strikes(operation)) {
            throw fault == Fault.FULL ? new NoSpace("planted: the disk is full") : new IOException("planted fault");
        }
    }

    @Override
    protected void write(DiskFile file, long at, ByteBuffer from) throws IOException {
        if (strikes(Operation.WRITE)) {
            if (fault == Fault.SHORT_WRITE) {
                file.write(at, from.slice(from.position(), from.remaining() / 2));
            }
            throw fault == Fault.FULL ? new NoSpace("planted: the disk is full") : new IOException("planted fault");
        }
        file.write(at, from);
    }

    private synchronized boolean strikes(Operation operation) {
        if (mended || fault == Fault.FULL && !needsRoom(operation)) {
            return false;
        }
        untilFault--;
        boolean strikes = switch (fault) {
            case ONCE, SHORT_WRITE -> untilFault == 0;
            case FOR_GOOD, FULL -> untilFault <= 0;
        };
        failed |= strikes;
        return strikes;
    }

    private static boolean needsRoom(Operation operation) {
        return switch (operation) {
            case CREATE, RENAME, CREATE_FOLDER, WRITE, SYNC, SYNC_FOLDER -> true;
            case OPEN, OPEN_TO_CHANGE, DELETE, LOOK, LIST, USABLE_BYTES, SIZE, READ, TRANSFER, CLOSE -> false;
        };
    }
}
