package glasshouse.hub.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ThrottleTest {
    private static final Throttle.Policy POLICY =
            new Throttle.Policy(3, Duration.ofSeconds(1), Duration.ofSeconds(8), Duration.ofHours(1));

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final Throttle throttle = new Throttle(POLICY, 100, now::get);

    private void pass(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }

    @Test
    void letsTheFreeAttemptsThroughAndThenMakesEachWaitTwiceAsLong() {
        for (int i = 0; i < POLICY.free(); i++) {
            assertThat(throttle.begin("ada")).isEmpty();
        }
        for (long wait : new long[] {1, 2, 4, 8, 8}) {
            assertThat(throttle.begin("ada")).contains(Duration.ofSeconds(wait));
            pass(Duration.ofSeconds(wait).minusMillis(1));
            assertThat(throttle.begin("ada")).contains(Duration.ofMillis(1));
            pass(Duration.ofMillis(1));
            assertThat(throttle.begin("ada")).isEmpty();
        }
    }

    @Test
    void oneKeyDoesNotSlowAnother() {
        for (int i = 0; i < 3; i++) {
            assertThat(throttle.begin("ada")).isEmpty();
        }
        assertThat(throttle.begin("ada")).isPresent();
        assertThat(throttle.begin("bob")).isEmpty();
    }

    @Test
    void aKeyStartsAnewAfterALongQuietAndAfterARightAttempt() {
        for (int i = 0; i < 3; i++) {
            assertThat(throttle.begin("ada")).isEmpty();
            assertThat(throttle.begin("bob")).isEmpty();
        }
        throttle.forget("bob");
        assertThat(throttle.begin("bob")).isEmpty();
        assertThat(throttle.begin("bob")).isEmpty();
        pass(Duration.ofHours(1));
        assertThat(throttle.begin("ada")).isEmpty();
        assertThat(throttle.begin("ada")).isEmpty();
    }

    @Test
    void aRightAttemptTakesBackItselfOnly() {
        assertThat(throttle.begin("here")).isEmpty();
        assertThat(throttle.begin("here")).isEmpty();
        assertThat(throttle.begin("here")).isEmpty();
        throttle.takeBack("here");
        assertThat(throttle.begin("here")).isEmpty();
        assertThat(throttle.begin("here")).isPresent();
    }

    @Test
    void remembersNoMoreKeysThanItMay() {
        for (int i = 0; i < 1000; i++) {
            assertThat(throttle.begin("key " + i)).isEmpty();
        }
        assertThat(throttle.size()).isEqualTo(100);
    }
}
