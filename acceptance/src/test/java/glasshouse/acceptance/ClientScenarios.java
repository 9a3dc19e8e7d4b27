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

/** An unmodified client of the Hub against the jar, by a script of scenarios: each is a test with its name. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ClientScenarios {
    private final String script;
    private final String endpointVariable;
    private final int least;
    private Map<String, String> environment = Map.of();
    private Server server;
    private String interpreter = "";

    /**
     * @param script in {@code clients}; {@code --list} names its scenarios
     * @param endpointVariable where it looks for the address of the server
     * @param least scenarios that there are, so that none gets lost
     */
    ClientScenarios(String script, String endpointVariable, int least) {
        this.script = script;
        this.endpointVariable = endpointVariable;
        this.least = least;
    }

    /** The program that runs the script; skips by name where it is missing. */
    abstract String interpreter();

    @BeforeAll
    void start(@TempDir Path folder) throws IOException, InterruptedException {
        interpreter = interpreter();
        server = Server.withPeople(folder.resolve("data"));
        environment = new HashMap<>(Tools.cleanEnvironment(folder.resolve("home")));
        environment.putAll(Map.of(
                endpointVariable,
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
        List<String> names = run("--list").output().lines().toList();
        Assertions.assertThat(names).hasSizeGreaterThanOrEqualTo(least);
        return names.stream()
                .map(name -> DynamicTest.dynamicTest(name, () -> run(name)))
                .toList();
    }

    private Run run(String argument) throws Exception {
        return Run.of(Tools.CLIENTS, environment, List.of(interpreter, script, argument))
                .succeeded();
    }
}
