package glasshouse.hub.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

class SchemaVersionTest {
    @TempDir
    Path folder;

    private SQLiteDataSource source(String name) {
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + folder.resolve(name + ".db"));
        return source;
    }

    private Database open(String name) {
        DatabaseConfig config = new DatabaseConfig.Embedded(folder);
        return name.equals("people") ? Database.people(config) : Database.index(config);
    }

    @Test
    void aDatabaseIsCurrentOnceItHasItsTables() {
        for (String name : SchemaVersion.LAST.keySet()) {
            assertThat(SchemaVersion.isCurrent(source(name), name)).isFalse();
            open(name).close();
            assertThat(SchemaVersion.isCurrent(source(name), name)).as(name).isTrue();
        }
    }

    @Test
    void tablesThatAnotherScriptMadeAreLeftToFlywayWhichRefusesThem() throws Exception {
        open("people").close();
        try (var connection = source("people").getConnection();
                var change = connection.createStatement()) {
            change.executeUpdate("UPDATE schema_history SET checksum = checksum + 1");
        }
        assertThat(SchemaVersion.isCurrent(source("people"), "people")).isFalse();
        assertThatThrownBy(() -> open("people")).isInstanceOf(FlywayException.class);
    }

    @Test
    void theLastScriptsAreTheLastInTheirFolders() throws Exception {
        for (String name : SchemaVersion.LAST.keySet()) {
            try (Stream<Path> scripts = Files.list(Path.of("src/main/resources/db", name))) {
                String last = scripts.map(script -> script.getFileName().toString())
                        .max(Comparator.comparingInt(
                                script -> Integer.parseInt(script.substring(1, script.indexOf('_')))))
                        .orElseThrow();
                assertThat(SchemaVersion.LAST).containsEntry(name, last);
            }
        }
    }
}
