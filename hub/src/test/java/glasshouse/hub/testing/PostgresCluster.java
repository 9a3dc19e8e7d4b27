package glasshouse.hub.testing;

import glasshouse.hub.index.DatabaseConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A PostgreSQL server that lives as long as the tests, with its data in a temporary folder. It refuses to run as root, so there it
 * runs as the user {@code postgres} that its package makes.
 */
public final class PostgresCluster {
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static final Map<Path, DatabaseConfig> BY_FOLDER = new ConcurrentHashMap<>();

    private static final class Holder {
        static final Optional<PostgresCluster> CLUSTER = start();
    }

    private final int port;

    private PostgresCluster(int port) {
        this.port = port;
    }

    /** The server, where one is installed. */
    public static Optional<PostgresCluster> get() {
        return Holder.CLUSTER;
    }

    /** Whether a machine that lacks a server must fail and not skip. */
    public static boolean required() {
        return "1".equals(System.getenv("GLASSHOUSE_REQUIRE_CLIENTS"));
    }

    /** A database of its own, empty. */
    public DatabaseConfig database() {
        String name = "t" + DATABASES.incrementAndGet();
        try (var connection = DriverManager.getConnection(url("postgres"));
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return new DatabaseConfig.Postgres(url(name));
    }

    /** The database that belongs to a data folder: the same for the same folder, so that a hub can be opened again. */
    public DatabaseConfig database(Path folder) {
        return BY_FOLDER.computeIfAbsent(folder, path -> database());
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=glasshouse";
    }

    private static Optional<PostgresCluster> start() {
        Optional<Path> programs = programs();
        if (programs.isEmpty()) {
            return Optional.empty();
        }
        try {
            Path root = Files.createTempDirectory("glasshouse-postgres");
            boolean isRoot = System.getProperty("user.name").equals("root");
            if (isRoot) {
                run(List.of("chown", "postgres", root.toString()));
            }
            Path data = root.resolve("data");
            run(as(
                    isRoot,
                    List.of(
                            programs.get().resolve("initdb").toString(),
                            "-D",
                            data.toString(),
                            "-U",
                            "glasshouse",
                            "-A",
                            "trust",
                            "--no-sync",
                            "-E",
                            "UTF8",
                            "--locale=C")));
            int port = freePort();
            String options = "-c listen_addresses=127.0.0.1 -c port=" + port + " -c unix_socket_directories=" + root
                    + " -c fsync=off -c max_connections=400 -c shared_buffers=32MB";
            run(as(
                    isRoot,
                    List.of(
                            programs.get().resolve("pg_ctl").toString(),
                            "-D",
                            data.toString(),
                            "-w",
                            "-t",
                            "60",
                            "-l",
                            root.resolve("log").toString(),
                            "-o",
                            options,
                            "start")));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(programs.get(), data, root, isRoot)));
            return Optional.of(new PostgresCluster(port));
        } catch (IOException e) {
            throw new IllegalStateException("PostgreSQL is installed and did not start", e);
        }
    }

    private static void stop(Path programs, Path data, Path root, boolean isRoot) {
        try {
            run(as(
                    isRoot,
                    List.of(programs.resolve("pg_ctl").toString(), "-D", data.toString(), "-m", "immediate", "stop")));
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            System.err.println("the PostgreSQL of the tests was not cleaned up: " + e);
        }
    }

    private static Optional<Path> programs() {
        Path root = Path.of("/usr/lib/postgresql");
        if (!Files.isDirectory(root)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(root)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.naturalOrder());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static List<String> as(boolean isRoot, List<String> command) {
        if (!isRoot) {
            return command;
        }
        List<String> whole = new ArrayList<>(List.of("runuser", "-u", "postgres", "--"));
        whole.addAll(command);
        return whole;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void run(List<String> command) throws IOException {
        Path output = Files.createTempFile("glasshouse-postgres", ".out");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(Path.of("/").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(120, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(command + " failed: " + Files.readString(output));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } finally {
            Files.deleteIfExists(output);
        }
    }
}
