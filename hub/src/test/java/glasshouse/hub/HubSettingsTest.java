package glasshouse.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glasshouse.core.problem.Refusal;
import glasshouse.hub.config.Configuration;
import glasshouse.hub.config.Configuration.Shown;
import glasshouse.hub.config.Given;
import glasshouse.hub.config.Setting;
import glasshouse.hub.index.DatabaseConfig;
import glasshouse.hub.server.ServerConfig;
import glasshouse.testkit.cases.Cases;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HubSettingsTest {
    @TempDir
    Path folder;

    private Configuration read(Map<String, String> environment, Given... flags) {
        return HubSettings.read(folder, Optional.empty(), environment, List.of(flags));
    }

    private Path file(String name, String text) throws Exception {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private static String origin(Configuration configuration, String name) {
        return configuration.shown().stream()
                .filter(shown -> shown.setting().name().equals(name))
                .map(Shown::origin)
                .findFirst()
                .orElseThrow()
                .toString();
    }

    @Test
    void nothingSetIsWhatTheServerHasByItself() {
        HubConfig config = HubSettings.hub(read(Map.of()), folder);
        assertThat(config).isEqualTo(HubConfig.inFolder(folder.resolve("data"), 8080));
        assertThat(config.server()).isEqualTo(ServerConfig.loopback(8080));
    }

    @Test
    void aLaterSourceGoesBeforeAnEarlierOneAndEachIsNamed() throws Exception {
        file("data/glasshouse.toml", """
                [server]
                port = 1
                host = "0.0.0.0"
                idle-timeout = "5m"
                aliases = ["one.example", "two.example"]
                """);
        Configuration configuration = read(
                Map.of("GLASSHOUSE_SERVER_PORT", "2", "GLASSHOUSE_SERVER_HOST", "127.0.0.2"),
                HubSettings.flag("server.port", "--port", "3"));
        ServerConfig server = HubSettings.hub(configuration, folder).server();
        assertThat(server.port()).isEqualTo(3);
        assertThat(server.host()).isEqualTo("127.0.0.2");
        assertThat(server.idleTimeout()).isEqualTo(Duration.ofMinutes(5));
        assertThat(server.aliases()).containsExactly("one.example", "two.example");
        assertThat(origin(configuration, "server.port")).isEqualTo("flag --port");
        assertThat(origin(configuration, "server.host")).isEqualTo("environment GLASSHOUSE_SERVER_HOST");
        assertThat(origin(configuration, "server.aliases")).isEqualTo("file " + folder.resolve("data/glasshouse.toml"));
        assertThat(origin(configuration, "server.max-connections")).isEqualTo("default");
    }

    @Test
    void everyFaultIsToldAtOnceWithASuggestionWhereANameIsNearlyRight() throws Exception {
        file("data/glasshouse.toml", """
                [server]
                prot = 8080
                max-connections = 0
                [limits]
                file = "much"
                """);
        assertThatThrownBy(() -> read(Map.of("GLASSHOUSE_SERVER_HOTS", "x", "GLASSHOUSE_SERVR_PORT", "1")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("no setting is called `server.prot`")
                .hasMessageContaining("did you mean `server.port`?")
                .hasMessageContaining("`server.max-connections`")
                .hasMessageContaining("is not from 1 to 1000000")
                .hasMessageContaining("`limits.file`")
                .hasMessageContaining("did you mean `GLASSHOUSE_SERVER_HOST`?")
                .hasMessageContaining("did you mean `GLASSHOUSE_SERVER_PORT`?");
    }

    @Test
    void variablesThatPlatformsMakeForAServiceOfOurNameAreLetBe() {
        Map<String, String> platform = Map.of(
                "GLASSHOUSE_SERVICE_HOST", "10.0.0.1",
                "GLASSHOUSE_PORT_8080_TCP_PROTO", "tcp",
                "GLASSHOUSE_JAVA_HOME", "/opt/jdk");
        assertThat(read(platform).shown())
                .allMatch(shown -> shown.origin().toString().equals("default"));
    }

    @Test
    void theFileInTheDataFolderCannotSayWhereTheDataFolderIs() throws Exception {
        file("data/glasshouse.toml", "data = \"elsewhere\"");
        assertThatThrownBy(() -> read(Map.of())).hasMessageContaining("data (in the data folder itself)");
        Path named = file("etc/glasshouse.toml", "data = \"elsewhere\"");
        Configuration configuration = HubSettings.read(folder, Optional.of(named), Map.of(), List.of());
        assertThat(HubSettings.hub(configuration, folder).data()).isEqualTo(folder.resolve("elsewhere"));
    }

    @Test
    void aFileThatIsNamedMustBeThereAndBeToml() throws Exception {
        assertThatThrownBy(() -> HubSettings.read(folder, Optional.of(Path.of("none.toml")), Map.of(), List.of()))
                .hasMessageContaining("there is no configuration file");
        Path broken = file("broken.toml", "[server]\nport = = 1\n");
        assertThatThrownBy(() -> HubSettings.read(folder, Optional.of(broken), Map.of(), List.of()))
                .hasMessageContaining("broken.toml:2");
    }

    @Test
    void oneSettingChoosesPostgresAndItsPasswordIsNotShown() {
        for (String url : List.of(
                "postgresql://hub:s%20cret@db.example:5433/hub?ssl=true",
                "jdbc:postgresql://db.example:5433/hub?ssl=true&user=hub&password=s%20cret")) {
            Configuration configuration = read(Map.of("GLASSHOUSE_DATABASE_URL", url));
            assertThat(HubSettings.hub(configuration, folder).database())
                    .isEqualTo(new DatabaseConfig.Postgres(
                            "jdbc:postgresql://db.example:5433/hub?ssl=true&user=hub&password=s%20cret"));
            assertThat(configuration.shown().toString())
                    .contains("password=********")
                    .doesNotContain("cret");
        }
        assertThatThrownBy(() -> read(Map.of("GLASSHOUSE_DATABASE_URL", "mysql://root:secret@x/y")))
                .hasMessageContaining("is not the address of a PostgreSQL database")
                .message()
                .doesNotContain("secret");
    }

    @Test
    void aPublicUrlIsAnOriginAndNothingElse() {
        assertThat(HubSettings.hub(read(Map.of("GLASSHOUSE_SERVER_PUBLIC_URL", "https://hub.example/")), folder)
                        .server()
                        .publicUrl())
                .contains("https://hub.example");
        for (String bad : List.of("hub.example", "https://hub.example/sub", "ftp://x", "https://a@b", "https://x?y")) {
            assertThatThrownBy(() -> read(Map.of("GLASSHOUSE_SERVER_PUBLIC_URL", bad)))
                    .as(bad)
                    .isInstanceOf(Refusal.class);
        }
    }

    @Test
    void whatASettingWritesItReads() {
        for (Setting<?> setting : HubSettings.ALL) {
            roundTrip(setting);
            assertThat(setting.sentence()).endsWith(".");
        }
    }

    private static <T> void roundTrip(Setting<T> setting) {
        if (!setting.standardText().isEmpty()) {
            assertThat(setting.form().read().apply(setting.standardText()))
                    .as(setting.name())
                    .isEqualTo(setting.standard());
        }
    }

    @Test
    void theReferenceNamesEverySetting() throws Exception {
        StringBuilder page = new StringBuilder("""
                # Settings

                Generated from the list in `HubSettings`. Sources, a later one before an earlier one: the default, the file
                (`glasshouse.toml` in the data folder, or the one that `--config` names), the environment, the flags of the command.
                In the file, what stands before the dot is a table: `[server]`, then `port = 8080`. A name that is none is an error.
                `glasshouse config` shows what is in force, and where each value comes from.

                | setting | environment | value | default | what it does |
                |---|---|---|---|---|
                """);
        for (Setting<?> setting : HubSettings.ALL) {
            String standard = setting.standardText();
            page.append("| `")
                    .append(String.join(
                            " | ",
                            setting.name() + "`",
                            "`" + setting.variable() + "`",
                            setting.form().unit() + "; " + setting.form().limits(),
                            standard.isEmpty() ? "empty" : "`" + standard + "`",
                            setting.sentence()))
                    .append(" |\n");
        }
        Cases.expect(
                Path.of(System.getProperty("glasshouse.root"), "docs/reference/configuration.md"), page.toString());
    }
}
