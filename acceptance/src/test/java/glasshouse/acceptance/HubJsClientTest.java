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

/** {@code @huggingface/hub} from npm, every function that applies. The scenarios are in {@code clients/hub.mjs}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HubJsClientTest {
    @TempDir
    static Path folder;

    private String node = "";
    private Server server;
    private Map<String, String> environment = Map.of();

    @BeforeAll
    void start() throws IOException, InterruptedException {
        node = Tools.node();
        server = Server.withPeople(folder.resolve("data"));
        environment = new HashMap<>(Tools.cleanEnvironment(folder.resolve("home")));
        environment.putAll(Map.of(
                "HUB_URL",
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
        Run list = Run.of(Tools.CLIENTS, environment, List.of(node, "hub.mjs", "--list"))
                .succeeded();
        List<String> names = list.output().lines().toList();
        Assertions.assertThat(names).hasSizeGreaterThan(10);
        return names.stream()
                .map(name -> DynamicTest.dynamicTest(
                        name,
                        () -> Run.of(Tools.CLIENTS, environment, List.of(node, "hub.mjs", name))
                                .succeeded()))
                .toList();
    }
}
