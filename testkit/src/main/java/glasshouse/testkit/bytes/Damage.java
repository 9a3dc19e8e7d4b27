package glasshouse.testkit.bytes;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What happens to files: they are cut, and bits flip. */
public final class Damage {
    private Damage() {}

    /** The file cut before every byte: the empty one first, the whole one not. */
    public static Stream<byte[]> cuts(byte[] whole) {
        return IntStream.range(0, whole.length).mapToObj(length -> Arrays.copyOf(whole, length));
    }

    /** The file with each bit in turn flipped, within its first {@code bytes} bytes. */
    public static Stream<byte[]> flips(byte[] whole, int bytes) {
        return IntStream.range(0, Math.min(bytes, whole.length) * 8).mapToObj(bit -> flipped(whole, bit));
    }

    /** The file with up to {@code most} bytes replaced by others at places that the random numbers choose. */
    public static byte[] noise(byte[] whole, int most, SplittableRandom random) {
        byte[] damaged = whole.clone();
        if (damaged.length > 0) {
            for (int i = random.nextInt(1, most + 1); i > 0; i--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
        }
        return damaged;
    }

    private static byte[] flipped(byte[] whole, int bit) {
        byte[] damaged = whole.clone();
        damaged[bit / 8] ^= (byte) (1 << bit % 8);
        return damaged;
    }
}
