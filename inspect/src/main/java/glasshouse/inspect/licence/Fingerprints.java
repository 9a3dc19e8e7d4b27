package glasshouse.inspect.licence;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The texts that we know, from the table beside this class. */
final class Fingerprints {
    static final String TABLE = "fingerprints.tsv";

    static final List<Fingerprint> ALL = load();

    private Fingerprints() {}

    static Optional<Fingerprint> of(String id) {
        return ALL.stream().filter(one -> one.id().equals(id)).findFirst();
    }

    /** Reads a table; lines that start with {@code #} say where it comes from. */
    static List<Fingerprint> parse(String table) {
        return table.lines()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .map(Fingerprint::parse)
                .toList();
    }

    private static List<Fingerprint> load() {
        try (InputStream table = Fingerprints.class.getResourceAsStream(TABLE)) {
            if (table == null) {
                throw new IllegalStateException("the table of licences is missing from the program");
            }
            return parse(new String(table.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
