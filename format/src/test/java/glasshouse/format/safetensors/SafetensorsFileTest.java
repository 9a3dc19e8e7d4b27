package glasshouse.format.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glasshouse.format.source.ByteSource;
import glasshouse.format.source.FormatFailure;
import glasshouse.format.source.FormatFailure.Kind;
import glasshouse.testkit.bytes.SafetensorsBytes;
import glasshouse.testkit.seed.Seeds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SafetensorsFileTest {
    private static SafetensorsFile read(byte[] bytes) throws IOException, FormatFailure {
        return SafetensorsFile.read(ByteSource.of(bytes));
    }

    private static void refused(byte[] bytes, Kind kind, String words) {
        assertThatThrownBy(() -> read(bytes)).isInstanceOfSatisfying(FormatFailure.class, failure -> {
            assertThat(failure.reason()).contains(words);
            assertThat(failure.kind()).isEqualTo(kind);
        });
    }

    private static void headerRefused(String header, Kind kind, String words) {
        refused(SafetensorsBytes.withHeader(header, new byte[8]), kind, words);
    }

    private static String tensor(String shape, String offsets) {
        return "{\"a\":{\"dtype\":\"F32\",\"shape\":" + shape + ",\"data_offsets\":" + offsets + "}}";
    }

    @Test
    void countsWhatIsThere() throws IOException, FormatFailure {
        List<Tensor> tensors = new ArrayList<>();
        byte[] bytes = new SafetensorsBytes()
                .metadata(Map.of("format", "pt"))
                .tensor("a", "F32", 32, 2, 3)
                .tensor("b", "BF16", 16, 5)
                .tensor("c", "F4", 4, 4)
                .tensor("scalar", "I64", 64)
                .tensor("empty", "F32", 32, 7, 0)
                .write();

        SafetensorsFile file = SafetensorsFile.read(ByteSource.of(bytes), tensors::add);

        assertThat(file.parameters()).isEqualTo(Map.of(DType.F32, 6L, DType.BF16, 5L, DType.F4, 4L, DType.I64, 1L));
        assertThat(file.parameterCount()).isEqualTo(16);
        assertThat(file.tensorCount()).isEqualTo(5);
        assertThat(file.dataBytes()).isEqualTo(24 + 10 + 2 + 8);
        assertThat(file.metadata()).isEqualTo(Map.of("format", "pt"));
        assertThat(file.defects()).isEmpty();
        assertThat(tensors.get(0)).isEqualTo(new Tensor("a", DType.F32, List.of(2L, 3L), 0, 24, 6));
        assertThat(tensors.get(3)).isEqualTo(new Tensor("scalar", DType.I64, List.of(), 36, 44, 1));
    }

    @Test
    void acceptsAFileWithoutTensors() throws IOException, FormatFailure {
        assertThat(read(SafetensorsBytes.withHeader("{}", new byte[0])).tensorCount())
                .isZero();
        assertThat(read(SafetensorsBytes.withHeader("{}      ", new byte[0])).defects())
                .isEmpty();
    }

    @Test
    void findsWhatTheHeaderDoesNotAccountFor() throws IOException, FormatFailure {
        assertThat(read(new SafetensorsBytes().tensor("a", "U8", 8, 10).data(4).write())
                        .defects())
                .containsExactly(new Defect(Defect.Kind.TRUNCATED, 4, 10, ""));
        assertThat(read(new SafetensorsBytes().tensor("a", "U8", 8, 10).data(12).write())
                        .defects())
                .containsExactly(new Defect(Defect.Kind.TRAILING, 10, 12, ""));
        assertThat(read(new SafetensorsBytes()
                                .range("a", "U8", 0, 4, 4)
                                .range("b", "U8", 6, 8, 2)
                                .write())
                        .defects())
                .containsExactly(new Defect(Defect.Kind.GAP, 4, 6, ""));
        assertThat(read(new SafetensorsBytes().range("a", "U8", 3, 4, 1).write())
                        .defects())
                .containsExactly(new Defect(Defect.Kind.GAP, 0, 3, ""));
        assertThat(read(new SafetensorsBytes()
                                .range("a", "U8", 0, 4, 4)
                                .range("b", "U8", 2, 6, 4)
                                .write())
                        .defects())
                .containsExactly(new Defect(Defect.Kind.OVERLAP, 2, 4, ""));
        assertThat(read(new SafetensorsBytes().range("a", "F32", 0, 4, 2).write())
                        .defects())
                .containsExactly(new Defect(Defect.Kind.SIZE, 0, 4, "a"));
        assertThat(read(new SafetensorsBytes().range("odd", "F4", 0, 1, 3).write())
                        .defects())
                .as("three elements of four bits fill no whole bytes")
                .containsExactly(new Defect(Defect.Kind.SIZE, 0, 1, "odd"));
    }

    @Test
    void tellsThreeTensorsOnOneAnotherAsOneOverlap() throws IOException, FormatFailure {
        SafetensorsFile file = read(new SafetensorsBytes()
                .range("a", "U8", 0, 8, 8)
                .range("b", "U8", 2, 6, 4)
                .range("c", "U8", 3, 5, 2)
                .write());

        assertThat(file.defects()).containsExactly(new Defect(Defect.Kind.OVERLAP, 2, 6, ""));
        assertThat(file.defectCounts()).isEqualTo(Map.of(Defect.Kind.OVERLAP, 1L));
    }

    @Test
    void namesFewDefectsAndCountsAll() throws IOException, FormatFailure {
        SafetensorsBytes bytes = new SafetensorsBytes();
        for (long i = 0; i < 100; i++) {
            bytes.range("t" + i, "U8", 2 * i, 2 * i + 1, 1);
        }

        SafetensorsFile file = read(bytes.write());

        assertThat(file.defects()).hasSize(Layout.MAX_REPORTED);
        assertThat(file.defectCounts()).isEqualTo(Map.of(Defect.Kind.GAP, 99L));
    }

    /** Coverage by sorting ends apart from begins, against painting each byte. */
    @Test
    void agreesWithPaintingEachByte() {
        Seeds.check(500, random -> {
            SafetensorsBytes bytes = new SafetensorsBytes();
            int[] cover = new int[40];
            int end = 0;
            for (int i = random.nextInt(6); i > 0; i--) {
                int from = random.nextInt(20);
                int to = from + random.nextInt(20);
                bytes.range("t" + i, "U8", from, to, to - from);
                for (int at = from; at < to; at++) {
                    cover[at]++;
                }
                end = from == to ? end : Math.max(end, to);
            }
            int size = random.nextInt(40);
            SafetensorsFile file = read(bytes.data(size).write());
            assertThat(file.defects().stream()
                            .filter(d -> d.kind() == Defect.Kind.GAP)
                            .mapToLong(d -> d.end() - d.begin())
                            .sum())
                    .isEqualTo(count(cover, end, 0, 0));
            assertThat(file.defects().stream()
                            .filter(d -> d.kind() == Defect.Kind.OVERLAP)
                            .mapToLong(d -> d.end() - d.begin())
                            .sum())
                    .isEqualTo(count(cover, end, 2, 99));
            assertThat(file.defectCounts().containsKey(Defect.Kind.TRUNCATED)).isEqualTo(size < end);
            assertThat(file.defectCounts().containsKey(Defect.Kind.TRAILING)).isEqualTo(size > end);
        });
    }

    private static long count(int[] cover, int end, int least, int most) {
        long count = 0;
        for (int i = 0; i < end; i++) {
            count += cover[i] >= least && cover[i] <= most ? 1 : 0;
        }
        return count;
    }

    @Test
    void tellsTruncatedFromCorruptFromTooLarge() {
        refused(new byte[0], Kind.TRUNCATED, "0 bytes");
        refused(new byte[7], Kind.TRUNCATED, "7 bytes");
        refused(
                SafetensorsBytes.withLength(1000, "{\"a\":".getBytes(StandardCharsets.UTF_8), new byte[0]),
                Kind.TRUNCATED,
                "ends after 5");
        refused(
                SafetensorsBytes.withLength(Long.MIN_VALUE, new byte[2], new byte[0]),
                Kind.CORRUPT,
                "9223372036854775808");
        refused(SafetensorsBytes.withLength(-1, new byte[2], new byte[0]), Kind.CORRUPT, "18446744073709551615");
        refused(
                SafetensorsBytes.withLength(100_000_001, new byte[2], new byte[0]),
                Kind.CORRUPT,
                "the whole file has 10");
        refused(SafetensorsBytes.withLength(0, new byte[0], new byte[0]), Kind.CORRUPT, "no JSON object");
        refused(
                SafetensorsBytes.withLength(8, "        ".getBytes(StandardCharsets.UTF_8), new byte[0]),
                Kind.CORRUPT,
                "start with");
    }

    @Test
    void aHeaderThatIsThereAndTooLongIsNotRead() {
        byte[] start = SafetensorsBytes.withLength(100_000_001, new byte[0], new byte[0]);
        ByteSource large = new ByteSource() {
            @Override
            public long sizeBytes() {
                return 200_000_000;
            }

            @Override
            public int read(long offset, byte[] into, int at, int length) {
                assertThat(offset + length).isLessThanOrEqualTo(8);
                System.arraycopy(start, (int) offset, into, at, length);
                return length;
            }
        };

        assertThatThrownBy(() -> SafetensorsFile.read(large))
                .isInstanceOfSatisfying(
                        FormatFailure.class,
                        failure -> assertThat(failure.kind()).isEqualTo(Kind.LIMIT));
    }

    @Test
    void aFileOfEightBytesIsTruncated() {
        refused(SafetensorsBytes.withLength(10, new byte[0], new byte[0]), Kind.TRUNCATED, "ends after 0");
    }

    @Test
    void refusesHeadersThatBreakTheGrammar() {
        headerRefused("{\"a\":1}", Kind.CORRUPT, "not described by an object");
        headerRefused("{\"a\":{}}", Kind.CORRUPT, "has no `dtype`");
        headerRefused(tensor("[1]", "[0]"), Kind.CORRUPT, "begin and an end");
        headerRefused(tensor("[1]", "[4,0]"), Kind.CORRUPT, "begin and an end");
        headerRefused(tensor("[1]", "[0,4,8]"), Kind.LIMIT, "more than 2");
        headerRefused(tensor("[-1]", "[0,4]"), Kind.CORRUPT, "negative");
        headerRefused(tensor("[1.5]", "[0,4]"), Kind.CORRUPT, "not a whole number");
        headerRefused(tensor("[9223372036854775808]", "[0,4]"), Kind.CORRUPT, "above 2^63");
        headerRefused(tensor("[4294967296,4294967296]", "[0,4]"), Kind.CORRUPT, "64 bits");
        headerRefused(tensor("[9223372036854775807]", "[0,4]"), Kind.CORRUPT, "64 bits");
        headerRefused("{\"a\":{\"dtype\":\"F31\",\"shape\":[],\"data_offsets\":[0,4]}}", Kind.CORRUPT, "`F31`");
        headerRefused("{\"__metadata__\":{\"a\":1}}", Kind.CORRUPT, "not a text");
        headerRefused("{\"__metadata__\":{\"a\":\"1\",\"a\":\"1\"}}", Kind.CORRUPT, "twice");
        headerRefused("{}{}", Kind.CORRUPT, "after");
        headerRefused("{\"a\":", Kind.CORRUPT, "stops");
        headerRefused("{'a':1}", Kind.CORRUPT, "not JSON");
        headerRefused("{\"a\":{\"x\":" + "[".repeat(5000), Kind.LIMIT, "deeper");
        headerRefused("{\"" + "n".repeat(20_000) + "\":1}", Kind.LIMIT, "longer key");
    }

    @Test
    void refusesKeysThatComeTwice() {
        String one = "{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}";
        headerRefused("{\"a\":" + one + ",\"\\u0061\":" + one + "}", Kind.CORRUPT, "`a` twice");
        headerRefused("{\"a\":{\"dtype\":\"U8\",\"dtype\":\"U8\"}}", Kind.CORRUPT, "`dtype` twice");
    }

    @Test
    void refusesWhatIsNotUtf8AndSaysWhere() {
        byte[] bytes = SafetensorsBytes.withHeader("{\"aa\":{}}", new byte[0]);
        bytes[10] = (byte) 0xC3; // a lead byte before an `a`

        assertThatThrownBy(() -> read(bytes)).isInstanceOfSatisfying(FormatFailure.class, failure -> {
            assertThat(failure.reason()).isEqualTo("not UTF-8");
            assertThat(failure.place()).hasToString("byte 11");
        });
    }

    @Test
    void aShapeOfManyNumbersIsRefusedBeforeItIsHeld() {
        headerRefused(tensor("[" + "1,".repeat(5_000_000) + "1]", "[0,4]"), Kind.LIMIT, "more than 64");
    }

    /** The largest header that is read, full of small tensors: the memory of the test run is the limit. */
    @Test
    void aMillionTensorsAreReadWithoutHoldingThem() throws IOException, FormatFailure {
        int count = 1_000_000;
        StringBuilder header = new StringBuilder("{");
        for (int i = 0; i < count; i++) {
            header.append(i == 0 ? "" : ",")
                    .append("\"")
                    .append(Integer.toString(i, 36))
                    .append("\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[")
                    .append(i)
                    .append(',')
                    .append(i + 1)
                    .append("]}");
        }
        SafetensorsFile file =
                read(SafetensorsBytes.withHeader(header.append('}').toString(), new byte[count]));

        assertThat(file.tensorCount()).isEqualTo(count);
        assertThat(file.defects()).isEmpty();
    }

    @Test
    void readsWhatAnotherWriterWrote() {
        Seeds.check(random -> {
            SafetensorsBytes bytes = new SafetensorsBytes();
            List<Tensor> written = new ArrayList<>();
            long at = 0;
            for (int i = random.nextInt(8); i > 0; i--) {
                List<DType> dtypes = List.of(DType.values());
                DType dtype = dtypes.get(random.nextInt(dtypes.size()));
                long[] shape = shape(random, dtype.bits());
                long elements = 1;
                List<Long> extents = new ArrayList<>();
                for (long extent : shape) {
                    elements *= extent;
                    extents.add(extent);
                }
                String name = "layer." + i + ".\"\\\u00e9\ud83d\ude00";
                bytes.tensor(name, dtype.name(), dtype.bits(), shape);
                written.add(new Tensor(name, dtype, extents, at, at + elements * dtype.bits() / 8, elements));
                at += elements * dtype.bits() / 8;
            }
            List<Tensor> found = new ArrayList<>();
            SafetensorsFile file = SafetensorsFile.read(ByteSource.of(bytes.write()), found::add);
            assertThat(found).isEqualTo(written);
            assertThat(file.defects()).isEmpty();
        });
    }

    private static long[] shape(SplittableRandom random, int bits) {
        long[] shape = new long[random.nextInt(4) + (bits < 8 ? 1 : 0)];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = random.nextInt(5);
        }
        if (bits < 8) {
            shape[0] *= 4;
        }
        return shape;
    }
}
