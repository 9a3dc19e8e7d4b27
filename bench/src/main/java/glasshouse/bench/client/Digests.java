package glasshouse.bench.client;

import java.lang.management.ManagementFactory;
import java.util.Random;

/**
 * What SHA-256 alone takes of a processor, in a JVM that does nothing else. Arguments: bytes, rounds. Prints the seconds of each
 * round.
 */
public final class Digests {
    private static final int PIECE = 256 << 10;

    private Digests() {}

    public static void main(String[] arguments) {
        long size = Long.parseLong(arguments[0]);
        byte[] piece = new byte[PIECE];
        new Random(1).nextBytes(piece);
        var threads = ManagementFactory.getThreadMXBean();
        for (int round = Integer.parseInt(arguments[1]); round > 0; round--) {
            long started = threads.getCurrentThreadCpuTime();
            var digest = Content.digest();
            for (long left = size; left > 0; left -= PIECE) {
                digest.update(piece, 0, (int) Math.min(PIECE, left));
            }
            digest.digest();
            System.out.println((threads.getCurrentThreadCpuTime() - started) / 1e9);
        }
    }
}
