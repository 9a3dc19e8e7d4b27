package glasshouse.hub.index;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.LoggerFactory;

/**
 * One of the two databases. Reads run side by side, writes one after the other, each write in one transaction that is on disk
 * when the call returns. Safe for use by many threads.
 */
public final class Database implements AutoCloseable {
    private static final int READERS = 8;

    private final HikariDataSource writerPool;
    private final HikariDataSource readerPool;
    private final Jdbi writer;
    private final Jdbi reader;
    private final ReentrantLock writing = new ReentrantLock();
    private final AtomicLong version = new AtomicLong();

    private Database(HikariDataSource writerPool, HikariDataSource readerPool) {
        this.writerPool = writerPool;
        this.readerPool = readerPool;
        this.writer = Jdbi.create(writerPool);
        this.reader = Jdbi.create(readerPool);
    }

    /** Begins to load what opening a database needs, beside what the caller does meanwhile. */
    public static void prepare() {
        Thread.ofPlatform().daemon().name("prepare-databases").start(() -> {
            try (HikariDataSource memory = new HikariDataSource(embeddedPool("jdbc:sqlite::memory:", "prepare", 1))) {
                var _ = Jdbi.create(memory)
                        .inTransaction(db -> db.createQuery("SELECT :one")
                                .bind("one", 1)
                                .mapTo(Integer.class)
                                .one());
            } catch (RuntimeException e) {
                LoggerFactory.getLogger(Database.class).debug("could not be prepared", e);
            }
        });
    }

    /** Opens what people did here, and brings its tables up to date. */
    public static Database people(DatabaseConfig config) {
        return open(config, "people");
    }

    /** Opens what is derived from repositories, and brings its tables up to date. */
    public static Database index(DatabaseConfig config) {
        return open(config, "index");
    }

    private static Database open(DatabaseConfig config, String name) {
        return switch (config) {
            case DatabaseConfig.Embedded embedded ->
                openEmbedded(embedded.folder().resolve(name + ".db"), name);
            case DatabaseConfig.Postgres postgres -> openPostgres(postgres.url(), name);
        };
    }

    private static Database openEmbedded(Path file, String name) {
        String url = "jdbc:sqlite:" + file.toAbsolutePath();
        HikariDataSource writer = new HikariDataSource(embeddedPool(url, name + "-writer", 1));
        migrate(writer, name, Optional.empty());
        return new Database(writer, new HikariDataSource(embeddedPool(url, name + "-readers", READERS)));
    }

    private static HikariConfig embeddedPool(String url, String name, int size) {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName(name);
        pool.setJdbcUrl(url);
        pool.setMaximumPoolSize(size);
        pool.setMinimumIdle(1);
        // INVARIANT: FULL makes a committed transaction durable in WAL mode; NORMAL would lose the last ones on power
        // loss.
        pool.addDataSourceProperty("journal_mode", "WAL");
        pool.addDataSourceProperty("synchronous", "FULL");
        pool.addDataSourceProperty("foreign_keys", "true");
        pool.addDataSourceProperty("busy_timeout", "10000");
        pool.addDataSourceProperty("transaction_mode", size == 1 ? "IMMEDIATE" : "DEFERRED");
        pool.setConnectionTimeout(Duration.ofSeconds(20).toMillis());
        return pool;
    }

    private static Database openPostgres(String url, String schema) {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName(schema);
        pool.setJdbcUrl(url);
        pool.setSchema(schema);
        pool.setMaximumPoolSize(READERS + 1);
        pool.setMinimumIdle(1);
        HikariDataSource source = new HikariDataSource(pool);
        migrate(source, schema, Optional.of(schema));
        return new Database(source, source);
    }

    private static void migrate(HikariDataSource source, String name, Optional<String> schema) {
        if (SchemaVersion.isCurrent(source, name)) {
            return;
        }
        var flyway = Flyway.configure(Database.class.getClassLoader())
                .dataSource(source)
                .locations("classpath:db/" + name)
                .table(SchemaVersion.TABLE);
        schema.ifPresent(s -> flyway.schemas(s).defaultSchema(s).createSchemas(true));
        flyway.load().migrate();
    }

    /** Runs a question. It sees one state of the database if it is one statement. */
    public <T> T read(Function<Handle, T> question) {
        return reader.withHandle(question::apply);
    }

    /** Runs a change in a transaction and returns when it is durable. An exception rolls all of it back. */
    public <T> T write(Function<Handle, T> change) {
        T result = quietly(change);
        version.incrementAndGet();
        return result;
    }

    /** As {@link #write}, for changes that no cached answer depends on: counters and times of last use. */
    public <T> T quietly(Function<Handle, T> change) {
        writing.lock();
        try {
            return writer.inTransaction(change::apply);
        } finally {
            writing.unlock();
        }
    }

    /**
     * Returns once the database has answered.
     *
     * @throws RuntimeException where it does not
     */
    public void answer() {
        var _ = read(db -> db.createQuery("SELECT 1").mapTo(Integer.class).one());
    }

    /** Changes with every {@link #write}: what was cached under another version is stale. */
    public long version() {
        return version.get();
    }

    @Override
    public void close() {
        readerPool.close();
        writerPool.close();
    }
}
