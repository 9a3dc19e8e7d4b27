package glasshouse.format.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glasshouse.format.source.ByteSource;
import glasshouse.format.source.FormatFailure;
import glasshouse.format.source.FormatFailure.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class SafetensorsIndexTest {
    private static SafetensorsIndex read(String json) throws IOException, FormatFailure {
        return SafetensorsIndex.read(ByteSource.of(json.getBytes(StandardCharsets.UTF_8)));
    }

    private static void refused(String json, Kind kind, String words) {
        assertThatThrownBy(() -> read(json)).isInstanceOfSatisfying(FormatFailure.class, failure -> {
            assertThat(failure.reason()).contains(words);
            assertThat(failure.kind()).isEqualTo(kind);
        });
    }

    @Test
    void readsTheMapAndTheSize() throws IOException, FormatFailure {
        SafetensorsIndex index = read(
                "{\"metadata\":{\"total_size\":12,\"x\":[1,{}]},\"other\":{\"y\":[]},\"weight_map\":{\"b\":\"1\",\"a\":\"2\"}}");

        assertThat(index.weightMap()).isEqualTo(Map.of("a", "2", "b", "1"));
        assertThat(index.weightMap().keySet()).containsExactly("b", "a");
        assertThat(index.totalSize()).isEqualTo(OptionalLong.of(12));
    }

    @Test
    void aSizeMayBeAFloatThatIsWholeOrBeAbsent() throws IOException, FormatFailure {
        assertThat(read("{\"metadata\":{\"total_size\":12.0},\"weight_map\":{}}")
                        .totalSize())
                .isEqualTo(OptionalLong.of(12));
        assertThat(read("{\"metadata\":{},\"weight_map\":{}}").totalSize()).isEmpty();
    }

    @Test
    void refusesWhatIsNoIndex() {
        refused("", Kind.CORRUPT, "not an object");
        refused("[]", Kind.CORRUPT, "not an object");
        refused("{}", Kind.CORRUPT, "no `weight_map`");
        refused("{\"weight_map\":[]}", Kind.CORRUPT, "not an object");
        refused("{\"weight_map\":{\"a\":1}}", Kind.CORRUPT, "not a text");
        refused("{\"weight_map\":{\"a\":\"1\",\"a\":\"1\"}}", Kind.CORRUPT, "twice");
        refused("{\"weight_map\":{},\"weight_map\":{}}", Kind.CORRUPT, "twice");
        refused("{\"metadata\":{\"total_size\":1.5},\"weight_map\":{}}", Kind.CORRUPT, "number of bytes");
        refused(
                "{\"metadata\":{\"total_size\":9999999999999999999},\"weight_map\":{}}",
                Kind.CORRUPT,
                "number of bytes");
        refused("{\"metadata\":{\"total_size\":-1},\"weight_map\":{}}", Kind.CORRUPT, "number of bytes");
        refused("{\"weight_map\":{\"a\":\"1\"", Kind.TRUNCATED, "stops");
        refused("{\"weight_map\":{}} x", Kind.CORRUPT, "not JSON");
        refused("{\"x\":" + "[".repeat(100_000), Kind.LIMIT, "deeper");
    }

    @Test
    void refusesALargeFileUnread() {
        ByteSource large = new ByteSource() {
            @Override
            public long sizeBytes() {
                return SafetensorsIndex.MAX_BYTES + 1;
            }

            @Override
            public int read(long offset, byte[] into, int at, int length) {
                throw new AssertionError("it is not to be read");
            }
        };

        assertThatThrownBy(() -> SafetensorsIndex.read(large))
                .isInstanceOfSatisfying(
                        FormatFailure.class, e -> assertThat(e.kind()).isEqualTo(Kind.LIMIT));
    }
}
