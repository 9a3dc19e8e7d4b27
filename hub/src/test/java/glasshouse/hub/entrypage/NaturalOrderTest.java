package glasshouse.hub.entrypage;

import static org.assertj.core.api.Assertions.assertThat;

import glasshouse.testkit.seed.Seeds;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NaturalOrderTest {
    @Test
    void numbersCountAsNumbers() {
        List<String> names = new ArrayList<>(
                List.of("step10000", "step2000", "main", "step1000", "step143000-sft", "step143000", "v0.10", "v0.9"));
        names.sort(NaturalOrder.INSTANCE);
        assertThat(names)
                .containsExactly(
                        "main", "step1000", "step2000", "step10000", "step143000", "step143000-sft", "v0.9", "v0.10");
    }

    @Test
    void isAnOrder() {
        Seeds.check(200, random -> {
            List<String> names = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                StringBuilder name = new StringBuilder();
                for (int j = random.nextInt(1, 6); j > 0; j--) {
                    name.append("a01-9".charAt(random.nextInt(5)));
                }
                names.add(name.toString());
            }
            for (String a : names) {
                for (String b : names) {
                    int ab = NaturalOrder.INSTANCE.compare(a, b);
                    assertThat(ab == 0).as(a + " " + b).isEqualTo(a.equals(b));
                    assertThat(Integer.signum(ab)).isEqualTo(-Integer.signum(NaturalOrder.INSTANCE.compare(b, a)));
                    for (String c : names) {
                        if (ab < 0 && NaturalOrder.INSTANCE.compare(b, c) < 0) {
                            assertThat(NaturalOrder.INSTANCE.compare(a, c))
                                    .as(a + " " + b + " " + c)
                                    .isNegative();
                        }
                    }
                }
            }
        });
    }

    @Test
    void anyLengthOfNumber() {
        assertThat(NaturalOrder.INSTANCE.compare("s" + "9".repeat(50), "s1" + "0".repeat(50)))
                .isNegative();
    }
}
