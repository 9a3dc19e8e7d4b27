package glasshouse.hub.lfs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PartPlanTest {
    @Test
    void partsCoverAFileWithoutGapOrOverlap() {
        PartPlan plan = new PartPlan(100, 10, 7);
        for (long size = 1; size < 500; size++) {
            long at = 0;
            int parts = plan.parts(size);
            assertThat(parts).isLessThanOrEqualTo(7).isEqualTo((int) Math.ceilDiv(size, plan.partBytes(size)));
            for (int part = 1; part <= parts; part++) {
                assertThat(plan.offset(size, part)).isEqualTo(at);
                assertThat(plan.length(size, part)).isPositive();
                at += plan.length(size, part);
            }
            assertThat(at).isEqualTo(size);
        }
    }
}
