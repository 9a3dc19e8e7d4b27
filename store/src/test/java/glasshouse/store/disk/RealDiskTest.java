package glasshouse.store.disk;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class RealDiskTest implements DiskContract {
    @TempDir
    Path folder = Path.of("set by JUnit");

    @Override
    public Disk disk() {
        return new RealDisk();
    }

    @Override
    public Path folder() {
        return folder;
    }
}
