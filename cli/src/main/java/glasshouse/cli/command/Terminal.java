package glasshouse.cli.command;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where a command reads and writes: the process's own streams, or a test's.
 *
 * @param out what was asked for
 * @param err everything else
 * @param in what is piped in
 * @param environment the environment variables
 * @param folder the folder that relative paths start from
 */
public record Terminal(PrintStream out, PrintStream err, InputStream in, Map<String, String> environment, Path folder) {
    public Terminal {
        environment = Map.copyOf(environment);
    }

    /** That of this process. */
    public static Terminal system() {
        return new Terminal(System.out, System.err, System.in, System.getenv(), Path.of(""));
    }
}
