package glasshouse.hub.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glasshouse.core.entry.EntryId;
import glasshouse.hub.index.HeldObjects.Held;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an entry holds is written beside its repository, and survives whatever happens to the index. */
class HeldObjectsTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00.123Z");
    private static final EntryId ONE = new EntryId("000000000000000000000001");
    private static final EntryId TWO = new EntryId("000000000000000000000002");

    @TempDir
    Path data;

    private Database index;
    private HeldObjects held;

    @BeforeEach
    void open() throws IOException {
        index = Database.index(new DatabaseConfig.Embedded(data));
        held = new HeldObjects(index, id -> data.resolve(id.value()));
        Files.createDirectory(data.resolve(ONE.value()));
        Files.createDirectory(data.resolve(TWO.value()));
    }

    @AfterEach
    void close() {
        index.close();
    }

    private static Held object(int n) {
        return new Held("%064x".formatted(n), n);
    }

    private Path file() {
        return data.resolve(ONE.value()).resolve(HeldFile.NAME);
    }

    @Test
    void aLineThatAKillHasTornIsCutAndTheNextOneIsWhole() throws Exception {
        held.holdAll(ONE, List.of(object(1), object(2)), NOW);
        held.release(ONE, List.of(object(1).sha256()));
        byte[] whole = Files.readAllBytes(file());
        for (int length = 0; length <= whole.length; length++) {
            Files.write(file(), Arrays.copyOf(whole, length));
            long lines = new String(whole, 0, length, java.nio.charset.StandardCharsets.US_ASCII)
                    .chars()
                    .filter(c -> c == '\n')
                    .count();
            held.restore(ONE);
            List<Held> left = switch ((int) lines) {
                case 0 -> List.<Held>of();
                case 1 -> List.of(object(1));
                case 2 -> List.of(object(1), object(2));
                default -> List.of(object(2));
            };
            assertThat(held.of(ONE)).as("cut at %s", length).isEqualTo(left);
            Files.write(file(), Arrays.copyOf(whole, length));
            held.hold(ONE, object(3).sha256(), 3, NOW);
            held.restore(ONE);
            assertThat(held.of(ONE))
                    .as("after %s", length)
                    .hasSize(left.size() + 1)
                    .contains(object(3));
        }
    }

    @Test
    void whatEarlierVersionsKeptInTheIndexAloneIsWrittenOnce() throws Exception {
        held.holdAll(ONE, List.of(object(1), object(2)), NOW);
        Files.delete(file());
        held.writeMissing();
        assertThat(Files.readAllLines(file())).hasSize(2);
        Files.delete(file());
        held.restore(ONE);
        assertThat(held.of(ONE)).containsExactly(object(1), object(2));
        Files.delete(file());
        held.hold(ONE, object(3).sha256(), 3, NOW);
        assertThat(Files.readAllLines(file())).hasSize(3);
    }

    @Test
    void whatCannotBeWrittenIsNotHeldAndStandsInNobodysWay() throws Exception {
        Files.delete(data.resolve(TWO.value()));
        assertThatThrownBy(() -> held.hold(TWO, object(1).sha256(), 1, NOW)).isInstanceOf(RuntimeException.class);
        assertThat(held.of(TWO)).isEmpty();
        held.hold(ONE, object(1).sha256(), 1, NOW);
        assertThat(held.of(ONE)).containsExactly(object(1));
    }

    @Test
    void manyAtOnceAreAllWritten() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, 200)
                    .forEach(n -> threads.submit(
                            () -> held.hold(n % 2 == 0 ? ONE : TWO, object(n).sha256(), n, NOW)));
        }
        assertThat(held.of(ONE)).hasSize(100);
        held.restore(ONE);
        held.restore(TWO);
        assertThat(held.of(ONE)).hasSize(100);
        assertThat(held.of(TWO)).hasSize(100);
    }

    @Test
    void aDamagedLineGivesNothing() throws Exception {
        held.holdAll(ONE, List.of(object(1), object(2)), NOW);
        Files.writeString(file(), Files.readString(file()).replaceFirst("\\+ 0", "+ x"));
        held.restore(ONE);
        assertThat(held.of(ONE)).containsExactly(object(2));
    }
}
