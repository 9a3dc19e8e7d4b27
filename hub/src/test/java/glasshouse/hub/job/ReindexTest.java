package glasshouse.hub.job;

import static glasshouse.hub.job.Workshop.text;
import static org.assertj.core.api.Assertions.assertThat;

import glasshouse.core.entry.RevisionId;
import glasshouse.core.entry.Visibility;
import glasshouse.hub.git.Description;
import glasshouse.hub.git.LfsPointer;
import glasshouse.hub.index.Database;
import glasshouse.hub.index.DatabaseConfig;
import glasshouse.hub.index.Entry;
import glasshouse.hub.testing.FakeClock;
import glasshouse.testkit.bytes.SafetensorsBytes;
import glasshouse.testkit.seed.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way back when the index is lost. */
class ReindexTest {
    /** When something was seen or done is no part of what it is; work is not derived. */
    private static final Set<String> TIMES = Set.of("observed_at", "finished_at");

    @TempDir
    Path data;

    private final FakeClock clock = new FakeClock(Instant.parse("2026-11-20T10:00:00Z"));

    /** Every row of every table of a database, sorted. */
    private Map<String, List<String>> dump(String database) throws SQLException {
        Map<String, List<String>> tables = new TreeMap<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + data.resolve(database))) {
            List<String> names = new ArrayList<>();
            try (var statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT name FROM sqlite_master WHERE type = 'table'")) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
            }
            names.removeIf(name -> name.equals("schema_history") || name.equals("job"));
            for (String name : names) {
                tables.put(name, rows(connection, name));
            }
        }
        return tables;
    }

    private static List<String> rows(Connection connection, String table) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (var statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT * FROM " + table)) {
            var columns = found.getMetaData();
            while (found.next()) {
                StringBuilder row = new StringBuilder();
                for (int i = 1; i <= columns.getColumnCount(); i++) {
                    if (!TIMES.contains(columns.getColumnName(i))) {
                        row.append(columns.getColumnName(i))
                                .append('=')
                                .append(found.getString(i))
                                .append(' ');
                    }
                }
                rows.add(row.toString());
            }
        }
        rows.sort(null);
        return rows;
    }

    private static void assertSame(Map<String, List<String>> now, Map<String, List<String>> before) {
        assertThat(now.keySet()).isEqualTo(before.keySet());
        now.forEach((table, rows) -> assertThat(rows).as(table).containsExactlyElementsOf(before.get(table)));
    }

    private void loseTheIndex() throws IOException {
        try (Stream<Path> files = Files.list(data)) {
            for (Path file : files.filter(f -> f.getFileName().toString().startsWith("index.db"))
                    .toList()) {
                Files.delete(file);
            }
        }
    }

    /** Entries with cards, weights, branches and tags, as a seed has it. */
    private static void fill(Workshop shop, SplittableRandom random, FakeClock clock) throws IOException {
        for (int i = 0; i < 4; i++) {
            Entry entry = shop.model("engine" + i);
            byte[] weights = new SafetensorsBytes()
                    .tensor("w", random.nextBoolean() ? "F16" : "BF16", 16, 1 + random.nextInt(50), 4)
                    .write();
            String card = "---\nlicense: " + (random.nextBoolean() ? "mit" : "apache-2.0") + "\ntags: [n" + i
                    + "]\n---\n# Engine " + i + "\n";
            shop.commit(
                    entry,
                    "main",
                    Map.of("README.md", text(card), "deep/model.safetensors", shop.large(entry, weights)));
            for (int branch = random.nextInt(3); branch > 0; branch--) {
                clock.advance(Duration.ofSeconds(random.nextInt(100)));
                shop.commit(entry, "step" + branch, Map.of("README.md", text(card + "step " + branch + "\n")));
            }
        }
    }

    @Test
    void theIndexAfterwardsIsTheIndexBefore() throws Exception {
        Seeds.check(3, random -> {
            Map<String, List<String>> index;
            Map<String, List<String>> people;
            try (Workshop shop = new Workshop(data, clock)) {
                fill(shop, random, clock);
                shop.background.queue().settle();
            }
            index = dump("index.db");
            people = dump("people.db");
            assertThat(index.get("evidence")).isNotEmpty();
            assertThat(index.get("held_object")).hasSize(4);
            loseTheIndex();
            clock.advance(Duration.ofDays(3));
            try (Workshop shop = new Workshop(data, clock)) {
                shop.background.queue().settle();
            }
            assertSame(dump("index.db"), index);
            assertSame(dump("people.db"), people);
            clearAll();
        });
    }

    private void clearAll() throws IOException {
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder())
                    .filter(f -> !f.equals(data))
                    .toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void reindexOfAnIndexThatIsThereChangesNothing() throws Exception {
        try (Workshop shop = new Workshop(data, clock)) {
            fill(shop, new SplittableRandom(7), clock);
            shop.background.queue().settle();
            Map<String, List<String>> before = dump("index.db");
            List<String> told = new ArrayList<>();
            assertThat(shop.background.reindex((done, total, what) -> told.add(what)))
                    .isEqualTo(4);
            assertSame(dump("index.db"), before);
            assertThat(told).isNotEmpty();
        }
    }

    @Test
    void aPointerIsNoPermissionAndWhatWasTakenAwayStaysAway() throws Exception {
        Entry owner;
        Entry guess;
        try (Workshop shop = new Workshop(data, clock)) {
            owner = shop.model("owner");
            guess = shop.model("guess");
            byte[] secret = shop.large(owner, text("secret"));
            byte[] gone = shop.large(owner, text("gone"));
            shop.commit(owner, "main", Map.of("secret.bin", secret, "gone.bin", gone));
            shop.commit(guess, "main", Map.of("secret.bin", secret));
            String sha = LfsPointer.parse(gone).orElseThrow().sha256().hex();
            shop.parts.held().release(owner.id(), List.of(sha));
            shop.background.reindex((done, total, what) -> {});
            assertThat(shop.parts.held().of(owner.id())).hasSize(1);
            assertThat(shop.parts.held().of(guess.id())).isEmpty();
        }
        loseTheIndex();
        try (Workshop shop = new Workshop(data, clock)) {
            assertThat(shop.parts.held().of(owner.id())).hasSize(1);
            assertThat(shop.parts.held().of(guess.id())).isEmpty();
        }
    }

    @Test
    void aRepositoryThatDoesNotSayWhatItIsComesBackPrivate() throws Exception {
        Entry entry;
        RevisionId head;
        try (Workshop shop = new Workshop(data, clock)) {
            entry = shop.model("engine");
            head = shop.commit(entry, "main", Map.of("README.md", text("# Secret engine\n")));
            Files.delete(shop.repo(entry).folder().resolve(Description.FILE));
        }
        loseTheIndex();
        try (Workshop shop = new Workshop(data, clock)) {
            Entry back = shop.again(entry);
            assertThat(back.name()).hasToString("recovered/" + entry.id());
            assertThat(back.visibility()).isEqualTo(Visibility.PRIVATE);
            assertThat(back.head().revision()).contains(head);
            assertThat(back.creatorId()).isEmpty();
        }
    }

    @Test
    void whatWasDeletedStaysDeleted() throws Exception {
        Entry entry;
        try (Workshop shop = new Workshop(data, clock)) {
            entry = shop.model("engine");
            shop.model("other");
            shop.parts
                    .governance()
                    .addDeleted(new glasshouse.hub.index.Governance.Deleted(
                            entry.id(),
                            entry.kind(),
                            entry.name().toString(),
                            Description.text(entry),
                            "ada",
                            clock.instant(),
                            clock.instant().plus(Duration.ofDays(7))));
            shop.parts.entries().remove(entry.id());
            shop.background.queue().add(new Task.CatchUp());
            shop.background.queue().settle();
            assertThat(shop.parts.entries().find(entry.id())).isEmpty();
        }
        loseTheIndex();
        try (Workshop shop = new Workshop(data, clock)) {
            assertThat(shop.parts.entries().find(entry.id())).isEmpty();
            assertThat(shop.parts.entries().ids()).hasSize(1);
        }
    }

    @Test
    void twoRepositoriesOfOneNameAreBothThere() throws Exception {
        Entry first;
        Entry second;
        try (Workshop shop = new Workshop(data, clock)) {
            first = shop.model("engine");
            clock.advance(Duration.ofSeconds(1));
            second = shop.model("motor");
            Description.write(shop.repo(second), second.with(first.name()));
        }
        loseTheIndex();
        try (Workshop shop = new Workshop(data, clock)) {
            assertThat(shop.again(first).name()).isEqualTo(first.name());
            assertThat(shop.again(second).name()).hasToString("recovered/" + second.id());
        }
    }

    @Test
    void aRepositoryThatTheIndexNeverSawIsTakenIn() throws Exception {
        try (Workshop shop = new Workshop(data, clock)) {
            Entry entry = shop.model("engine");
            shop.model("other");
            shop.parts.entries().remove(entry.id());
            shop.background.queue().add(new Task.CatchUp());
            shop.background.queue().settle();
            assertThat(shop.again(entry).name()).isEqualTo(entry.name());
            assertThat(shop.again(entry).head().files()).isEqualTo(1);
        }
    }

    @Test
    void aBrokenRepositoryDoesNotKeepTheOthersAway() throws Exception {
        Entry broken;
        Entry sound;
        Path objects;
        try (Workshop shop = new Workshop(data, clock)) {
            broken = shop.model("broken");
            sound = shop.model("sound");
            objects = shop.repo(broken).folder().resolve("objects");
        }
        try (Stream<Path> files = Files.walk(objects)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }
        loseTheIndex();
        try (Workshop shop = new Workshop(data, clock)) {
            assertThat(shop.again(broken).head().fault()).isPresent();
            assertThat(shop.again(sound).head().fault()).isEmpty();
            assertThat(shop.again(sound).head().revision()).isPresent();
        }
    }

    @Test
    void aCopyOfTheFolderTakenInTheMiddleOfAJobGoesOn(@TempDir Path copy) throws Exception {
        Entry entry;
        RevisionId head;
        try (Workshop shop = new Workshop(data, clock)) {
            entry = shop.model("engine");
            head = shop.commit(entry, "main", Map.of("README.md", text("# Engine\n")));
            try (Database index = Database.index(new DatabaseConfig.Embedded(data))) {
                // A worker has taken it, and will never end it.
                assertThat(new glasshouse.hub.index.Jobs(index).claim(clock.instant()))
                        .isPresent();
            }
            copy(data, copy);
        }
        try (Workshop next = new Workshop(copy, clock)) {
            next.background.queue().settle();
            assertThat(next.again(entry).head().files()).isEqualTo(2);
            assertThat(next.background.findings().of(next.again(entry), head).state())
                    .isInstanceOf(RevisionFindings.Done.class);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
    }
}
