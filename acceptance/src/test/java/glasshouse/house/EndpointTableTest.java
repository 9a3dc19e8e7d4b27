package glasshouse.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of what the Hub's clients can call names tests that there are. */
class EndpointTableTest {
    private static final Path ROOT = Path.of(Objects.requireNonNull(System.getProperty("glasshouse.root")));
    private static final Pattern CLASS = Pattern.compile("\\b[A-Z][A-Za-z]+Test\\b");
    private static final Pattern SCENARIO = Pattern.compile("\\*([^*]+)\\*");

    @Test
    void everyRowNamesTestsThatThereAre() throws IOException {
        Set<String> classes = classes();
        String scenarios = scenarios();
        List<String> faults = new ArrayList<>();
        List<String> rows = Files.readAllLines(ROOT.resolve("docs/reference/hub-endpoints.md")).stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| request"))
                .toList();
        assertThat(rows).hasSizeGreaterThan(30);
        for (String row : rows) {
            String tests = row.substring(row.lastIndexOf('|', row.length() - 2) + 1);
            Matcher named = CLASS.matcher(tests);
            boolean any = tests.contains("hub.mjs") || tests.contains("hub.py");
            while (named.find()) {
                any = true;
                if (!classes.contains(named.group())) {
                    faults.add(named.group() + " in " + row);
                }
            }
            Matcher scenario = SCENARIO.matcher(tests);
            while (scenario.find()) {
                String name = scenario.group(1).replaceAll(" ?….*", "").toLowerCase(Locale.ROOT);
                if (!scenarios.contains(name)) {
                    faults.add(scenario.group() + " in " + row);
                }
            }
            if (!any) {
                faults.add("no test in " + row);
            }
        }
        assertThat(faults).isEmpty();
    }

    private static Set<String> classes() throws IOException {
        Set<String> classes = new HashSet<>();
        for (String module : List.of("hub", "acceptance")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
                files.map(file -> file.getFileName().toString())
                        .filter(name -> name.endsWith("Test.java"))
                        .forEach(name -> classes.add(name.substring(0, name.length() - ".java".length())));
            }
        }
        return classes;
    }

    /** What the scenarios of both clients are called, as a reader would say it. */
    private static String scenarios() throws IOException {
        String python =
                Files.readString(ROOT.resolve("acceptance/clients/hub.py")).replace('_', ' ');
        return (Files.readString(ROOT.resolve("acceptance/clients/hub.mjs")) + python).toLowerCase(Locale.ROOT);
    }
}
