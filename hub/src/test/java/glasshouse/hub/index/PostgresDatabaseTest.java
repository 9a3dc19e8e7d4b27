package glasshouse.hub.index;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import glasshouse.hub.testing.PostgresCluster;
import java.util.Optional;

/** Skipped where no PostgreSQL is installed, unless the tests were told that everything has to be there. */
class PostgresDatabaseTest extends DatabaseContract {
    @Override
    DatabaseConfig engine() {
        Optional<PostgresCluster> cluster = PostgresCluster.get();
        if (cluster.isEmpty() && PostgresCluster.required()) {
            fail("PostgreSQL is not installed: there is no initdb under /usr/lib/postgresql");
        }
        assumeTrue(cluster.isPresent(), "PostgreSQL is not installed");
        return cluster.orElseThrow().database();
    }
}
