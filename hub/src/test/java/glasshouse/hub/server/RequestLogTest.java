package glasshouse.hub.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestLogTest {
    @TempDir
    Path folder;

    @Test
    void everyLineIsInTheFileOrInThoseThatWerePutAsideAndOldOnesGo() throws Exception {
        Path file = folder.resolve("logs/requests.jsonl");
        try (RequestLog log = new RequestLog(new RequestLogConfig(Optional.of(file), 1000, 2, true), System.err)) {
            log.start();
            for (int i = 0; i < 350; i++) {
                log.accept("line %03d".formatted(i));
            }
        }
        List<String> lines = new ArrayList<>();
        for (String name : List.of("requests.jsonl.2", "requests.jsonl.1", "requests.jsonl")) {
            lines.addAll(Files.readAllLines(file.resolveSibling(name)));
        }
        // Nine bytes a line: 112 to a file; the first of the three files put aside is gone.
        assertThat(lines).hasSize(350 - 112).last().isEqualTo("line 349");
        assertThat(lines.getFirst()).isEqualTo("line 112");
        try (Stream<Path> files = Files.list(file.getParent())) {
            assertThat(files).hasSize(3);
        }
    }

    @Test
    void aFileThatCannotBePutAsideIsWrittenOn() throws Exception {
        Path file = folder.resolve("requests.jsonl");
        // A folder that is not empty is not replaced by a file.
        Files.createDirectories(folder.resolve("requests.jsonl.1/inside"));
        try (RequestLog log = new RequestLog(new RequestLogConfig(Optional.of(file), 100, 1, true), System.err)) {
            log.start();
            for (int i = 0; i < 50; i++) {
                log.accept("line %03d".formatted(i));
            }
        }
        assertThat(Files.readAllLines(file)).hasSize(50).last().isEqualTo("line 049");
    }

    @Test
    void withoutAFileLinesGoToTheStreamAndSwitchedOffNowhere() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        try (RequestLog log = new RequestLog(new RequestLogConfig(Optional.empty(), 1000, 2, true), stream);
                RequestLog off = new RequestLog(new RequestLogConfig(Optional.empty(), 1000, 2, false), stream)) {
            log.start();
            off.start();
            log.accept("kept");
            off.accept("not kept");
        }
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualToIgnoringNewLines("kept");
    }
}
