package glasshouse.bench.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server in a process of its own, watched from outside: how long it takes, and what it takes of processor and memory. */
public final class ServerProcess implements AutoCloseable {
    /** As the launcher starts the program. */
    private static final List<String> OPTIONS = List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+UseCompactObjectHeaders",
            "-XX:+UseSerialGC",
            "-Xms32m",
            "-Xmx1g");

    private static final double TICKS_PER_SECOND = 100;
    private static final long START_MILLIS = 120_000;
    /** One that writes a start-up cache as it ends takes a minute where the machine is busy. */
    private static final long STOP_SECONDS = 300;

    private final Process process;
    private final int port;
    private final double startSeconds;

    private ServerProcess(Process process, int port, double startSeconds) {
        this.process = process;
        this.port = port;
        this.startSeconds = startSeconds;
    }

    /** The program, with its data in a folder. */
    public static ServerProcess hub(Path data, String... options) throws Exception {
        int port = freePort();
        List<String> command = java(options);
        command.addAll(
                List.of("glasshouse.cli.Main", "serve", "--data", data.toString(), "--port", Integer.toString(port)));
        return start(command, port, data.resolveSibling(data.getFileName() + ".log"));
    }

    /** The program as somebody starts it from one jar, which the start-up cache needs. */
    public static ServerProcess jar(Path jar, Path data, String... options) throws Exception {
        int port = freePort();
        List<String> command = jvm(options);
        command.addAll(
                List.of("-jar", jar.toString(), "serve", "--data", data.toString(), "--port", Integer.toString(port)));
        return start(command, port, data.resolveSibling(data.getFileName() + ".log"));
    }

    /** A server of this module: its arguments are the port, then these. */
    public static ServerProcess of(Class<?> main, Path log, List<String> arguments, String... options)
            throws Exception {
        int port = freePort();
        List<String> command = java(options);
        command.add(main.getName());
        command.add(Integer.toString(port));
        command.addAll(arguments);
        return start(command, port, log);
    }

    /** A JVM with our classes, ready for the name of a main class. */
    public static List<String> java(String... options) {
        List<String> command = jvm(options);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        return command;
    }

    private static List<String> jvm(String... options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OPTIONS);
        command.addAll(List.of(options));
        return command;
    }

    private static ServerProcess start(List<String> command, int port, Path log) throws Exception {
        long started = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "stop"));
        while (!answers(port)) {
            if (!process.isAlive() || System.nanoTime() - started > START_MILLIS * 1_000_000) {
                process.destroyForcibly();
                throw new IOException("the server did not start: " + Files.readString(log));
            }
            Thread.sleep(2);
        }
        return new ServerProcess(process, port, (System.nanoTime() - started) / 1e9);
    }

    /** Whether {@code /health} is answered with 200; by a socket, since a client's own start would count. */
    private static boolean answers(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write("GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            byte[] line = socket.getInputStream().readNBytes(12);
            return new String(line, StandardCharsets.US_ASCII).equals("HTTP/1.1 200");
        } catch (IOException notYet) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    public int port() {
        return port;
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    public long pid() {
        return process.pid();
    }

    /** From when the process was made until it first answered. */
    public double startSeconds() {
        return startSeconds;
    }

    /** What it has used of processors so far, in user and in system mode. */
    public double cpuSeconds() throws IOException {
        String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
        // The second field is a name in brackets that may hold blanks.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    }

    /** What it has in memory, in MiB. */
    public double residentMiB() throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }

    /** Waits until its background work is done: a second in which it takes less than a twentieth of a processor. */
    public boolean quiet(int mostSeconds) throws Exception {
        for (int i = 0; i < mostSeconds; i++) {
            double before = cpuSeconds();
            Thread.sleep(1000);
            if (cpuSeconds() - before < 0.05) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("the server did not stop in time");
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
