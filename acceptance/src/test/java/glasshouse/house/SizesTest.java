package glasshouse.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How large a file, a line, a method and a package may be; and that every package says what it is. */
class SizesTest {
    private static final int FILE_LINES = 500;
    private static final int LINE_CHARACTERS = 140;
    private static final int METHOD_LINES = 70;
    private static final int PACKAGE_FILES = 25;

    private static final Path ROOT = Path.of(Objects.requireNonNull(System.getProperty("glasshouse.root")));

    private static List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String module : List.of("format", "core", "store", "inspect", "hub", "cli")) {
            Path main = ROOT.resolve(module).resolve("src/main/java");
            try (Stream<Path> files = Files.walk(main)) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
            }
        }
        assertThat(sources).hasSizeGreaterThan(100);
        return sources;
    }

    private static String name(Path source) {
        return ROOT.relativize(source).toString();
    }

    @Test
    void noFileIsLongerThanAReaderCanHold() throws IOException {
        List<String> long_ = new ArrayList<>();
        for (Path source : sources()) {
            int lines = Files.readAllLines(source).size();
            if (lines > FILE_LINES) {
                long_.add(name(source) + " has " + lines + " lines");
            }
        }
        assertThat(long_).isEmpty();
    }

    @Test
    void noLineIsLongerThanAScreen() throws IOException {
        List<String> wide = new ArrayList<>();
        for (Path source : sources()) {
            List<String> lines = Files.readAllLines(source);
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).length() > LINE_CHARACTERS) {
                    wide.add(name(source) + ":" + (i + 1));
                }
            }
        }
        assertThat(wide).isEmpty();
    }

    /** Counts from a line that opens a body at the depth of a member to the line that closes it: the formatter sees to the form. */
    @Test
    void noMethodIsLongerThanAThought() throws IOException {
        List<String> long_ = new ArrayList<>();
        for (Path source : sources()) {
            List<String> lines = Files.readAllLines(source);
            int opened = -1;
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i);
                boolean member = line.matches(" {4}(?! )(?!.*\\b(class|record|enum|interface)\\b).*");
                if (member && line.contains("(") && !line.endsWith(";")) {
                    opened = i;
                }
                if (line.equals("    }") && opened >= 0) {
                    // The wiring of the hub is one list, read from top to bottom: cut in pieces it would be harder to
                    // follow.
                    boolean wiring =
                            source.endsWith("Hub.java") && lines.get(opened).contains("private Hub(");
                    if (i - opened + 1 > METHOD_LINES && !wiring) {
                        long_.add(name(source) + ":" + (opened + 1) + " has " + (i - opened + 1) + " lines");
                    }
                    opened = -1;
                }
            }
        }
        assertThat(long_).isEmpty();
    }

    @Test
    void everyPackageSaysWhatItIsAndIsNoWarehouse() throws IOException {
        Map<Path, Integer> files = new TreeMap<>();
        for (Path source : sources()) {
            files.merge(Objects.requireNonNull(source.getParent()), 1, Integer::sum);
        }
        List<String> faults = new ArrayList<>();
        files.forEach((folder, count) -> {
            Path info = folder.resolve("package-info.java");
            if (!Files.exists(info)) {
                faults.add(name(folder) + " has no package-info.java");
            }
            if (count > PACKAGE_FILES + 1) {
                faults.add(name(folder) + " has " + count + " files");
            }
            if (ROOT.relativize(folder).getNameCount() > 7) {
                faults.add(name(folder) + " is a third layer");
            }
        });
        assertThat(faults).isEmpty();
    }
}
