package glasshouse.hub.filepage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CsvRowsTest {
    @Test
    void quotedCellsHoldSeparatorsLinesAndQuotes() {
        CsvRows rows = CsvRows.of("a,b\r\n\"x, \"\"y\"\"\",\"one\ntwo\"\r\n3,\r\n", ',', 0, 10);
        assertThat(rows.columns()).containsExactly("a", "b");
        assertThat(rows.rows()).containsExactly(List.of("x, \"y\"", "one\ntwo"), List.of("3", ""));
        assertThat(rows.total()).isEqualTo(2);
    }

    @Test
    void aPageOfRows() {
        StringBuilder text = new StringBuilder("n\n");
        for (int i = 0; i < 120; i++) {
            text.append(i).append('\n');
        }
        CsvRows rows = CsvRows.of(text.toString(), ',', 100, 50);
        assertThat(rows.rows()).hasSize(20).startsWith(List.of("100"));
        assertThat(rows.total()).isEqualTo(120);
    }

    @Test
    void whatIsNotQuiteCsvEndsAllTheSame() {
        assertThat(CsvRows.of("a\n\"never closed", ',', 0, 10).rows()).containsExactly(List.of("never closed"));
        assertThat(CsvRows.of("a\n\"x\"y,z", ',', 0, 10).rows()).containsExactly(List.of("x", "z"));
        assertThat(CsvRows.of("", ',', 0, 10).columns()).isEmpty();
    }

    @Test
    void widthIsBounded() {
        CsvRows rows = CsvRows.of("x,".repeat(5_000) + "\n" + "y".repeat(10_000), ',', 0, 10);
        assertThat(rows.columns()).hasSize(100);
        assertThat(rows.rows().getFirst().getFirst()).hasSize(301);
    }
}
