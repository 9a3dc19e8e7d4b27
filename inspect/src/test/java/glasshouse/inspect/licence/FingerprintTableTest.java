package glasshouse.inspect.licence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import glasshouse.testkit.cases.Cases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Computes the table of fingerprints from the texts and holds the committed one against it. The texts are no part of this
 * repository; where they are absent this is skipped. {@code -Dcases=accept} rewrites the table.
 */
class FingerprintTableTest {
    private static final Path TABLE =
            Path.of("src/main/resources/glasshouse/inspect/licence").resolve(Fingerprints.TABLE);

    private static final String HEAD = """
            # Fingerprints of licence texts: id, name, shingles, segments, sample (see Fingerprint.java). Computed by
            # FingerprintTableTest from texts that are not part of this repository; each text belongs to its author.
            # Collected in: aboutcode-org/scancode-licensedb @ 053a651f (CC-BY-4.0, https://scancode-licensedb.aboutcode.org, 95 texts);
            # Xtra-Computing/ModelGo @ efe34fe9 (Apache-2.0, MG licences, 8 texts); OpenMDW/OpenMDW @ b26b32b3 (CC-BY-4.0, OpenMDW 1.1).
            """;

    static Path texts() {
        return Path.of(System.getProperty("glasshouse.root", "..")).resolve("../shared/data/licences");
    }

    @Test
    void theCommittedTableIsComputedFromTheTexts() throws IOException {
        assumeTrue(Files.isDirectory(texts()), "the licence texts are not on this machine");
        StringBuilder table = new StringBuilder(HEAD);
        for (Fingerprint one : computed()) {
            table.append(one.print()).append('\n');
        }
        Cases.expect(TABLE, table.toString());
        assertThat(table.length()).as("bytes of the table").isLessThan(400_000);
    }

    static List<Fingerprint> computed() throws IOException {
        List<Fingerprint> all = new ArrayList<>();
        for (String row : Files.readAllLines(texts().resolve("index.csv")).stream()
                .skip(1)
                .toList()) {
            List<String> cells = cells(row);
            all.add(Fingerprint.of(cells.get(0), cells.get(2), Files.readString(texts().resolve(cells.get(1)))));
        }
        return all;
    }

    private static List<String> cells(String row) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < row.length(); i++) {
            char c = row.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString());
        return cells;
    }
}
