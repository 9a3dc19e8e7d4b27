package glasshouse.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs every command of the documentation: the blocks marked {@code sh}, in the order in which a reader meets them. */
class DocsTest {
    /** Each list is read by somebody who has read what stands before it. */
    private static final List<List<String>> READERS = List.of(
            List.of(
                    "README.md",
                    "docs/guides/publish.md",
                    "docs/guides/people.md",
                    "docs/guides/gated.md",
                    "docs/guides/operate.md"),
            List.of("docs/start.md"));

    @TempDir
    Path folder;

    @Test
    void everyDocumentWithCommandsHasAReader() throws IOException {
        List<String> read = READERS.stream().flatMap(List::stream).toList();
        try (Stream<Path> files = Files.walk(Tools.ROOT.resolve("docs"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".md")).toList()) {
                if (!blocks(Files.readString(file)).isEmpty()) {
                    assertThat(read).contains(Tools.ROOT.relativize(file).toString());
                }
            }
        }
    }

    @Test
    void theReadmeAndTheGuidesWork() throws Exception {
        follow(READERS.get(0));
    }

    @Test
    void theTutorialWorks() throws Exception {
        follow(READERS.get(1));
    }

    private void follow(List<String> documents) throws Exception {
        Tools.require("git-lfs");
        Path place = Files.createDirectory(folder.resolve("reader"));
        try (Server server = Server.start(place.resolve("data"))) {
            Path launcher = place.resolve("glasshouse");
            Files.writeString(launcher, "#!/bin/sh\nexec " + String.join(" ", Server.java()) + " \"$@\"\n");
            assertThat(launcher.toFile().setExecutable(true)).isTrue();
            StringBuilder script = new StringBuilder("set -eu\n");
            for (String document : documents) {
                for (String block : blocks(Files.readString(Tools.ROOT.resolve(document)))) {
                    if (!block.strip().equals("./glasshouse serve")) {
                        script.append(block.replace("127.0.0.1:8080", server.host()))
                                .append('\n');
                    }
                }
            }
            Path file = place.resolve("commands.sh");
            Files.writeString(file, script);
            Map<String, String> environment = new HashMap<>(Tools.cleanEnvironment(folder.resolve("home")));
            environment.put("PATH", System.getenv("PATH"));
            Run.of(place, environment, List.of("sh", "-x", file.toString())).succeeded();
        }
    }

    private static List<String> blocks(String markdown) {
        List<String> blocks = new ArrayList<>();
        StringBuilder block = null;
        for (String line : markdown.lines().toList()) {
            if (line.equals("```sh")) {
                block = new StringBuilder();
            } else if (line.equals("```") && block != null) {
                blocks.add(block.toString());
                block = null;
            } else if (block != null) {
                block.append(line).append('\n');
            }
        }
        return blocks;
    }
}
