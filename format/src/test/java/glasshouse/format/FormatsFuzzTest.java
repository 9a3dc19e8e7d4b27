package glasshouse.format;

import static org.assertj.core.api.Assertions.assertThat;

import glasshouse.format.source.ByteSource;
import glasshouse.format.source.FormatFailure;
import glasshouse.testkit.bytes.Damage;
import glasshouse.testkit.bytes.SafetensorsBytes;
import glasshouse.testkit.seed.Seeds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Whatever happens to a file: a record or a failure of the format, never anything else. */
class FormatsFuzzTest {
    private static final Map<String, byte[]> SAMPLES = Map.of(
            "safetensors",
                    new SafetensorsBytes()
                            .metadata(Map.of("format", "pt", "é", "\"\\"))
                            .tensor("a", "F32", 32, 2, 3)
                            .tensor("b.weight", "BF16", 16, 5)
                            .tensor("c", "F4", 4, 4)
                            .write(),
            "safetensors index",
                    text(
                            "{\"metadata\":{\"total_size\":12},\"weight_map\":{\"a\":\"m-1.safetensors\",\"é\":\"m-2.safetensors\"}}"),
            "card", text("""
                            ---
                            license: mit
                            tags: [a, &x "é", *x]
                            n: {a: 1.5, b: ~}
                            t: |
                              long
                            ---
                            # A
                            <!-- c -->
                            ```
                            x
                            ```
                            """));

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @TestFactory
    Stream<DynamicTest> everyFormatSurvivesDamage() {
        return Formats.ALL.stream()
                .map(format -> DynamicTest.dynamicTest(format.name(), () -> {
                    byte[] sample = SAMPLES.getOrDefault(format.name(), new byte[0]);
                    assertThat(reads(format, sample))
                            .as("the sample of " + format.name())
                            .isTrue();
                    Damage.cuts(sample).forEach(cut -> reads(format, cut));
                    Damage.flips(sample, 4_096).forEach(flipped -> reads(format, flipped));
                    Seeds.check(5_000, random -> reads(format, Damage.noise(sample, 6, random)));
                    Seeds.check(1_000, random -> {
                        byte[] noise = new byte[random.nextInt(200)];
                        random.nextBytes(noise);
                        reads(format, noise);
                    });
                }));
    }

    /** A source that ends before its size says so, as a file that is cut while it is read. */
    @TestFactory
    Stream<DynamicTest> everyFormatSurvivesASourceThatLies() {
        return Formats.ALL.stream()
                .map(format -> DynamicTest.dynamicTest(format.name(), () -> {
                    byte[] sample = SAMPLES.getOrDefault(format.name(), new byte[0]);
                    Damage.cuts(sample).forEach(cut -> {
                        ByteSource honest = ByteSource.of(cut);
                        ByteSource lying = new ByteSource() {
                            @Override
                            public long sizeBytes() {
                                return sample.length;
                            }

                            @Override
                            public int read(long offset, byte[] into, int at, int length) throws IOException {
                                return honest.read(offset, into, at, length);
                            }
                        };
                        readsFrom(format, lying);
                    });
                }));
    }

    private static boolean reads(Formats.Format format, byte[] bytes) {
        return readsFrom(format, ByteSource.of(bytes));
    }

    private static boolean readsFrom(Formats.Format format, ByteSource source) {
        try {
            format.reader().read(source);
            return true;
        } catch (FormatFailure failure) {
            assertThat(failure.reason()).isNotBlank().hasSizeLessThan(600).doesNotContain("Exception");
            return false;
        } catch (IOException e) {
            return false; // the source's, not the format's
        }
    }
}
