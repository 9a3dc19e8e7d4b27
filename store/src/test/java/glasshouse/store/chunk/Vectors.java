package glasshouse.store.chunk;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Files whose chunks and names are known: file names as the client of the reference implementation made them, boundaries and
 * trees from its own tests.
 */
public final class Vectors {
    /** A file and what is known of it. Hashes are texts. */
    public record Known(
            String name, byte[] bytes, List<Integer> ends, String firstChunk, String root, String file, String range) {
        @Override
        public String toString() {
            return name;
        }
    }

    public static final List<Known> ALL = List.of(
            new Known("empty", new byte[0], List.of(), "", "0".repeat(64), "0".repeat(64), ""),
            new Known(
                    "one byte",
                    new byte[1],
                    List.of(1),
                    "df93298cdbf67cd507aed28d6290c0cf7f9aa0aa88dfa629cffcf98680659410",
                    "df93298cdbf67cd507aed28d6290c0cf7f9aa0aa88dfa629cffcf98680659410",
                    "41f5539a8d8bdd7509fd9a319268aca47ea6d40b33394170182e09fa86345c7e",
                    "7be708517ff612a74bdd0d7197e09b38f7d644fff72a547d7f0620cbccac5ea2"),
            new Known(
                    "hello world",
                    helloWorld(),
                    List.of(11),
                    "4e39378b9d359f118190557a1f44130219a54e5fcfa07bd96cf50b466fe651b1",
                    "4e39378b9d359f118190557a1f44130219a54e5fcfa07bd96cf50b466fe651b1",
                    "f15edd43b7e85cfd25e2758ffe13b99fdd09dfa817e8d9f6548722a7a126db7f",
                    ""),
            new Known(
                    "splitmix64, seed 1",
                    splitMix(1, 256_000),
                    List.of(25125, 104497, 235569, 256000),
                    "2520f307e75abcb6555d51e9019c4fb6eaa48883cb20c6fb5841450e5192f8b1",
                    "335db8e272cac859dec35783bbc12c7f433bbcea50528d154cb07bf36888a51f",
                    "116cd39641ee392863a30c2a5bd6ab04676177a75604729bb98cfc4052fc3131",
                    "db0e3fdc8c0a0b63ce07b032b785022faa8f6a4eea1e6aebdac3a77dc8471fb3"),
            new Known(
                    "splitmix64, seed 0",
                    splitMix(0, 1_000_000),
                    List.of(
                            84493, 134421, 144853, 243318, 271793, 336457, 467529, 494581, 582000, 596735, 616815,
                            653164, 678202, 724510, 815591, 827760, 958832, 991092, 1000000),
                    "6eca1e7dadaf08cca5d82d318c800f07c2ddcec115a7e8627e5edd9605b94b8d",
                    "6f2ce16ca5e317f0100ff0e7e5bf40a0de9032e9ee1ad04b6b8ff4e36cdfbf6c",
                    "3d17b2d7d64a0e011b6717a52d9a16bd2c3f05b743fa8adf52a7d75dafab6d89",
                    "6daf15a7ed258b91f607e8f5e6723a8564292d12c8104c156f7bad9c255a0180"),
            new Known(
                    "byte 3b, 1,000,000 times",
                    semicolons(),
                    List.of(131072, 262144, 393216, 524288, 655360, 786432, 917504, 1000000),
                    "d3b528b30528f3ad802a015cdf93c531d4da754a1f8c0d341a8f111fd8b6f04e",
                    "a6b5a7f0bb38b6fd5fb39031eb7564e18ea0e7a0b7bea87de54ed1db8bc85884",
                    "53f845640fcd1c7440befff65bd93434c83a30c6559a705597d61f2ef64e2f88",
                    ""));

    private Vectors() {}

    public static byte[] helloWorld() {
        return "hello world".getBytes(StandardCharsets.US_ASCII);
    }

    public static byte[] semicolons() {
        byte[] bytes = new byte[1_000_000];
        Arrays.fill(bytes, (byte) 0x3b);
        return bytes;
    }

    /** 65,536 numbers of four bytes. */
    public static byte[] floats() {
        ByteBuffer floats = ByteBuffer.allocate(4 * 65_536).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 65_536; i++) {
            floats.putFloat(i * 0.001f);
        }
        return floats.array();
    }

    /** The stream of splitmix64, each number little-endian; the size is a multiple of eight. */
    public static byte[] splitMix(long seed, int size) {
        ByteBuffer bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        long state = seed;
        while (bytes.hasRemaining()) {
            state += 0x9E3779B97F4A7C15L;
            long mixed = (state ^ state >>> 30) * 0xBF58476D1CE4E5B9L;
            mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
            bytes.putLong(mixed ^ mixed >>> 31);
        }
        return bytes.array();
    }

    /** How much the present thread has allocated so far. */
    public static long allocatedBytes() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    /** What a real client sent, where it lies beside the project on this machine. */
    public static Optional<Path> recorded(String name) {
        Path file = Path.of(System.getProperty("glasshouse.root", ".."))
                .resolve("../shared/data/xet")
                .resolve(name);
        return Files.isRegularFile(file) ? Optional.of(file) : Optional.empty();
    }
}
