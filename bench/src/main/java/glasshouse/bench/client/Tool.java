package glasshouse.bench.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs the programs that people use. */
public final class Tool {
    private Tool() {}

    /** What a program said, and how long it took from start to end. */
    public record Done(String output, double seconds) {}

    /** Runs a program to its end; one that fails is an error, with what it said. */
    public static Done run(Path where, List<String> command, Map<String, String> environment, Path input)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(where.toFile())
                .redirectErrorStream(true)
                .redirectInput(input.toFile());
        builder.environment().putAll(environment);
        builder.environment().put("GIT_TERMINAL_PROMPT", "0");
        builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
        long started = System.nanoTime();
        Process process = builder.start();
        String output;
        try (InputStream out = process.getInputStream()) {
            output = new String(out.readAllBytes(), StandardCharsets.UTF_8);
        }
        int code = process.waitFor();
        double seconds = (System.nanoTime() - started) / 1e9;
        if (code != 0) {
            throw new IOException(String.join(" ", command) + " failed with " + code + ": " + output);
        }
        return new Done(output, seconds);
    }

    public static Done run(Path where, List<String> command) throws IOException, InterruptedException {
        return run(where, command, Map.of(), Path.of("/dev/null"));
    }

    /** Runs git; people and compression are set, so that nothing but git's own work is measured. */
    public static Done git(Path where, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "git",
                "-c",
                "user.name=ada",
                "-c",
                "user.email=ada@example.org",
                "-c",
                "core.compression=0",
                "-c",
                "gc.auto=0",
                "-c",
                "init.defaultBranch=main"));
        command.addAll(List.of(arguments));
        return run(where, command);
    }
}
