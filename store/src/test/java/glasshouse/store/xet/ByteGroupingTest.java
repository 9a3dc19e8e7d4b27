package glasshouse.store.xet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ByteGroupingTest {
    @Test
    void bytesThatAreFourApartComeTogether() {
        byte[] out = new byte[10];
        ByteGrouping.group(new byte[] {9, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, 1, 10, out, 0);
        assertThat(out).containsExactly(0, 4, 8, 1, 5, 9, 2, 6, 3, 7);
    }

    @Test
    void everyLengthComesBack() {
        for (int length = 0; length < 70; length++) {
            byte[] in = new byte[length + 3];
            for (int i = 0; i < in.length; i++) {
                in[i] = (byte) (i + 1);
            }
            byte[] grouped = new byte[length + 5];
            ByteGrouping.group(in, 3, length, grouped, 5);
            byte[] back = new byte[length + 2];
            ByteGrouping.ungroup(grouped, 5, length, back, 2);
            assertThat(Arrays.copyOfRange(back, 2, back.length)).isEqualTo(Arrays.copyOfRange(in, 3, in.length));
        }
    }
}
