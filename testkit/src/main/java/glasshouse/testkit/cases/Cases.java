package glasshouse.testkit.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The golden cases of a unit: {@code src/test/cases/<Unit>/<case>/}, seen from the folder of the module under test. */
public final class Cases {
    private static final Path ROOT = Path.of("src", "test", "cases");

    private Cases() {}

    /** Whether this run writes expectations and does not check them. */
    public static boolean accepting() {
        return System.getProperty("cases", "check").equals("accept");
    }

    /** The folders of the cases of a unit, by name; a unit without cases is a fault of the test. */
    public static List<Path> of(String unit) throws IOException {
        try (Stream<Path> folders = Files.list(ROOT.resolve(unit))) {
            List<Path> cases = folders.filter(Files::isDirectory).sorted().toList();
            assertThat(cases).as("cases of " + unit).isNotEmpty();
            return cases;
        }
    }

    /** One case, whether its folder is there yet or not. */
    public static Path of(String unit, String name) {
        return ROOT.resolve(unit).resolve(name);
    }

    /** Holds an output against the expected file; writes that file where expectations are being accepted. */
    public static void expect(Path file, String actual) throws IOException {
        if (accepting()) {
            Path folder = file.getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.writeString(file, actual);
            return;
        }
        assertThat(file).as("expected file; -Dcases=accept writes it").exists();
        assertThat(actual).as(file + "; -Dcases=accept rewrites it").isEqualTo(Files.readString(file));
    }
}
