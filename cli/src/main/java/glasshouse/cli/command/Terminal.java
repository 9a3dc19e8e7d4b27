package glasshouse.cli.command;

import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import java.io.ByteArrayOutputStream;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * Where a command reads and writes: the process's own streams, or a test's.
 *
 * @param out what was asked for
 * @param err everything else
 * @param in what is piped in
 * @param console where somebody can be asked, if anybody is there
 * @param environment the environment variables
 * @param folder the folder that relative paths start from
 */
public record Terminal(
        PrintStream out,
        PrintStream err,
        InputStream in,
        Optional<Console> console,
        Map<String, String> environment,
        Path folder) {
    private static final int MAX_SECRET_BYTES = 4096;

    public Terminal {
        environment = Map.copyOf(environment);
    }

    /** That of this process. */
    public static Terminal system() {
        return new Terminal(
                System.out,
                System.err,
                System.in,
                Optional.ofNullable(System.console()).filter(Console::isTerminal),
                System.getenv(),
                Path.of(""));
    }

    /** The first line of what is piped in. */
    String lineOfInput() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next;
        while ((next = in.read()) >= 0 && next != '\n' && line.size() < MAX_SECRET_BYTES) {
            line.write(next);
        }
        String text = line.toString(StandardCharsets.UTF_8);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    /** Asks for a new password, twice. */
    String newPassword() {
        Console asked = console.orElseThrow(() -> Problem.of(Code.INVALID, "there is nobody to ask for the password")
                .mend("pipe it in with --password-stdin")
                .refusal());
        char[] first = asked.readPassword("new password: ");
        char[] second = asked.readPassword("once more: ");
        if (first == null || !Arrays.equals(first, second)) {
            throw Problem.of(Code.INVALID, "the two are not the same").refusal();
        }
        return new String(first);
    }
}
