package glasshouse.store.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glasshouse.store.object.Intake;
import glasshouse.store.object.ObjectMismatch;
import glasshouse.store.object.ObjectStore;
import glasshouse.store.object.OnDamage;
import glasshouse.store.object.Samples;
import glasshouse.store.object.Sha256;
import glasshouse.store.object.Stored;
import glasshouse.store.object.Verification;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What everything that takes uploads in parts does. */
public interface PartialObjectsContract {
    UploadId ID = new UploadId("0123456789abcdef");

    ObjectStore store() throws IOException;

    PartialObjects parts() throws IOException;

    /** As after a restart of the process. */
    PartialObjects reopened() throws IOException;

    /** What lies about of uploads that are not finished. */
    int leftovers() throws IOException;

    static UploadPlan plan(byte[] bytes, int partSize) {
        return new UploadPlan(Samples.named(bytes).sha256(), bytes.length, partSize);
    }

    static Part put(PartialObjects parts, UploadId id, byte[] bytes, int number) throws IOException {
        UploadPlan plan = parts.plan(id).orElseThrow();
        try (PartWriter writer = parts.put(id, number)) {
            byte[] part = Samples.cut(bytes, (int) plan.offsetOf(number), (int) plan.sizeOf(number));
            Samples.writeInOddPieces(writer, part, new Random(number));
            return writer.commit();
        }
    }

    private void putAll(UploadId id, byte[] bytes) throws IOException {
        for (int number = 1; number <= parts().plan(id).orElseThrow().parts(); number++) {
            put(parts(), id, bytes, number);
        }
    }

    @Test
    default void puts_together_parts_in_any_order() throws IOException {
        long start = Long.getLong("seed", System.nanoTime());
        for (long seed = start; seed < start + Integer.getInteger("seeds", 5); seed++) {
            Random random = new Random(seed);
            byte[] bytes = Samples.bytes(seed, 1 + random.nextInt(2_000_000));
            UploadPlan plan = plan(bytes, 1 + bytes.length / (1 + random.nextInt(10)));
            parts().begin(ID, plan);
            List<Integer> numbers = new ArrayList<>(
                    IntStream.rangeClosed(1, plan.parts()).boxed().toList());
            Collections.shuffle(numbers, random);
            for (int number : numbers) {
                assertThat(put(parts(), ID, bytes, number).sizeBytes()).isEqualTo(plan.sizeOf(number));
            }
            assertThat(parts().assemble(ID)).as("seed %d", seed).isEqualTo(Samples.named(bytes));
            assertThat(Samples.read(store(), plan.sha256())).as("seed %d", seed).isEqualTo(bytes);
            assertThat(parts().plan(ID)).isEmpty();
            assertThat(leftovers()).isZero();
        }
    }

