package glasshouse.bench;

import glasshouse.bench.row.BranchesRow;
import glasshouse.bench.row.FilesRow;
import glasshouse.bench.row.PushesRow;
import glasshouse.bench.row.RequestsRow;
import glasshouse.bench.row.StartRow;
import glasshouse.bench.row.StreamRow;
import glasshouse.bench.row.TransferRow;
import glasshouse.bench.row.UploadRow;
import glasshouse.bench.table.Figure;
import glasshouse.bench.table.Machine;
import glasshouse.bench.table.Results;
import glasshouse.bench.table.Results.Circumstances;
import glasshouse.bench.table.Row;
import glasshouse.bench.table.Setting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures rows of the table and writes it. Arguments: names of rows, none for all of them; {@code --full} for the sizes that the
 * goals speak of; {@code --trial} to print the figures and write nothing. Where to work: {@code -Dbench.disk} and {@code
 * -Dbench.memory}.
 */
public final class Bench {
    private static final List<Row> ROWS = List.of(
            new TransferRow(),
            new UploadRow(),
            new RequestsRow(),
            new StartRow(),
            new FilesRow(),
            new BranchesRow(),
            new PushesRow(),
            new StreamRow());

    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        List<String> asked = new ArrayList<>(List.of(arguments));
        boolean full = asked.remove("--full");
        boolean trial = asked.remove("--trial");
        List<String> names = ROWS.stream().map(Row::name).toList();
        if (!names.containsAll(asked)) {
            System.err.println("bench/run [--full] [--trial] [row …]   rows: " + String.join(" ", names));
            System.exit(2);
        }
        Path root = Path.of(System.getProperty("bench.root", ".")).toAbsolutePath();
        Setting setting = new Setting(
                full,
                Files.createTempDirectory(Path.of(System.getProperty("bench.disk", "/var/tmp")), "bench"),
                Files.createTempDirectory(Path.of(System.getProperty("bench.memory", "/dev/shm")), "bench"),
                root);
        Results results = new Results(root.resolve("bench"));
        boolean failed = false;
        for (Row row : ROWS) {
            if (asked.isEmpty() || asked.contains(row.name())) {
                failed |= !measure(row, setting, results, trial);
            }
        }
        Setting.remove(setting.disk());
        Setting.remove(setting.memory());
        System.exit(failed ? 1 : 0);
    }

    /** A row that fails is told, and the others are measured all the same. */
    private static boolean measure(Row row, Setting setting, Results results, boolean trial) throws Exception {
        System.out.println(row.name() + ": " + row.about());
        Circumstances circumstances = new Circumstances(
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                Machine.describe(),
                Machine.load(),
                setting.full());
        try {
            List<Figure> figures = row.measure(setting);
            figures.forEach(figure -> System.out.println(Results.line(figure)));
            if (!trial) {
                results.add(row, circumstances, figures);
                results.write(ROWS);
            }
            return true;
        } catch (Exception e) {
            System.out.println("  failed: " + e);
            e.printStackTrace();
            return false;
        } finally {
            setting.clean();
        }
    }
}
