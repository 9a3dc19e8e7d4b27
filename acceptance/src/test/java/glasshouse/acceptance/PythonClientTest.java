package glasshouse.acceptance;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** {@code huggingface_hub} and {@code datasets} where pip can get them. The scenarios are in {@code clients/hub.py}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PythonClientTest {
    @TempDir
    static Path folder;

    private String python = "";
    private Server server;
    private Map<String, String> environment = Map.of();

    @BeforeAll
    void start() throws IOException, InterruptedException {
        python = Tools.python("python");
        server = Server.withPeople(folder.resolve("data"));
        environment = new HashMap<>(Tools.cleanEnvironment(folder.resolve("home")));
        environment.putAll(Map.of(
                "HF_ENDPOINT",
                server.base(),
                "HUB_TOKEN",
                Server.ADA,
                "HUB_READ_TOKEN",
                Server.ADA_READS,
                "HUB_OTHER_TOKEN",
                Server.BOB));
    }

    @AfterAll
    void stop() throws InterruptedException {
        if (server != null) {
            server.close();
        }
    }

    @TestFactory
    List<DynamicTest> scenarios() throws Exception {
        Run list = Run.of(Tools.CLIENTS, environment, List.of(python, "hub.py", "--list"))
                .succeeded();
        List<String> names = list.output().lines().toList();
        Assertions.assertThat(names).hasSizeGreaterThan(5);
        return names.stream()
                .map(name -> DynamicTest.dynamicTest(
                        name,
                        () -> Run.of(Tools.CLIENTS, environment, List.of(python, "hub.py", name))
                                .succeeded()))
                .toList();
    }
}
