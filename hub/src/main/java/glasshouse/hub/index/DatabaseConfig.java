package glasshouse.hub.index;

import java.nio.file.Path;

/** Which engine holds the two databases. */
public sealed interface DatabaseConfig {
    /**
     * Two files in a folder.
     *
     * @param folder where {@code people.db} and {@code index.db} are
     */
    record Embedded(Path folder) implements DatabaseConfig {}

    /**
     * Two schemas of a PostgreSQL database.
     *
     * @param url {@code jdbc:postgresql://…}, with user and password where they are needed
     */
    record Postgres(String url) implements DatabaseConfig {}
}
