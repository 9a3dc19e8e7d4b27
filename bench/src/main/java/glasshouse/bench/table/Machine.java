package glasshouse.bench.table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What it was measured on: enough to judge the figures, and nothing that tells whose machine it is. */
public final class Machine {
    private Machine() {}

    public static String describe() throws IOException {
        return String.format(
                Locale.ROOT,
                "%s, %d cores, SHA-256 instructions: %s, %d GiB memory, Linux %s, JDK %s",
                after("/proc/cpuinfo", "model name").replaceAll("\\(.*?\\)", ""),
                Runtime.getRuntime().availableProcessors(),
                after("/proc/cpuinfo", "flags").contains("sha_ni") ? "yes" : "no",
                Math.round(Long.parseLong(after("/proc/meminfo", "MemTotal").split(" ")[0]) / 1048576.0),
                System.getProperty("os.version", "").replaceAll("-.*", ""),
                Runtime.version());
    }

    /** How many processes wanted a core in the last minute, on average. */
    public static double load() throws IOException {
        return Double.parseDouble(Files.readString(Path.of("/proc/loadavg")).split(" ")[0]);
    }

    private static String after(String file, String name) throws IOException {
        List<String> lines = Files.readAllLines(Path.of(file));
        return lines.stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("?");
    }
}
