package glasshouse.hub.index;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseTest extends DatabaseContract {
    @TempDir
    Path data;

    @Override
    DatabaseConfig engine() {
        return new DatabaseConfig.Embedded(data);
    }
}
