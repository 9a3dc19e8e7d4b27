package glasshouse.hub.index;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import javax.sql.DataSource;

/**
 * Whether a database has the tables of this version already: then Flyway need not be started, which takes a fifth of the time that
 * the server needs to start. It says so by Flyway's own record, checksum included, so that where anything differs Flyway decides.
 */
final class SchemaVersion {
    /** Where Flyway writes down what it did. */
    static final String TABLE = "schema_history";

    /** The last script of each database; a test holds it against the folder. */
    static final Map<String, String> LAST = Map.of("people", "V1__people.sql", "index", "V1__index.sql");

    private SchemaVersion() {}

    static boolean isCurrent(DataSource source, String name) {
        String script = LAST.getOrDefault(name, "");
        try (Connection connection = source.getConnection();
                PreparedStatement question =
                        connection.prepareStatement("SELECT checksum, success FROM " + TABLE + " WHERE script = ?")) {
            question.setString(1, script);
            try (ResultSet row = question.executeQuery()) {
                return row.next() && row.getBoolean("success") && row.getInt("checksum") == checksum(name, script);
            }
        } catch (SQLException notThere) {
            return false;
        }
    }

    /** As Flyway reckons it: CRC-32 of the lines, without what ends them. */
    private static int checksum(String name, String script) {
        try (InputStream in = SchemaVersion.class.getResourceAsStream("/db/" + name + "/" + script)) {
            if (in == null) {
                return 0;
            }
            CRC32 checksum = new CRC32();
            List<String> lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .toList();
            lines.forEach(line -> checksum.update(line.getBytes(StandardCharsets.UTF_8)));
            return (int) checksum.getValue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
