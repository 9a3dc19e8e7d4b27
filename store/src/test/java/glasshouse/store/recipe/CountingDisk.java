package glasshouse.store.recipe;

import glasshouse.store.disk.Disk;
import glasshouse.store.disk.DiskFile;
import glasshouse.store.disk.ForwardingDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the bytes that are written. */
final class CountingDisk extends ForwardingDisk {
    final AtomicLong written = new AtomicLong();

    CountingDisk(Disk disk) {
        super(disk);
    }

    @Override
    protected void before(Operation operation) {
        // only writes count
    }

    @Override
    protected void write(DiskFile file, long at, ByteBuffer from) throws IOException {
        written.addAndGet(from.remaining());
        super.write(file, at, from);
    }
}