    @Test
    default void many_parts_come_at_once() throws Exception {
        byte[] bytes = Samples.bytes(1, 3_000_000);
        parts().begin(ID, plan(bytes, 100_001));
        try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Part>> all = IntStream.rangeClosed(1, 30)
                    .mapToObj(number -> senders.submit(() -> put(parts(), ID, bytes, number)))
                    .toList();
            for (Future<Part> one : all) {
                one.get();
            }
        }
        assertThat(parts().assemble(ID)).isEqualTo(Samples.named(bytes));
    }

    @Test
    default void lists_what_is_there_also_after_a_restart() throws IOException {
        byte[] bytes = Samples.bytes(2, 1000);
        parts().begin(ID, plan(bytes, 300));
        Part third = put(parts(), ID, bytes, 3);
        Part fourth = put(parts(), ID, bytes, 4);
        assertThat(third.etag()).matches("[0-9a-f]{8}-300");
        assertThat(parts().parts(ID)).containsExactly(third, fourth);
        PartialObjects later = reopened();
        later.begin(ID, plan(bytes, 300));
        assertThat(later.parts(ID)).containsExactly(third, fourth);
        assertThatThrownBy(() -> later.assemble(ID))
                .isInstanceOfSatisfying(
                        MissingParts.class,
                        missing -> assertThat(missing.numbers()).containsExactly(1, 2));
        put(later, ID, bytes, 1);
        put(later, ID, bytes, 2);
        assertThat(later.assemble(ID)).isEqualTo(Samples.named(bytes));
    }

    @Test
    default void a_part_can_be_sent_again_and_the_last_one_counts() throws IOException {
        byte[] bytes = Samples.bytes(3, 1000);
        parts().begin(ID, plan(bytes, 300));
        putAll(ID, Samples.bytes(4, 1000));
        putAll(ID, bytes);
        putAll(ID, bytes);
        assertThat(parts().assemble(ID)).isEqualTo(Samples.named(bytes));
    }

    @Test
    default void a_request_that_wakes_up_late_changes_nothing() throws IOException {
        byte[] bytes = Samples.bytes(5, 1_000_000);
        byte[] other = Samples.bytes(6, 600_000);
        parts().begin(ID, plan(bytes, 600_000));
        PartWriter stalled = parts().put(ID, 1);
        stalled.write(other, 0, 300_000);
        putAll(ID, bytes);
        assertThatThrownBy(() -> stalled.write(other, 300_000, 300_000)).hasMessageContaining("later request");
        PartWriter another = parts().put(ID, 1);
        put(parts(), ID, bytes, 1);
        Stored stored = parts().assemble(ID);
        assertThatThrownBy(() -> another.write(other, 0, 600_000)).isInstanceOf(UnknownUpload.class);
        stalled.close();
        another.close();
        assertThat(store().verify(stored.sha256(), OnDamage.REPORT)).isEqualTo(new Verification.Whole(1_000_000));
    }

    @Test
    default void a_part_that_is_given_up_is_not_there() throws IOException {
        byte[] bytes = Samples.bytes(7, 1_000_000);
        parts().begin(ID, plan(bytes, 600_000));
        putAll(ID, bytes);
        try (PartWriter writer = parts().put(ID, 1)) {
            writer.write(bytes, 0, 500_000);
            assertThatThrownBy(writer::commit).isInstanceOf(ObjectMismatch.class);
        }
        assertThatThrownBy(() -> parts().assemble(ID)).isInstanceOf(MissingParts.class);
        put(parts(), ID, bytes, 1);
        assertThat(parts().assemble(ID)).isEqualTo(Samples.named(bytes));
    }

    @Test
    default void parts_have_the_size_that_was_announced() throws IOException {
        byte[] bytes = Samples.bytes(8, 1000);
        parts().begin(ID, plan(bytes, 600));
        try (Intake writer = parts().put(ID, 2)) {
            assertThatThrownBy(() -> writer.write(bytes, 0, 401)).isInstanceOf(ObjectMismatch.class);
        }
        assertThatThrownBy(() -> parts().put(ID, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> parts().put(ID, 3)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> parts().begin(ID, plan(bytes, 500))).isInstanceOf(IllegalArgumentException.class);
        assertThat(parts().parts(ID)).isEmpty();
    }

    @Test
    default void keeps_nothing_of_an_upload_that_lies() throws IOException {
        byte[] bytes = Samples.bytes(9, 1000);
        Sha256 claimed = Samples.named(new byte[] {1}).sha256();
        parts().begin(ID, new UploadPlan(claimed, 1000, 600));
        putAll(ID, bytes);
        assertThatThrownBy(() -> parts().assemble(ID))
                .isInstanceOfSatisfying(
                        ObjectMismatch.class,
                        lie -> assertThat(lie.actualSha256())
                                .hasValue(Samples.named(bytes).sha256()));
        assertThat(store().contains(claimed)).isFalse();
        assertThat(leftovers()).isZero();
        assertThatThrownBy(() -> parts().assemble(ID)).isInstanceOf(UnknownUpload.class);
    }

    @Test
    default void does_not_know_what_was_not_begun_or_is_aborted() throws IOException {
        assertThatThrownBy(() -> parts().put(ID, 1)).isInstanceOf(UnknownUpload.class);
        assertThatThrownBy(() -> parts().parts(ID)).isInstanceOf(UnknownUpload.class);
        assertThatThrownBy(() -> parts().assemble(ID)).isInstanceOf(UnknownUpload.class);
        assertThat(parts().abort(ID)).isFalse();
        byte[] bytes = Samples.bytes(10, 1000);
        parts().begin(ID, plan(bytes, 600));
        PartWriter writer = parts().put(ID, 1);
        assertThat(parts().abort(ID)).isTrue();
        assertThatThrownBy(() -> {
                    writer.write(bytes, 0, 600);
                    writer.commit();
                })
                .isInstanceOf(UnknownUpload.class);
        assertThat(leftovers()).isZero();
        // The same name again is a new upload.
        parts().begin(ID, plan(bytes, 500));
        putAll(ID, bytes);
        assertThat(parts().assemble(ID)).isEqualTo(Samples.named(bytes));
    }

    @Test
    default void names_and_plans_are_checked() {
        for (String name : List.of("", "short", "../../etc", "ABCDEFGH", "abcdefg/", "abcdefg\0", "a".repeat(65))) {
            assertThatThrownBy(() -> new UploadId(name)).isInstanceOf(IllegalArgumentException.class);
        }
        Sha256 any = Sha256.OF_NOTHING;
        assertThat(new UploadPlan(any, 10_000, 1).parts()).isEqualTo(10_000);
        assertThat(new UploadPlan(any, Long.MAX_VALUE, Long.MAX_VALUE).parts()).isEqualTo(1);
        assertThatThrownBy(() -> new UploadPlan(any, 10_001, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new UploadPlan(any, 0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new UploadPlan(any, 1, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
