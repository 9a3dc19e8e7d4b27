package glasshouse.bench.client;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Many clients that ask one thing again and again, each over a connection that stays open, and wait for each answer. Arguments:
 * port, clients, requests before it counts, requests that count, method, path, token. Prints the median, the 99th percentile and the
 * worst in milliseconds, and how many were answered in a second.
 */
public final class Load {
    private Load() {}

    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[0]);
        int clients = Integer.parseInt(arguments[1]);
        int warm = Integer.parseInt(arguments[2]);
        int counted = Integer.parseInt(arguments[3]);
        byte[] request = (arguments[4] + " " + arguments[5] + " HTTP/1.1\r\nHost: 127.0.0.1:" + port
                        + "\r\nAuthorization: Bearer " + arguments[6] + "\r\nAccept: */*\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        boolean head = arguments[4].equals("HEAD");
        AtomicLong began = new AtomicLong();
        CyclicBarrier start = new CyclicBarrier(clients, () -> began.set(System.nanoTime()));
        List<Callable<long[]>> tasks = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            tasks.add(() -> client(port, request, head, warm / clients, counted / clients, start));
        }
        long[] all;
        try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
            all = new long[0];
            for (Future<long[]> times : threads.invokeAll(tasks)) {
                long[] some = times.get();
                all = Arrays.copyOf(all, all.length + some.length);
                System.arraycopy(some, 0, all, all.length - some.length, some.length);
            }
        }
        double seconds = (System.nanoTime() - began.get()) / 1e9;
        Arrays.sort(all);
        System.out.printf(
                Locale.ROOT,
                "%.4f %.4f %.4f %.2f%n",
                all[all.length / 2] / 1e6,
                all[(int) (all.length * 0.99)] / 1e6,
                all[all.length - 1] / 1e6,
                all.length / seconds);
    }

    private static long[] client(int port, byte[] request, boolean head, int warm, int counted, CyclicBarrier start)
            throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            OutputStream out = socket.getOutputStream();
            InputStream in = new BufferedInputStream(socket.getInputStream(), 64 << 10);
            for (int i = 0; i < warm; i++) {
                out.write(request);
                skipAnswer(in, head);
            }
            start.await();
            long[] nanos = new long[counted];
            for (int i = 0; i < counted; i++) {
                long started = System.nanoTime();
                out.write(request);
                skipAnswer(in, head);
                nanos[i] = System.nanoTime() - started;
            }
            return nanos;
        }
    }

    private static void skipAnswer(InputStream in, boolean head) throws IOException {
        String status = line(in);
        if (!status.startsWith("HTTP/1.1 200")) {
            throw new IOException("answered " + status);
        }
        long length = -1;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
                length = Long.parseLong(line.substring(15).strip());
            }
        }
        if (!head) {
            if (length < 0) {
                throw new IOException("an answer without its length");
            }
            in.skipNBytes(length);
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder(80);
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the server closed the connection");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
