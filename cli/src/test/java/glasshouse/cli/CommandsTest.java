package glasshouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import glasshouse.cli.command.Terminal;
import glasshouse.core.entry.EntryKind;
import glasshouse.core.entry.RepoName;
import glasshouse.core.entry.Visibility;
import glasshouse.hub.Hub;
import glasshouse.hub.HubConfig;
import glasshouse.testkit.cases.Cases;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CommandsTest {
    private static final String SEED = """
            users:
            - {name: ada, email: ada@example.org, password: short, admin: true, tokens: [{value: hf_ada, role: write}]}
            - {name: bob, tokens: [{value: hf_bob}]}
            organisations:
            - {name: openlab, members: {ada: admin, bob: read}}
            """;

    /** Commands as they are typed; what stands before a bar is piped in. */
    private static final List<String> SESSION = List.of(
            "correct horse battery | user add ada --admin --email ada@example.org --password-stdin",
            "user add bob --full-name Bob",
            "user add BOB",
            "user add settings",
            "user list",
            "token create --user bob --role write --name ci --expires 30",
            "token create --user bob --name ci",
            "token create --user bob --role root",
            "token create --user bob --entry models/bob/none",
            "token create --user nobody",
            "token list --user bob",
            "token revoke --user bob ci",
            "token revoke --user bob ci",
            "org add openlab --member ada:admin --member bob:read",
            "org add other --member ada:king",
            "org member openlab bob write",
            "org member openlab ada --remove",
            "org member openlab bob",
            "org list",
            "org list --json",
            "user disable bob",
            "user disable ada",
            "user admin bob",
            "user enable bob",
            "short | user password ada --password-stdin",
            "another long password | user password ada --password-stdin",
            "user admin ada --remove",
            "user list",
            "admin deleted",
            "admin link",
            "admin nothing",
            "user add",
            "user list --colour");

    @TempDir
    Path folder;

    private String transcript(Path data) {
        StringBuilder transcript = new StringBuilder();
        for (String line : SESSION) {
            String[] parts = line.split(" \\| ", 2);
            String typed = parts[parts.length - 1];
            Typed done = Typed.in(
                    folder, Map.of(), parts.length > 1 ? parts[0] + "\n" : "", (typed + " --data " + data).split(" "));
            transcript
                    .append("$ glasshouse ")
                    .append(typed)
                    .append('\n')
                    .append(done.out())
                    .append(done.err())
                    .append("[")
                    .append(done.code())
                    .append("]\n\n");
        }
        return transcript
                .toString()
                .replace(data.toString(), "DATA")
                .replaceAll("hf_[A-Za-z]{40}", "hf_SECRET")
                .replaceAll("…[A-Za-z]{4}", "…LAST")
                .replaceAll("link=[A-Za-z]{43}", "link=SECRET")
                .replaceAll("http://127.0.0.1:\\d+", "http://127.0.0.1:PORT")
                .replaceAll("\\b[0-9a-f]{24}\\b", "ID")
                .replaceAll("\\d{4}-\\d\\d-\\d\\d[T ][0-9:.]+Z", "TIME");
    }

    @Test
    void aSessionIsTheSameWhileAServerRunsAndWhileNoneDoes() throws Exception {
        Path without = folder.resolve("without");
        Path with = folder.resolve("with");
        String alone = transcript(without);
        String served;
        try (Hub hub = Hub.open(HubConfig.inFolder(with, 0), InstantSource.system(), line -> {})) {
            hub.start();
            served = transcript(with);
        }
        assertThat(served).isEqualTo(alone);
        Cases.expect(Cases.of("Commands", "people").resolve("transcript.txt"), alone);
    }

    @Test
    void aSeedGivesTokensThatOpenAndDoingItTwiceDoesItOnce() throws Exception {
        Files.writeString(folder.resolve("seed.yaml"), SEED);
        Path data = folder.resolve("data");
        try (Hub hub = Hub.open(HubConfig.inFolder(data, 0), InstantSource.system(), line -> {})) {
            hub.start();
            assertThat(statusWith(hub, "hf_ada")).isEqualTo(401);
            assertThat(Typed.in(folder, "admin", "seed", "seed.yaml"))
                    .isEqualTo(new Typed(0, "seeded 2 users, 2 new tokens, 1 organisations\n", ""));
            assertThat(statusWith(hub, "hf_ada")).isEqualTo(404);
            assertThat(Typed.in(folder, "admin", "seed", "seed.yaml").out())
                    .isEqualTo("seeded 2 users, 0 new tokens, 1 organisations\n");
            assertThat(hub.parts()
                            .accounts()
                            .signIn("ada", "short", "127.0.0.1")
                            .account()
                            .operator())
                    .isTrue();
        }
    }

    /** Nothing is at the address: whoever says a token that is good is told so, others are asked who they are. */
    private static int statusWith(Hub hub, String token) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(URI.create(hub.url() + "/api/nothing-here"))
                                    .header("Authorization", "Bearer " + token)
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }

    @Test
    void aSeedIsRefusedWhereOthersCanReachTheServerUnlessSomebodyInsists() throws Exception {
        Files.writeString(folder.resolve("seed.yaml"), SEED);
        for (Map<String, String> exposed : List.of(
                Map.of("GLASSHOUSE_SERVER_HOST", "0.0.0.0"),
                Map.of("GLASSHOUSE_SERVER_PUBLIC_URL", "https://hub.example.org"))) {
            Typed refused = Typed.in(folder, exposed, "", "admin", "seed", "seed.yaml");
            assertThat(refused.code()).isEqualTo(Main.NO);
            assertThat(refused.err()).contains("can be reached by others").contains("--yes");
        }
        assertThat(Typed.in(folder, "user", "list").out()).doesNotContain("ada");
        Map<String, String> exposed = Map.of("GLASSHOUSE_SERVER_HOST", "0.0.0.0");
        assertThat(Typed.in(folder, exposed, "", "admin", "seed", "seed.yaml", "--yes")
                        .code())
                .isZero();
    }

    @Test
    void aSeedWithAFaultIsRefusedWholeAndTheFaultIsNamed() throws Exception {
        Map<String, String> faults = Map.of(
                "users: [{nme: ada}]", "`users[0]` has `nme`",
                "users: [{name: ada, admin: perhaps}]", "`users[0].admin`",
                "users: [{email: a@b.c}]", "`users[0].name` is missing",
                "users: [{name: ada}, {name: admin}]", "reserved",
                "users: [{name: ada, tokens: [{value: hf_x1, role: root}]}]", "role",
                "users: [{name: ada}]\norganisations: [{name: lab, members: {eve: read}}]", "`eve`",
                "users: [", "not YAML");
        for (Map.Entry<String, String> fault : faults.entrySet()) {
            Files.writeString(folder.resolve("seed.yaml"), fault.getKey());
            Typed refused = Typed.in(folder, "admin", "seed", "seed.yaml");
            assertThat(refused.err()).as(fault.getKey()).contains(fault.getValue());
            assertThat(refused.code()).as(fault.getKey()).isEqualTo(Main.WRONG_USE);
        }
        assertThat(Typed.in(folder, "user", "add", "someone").code()).isZero();
        assertThat(Typed.in(folder, "user", "list").out()).doesNotContain("ada");
    }

    @Test
    void theSocketIsItsOwnersAloneAlsoWhereTheFolderIsDeep() throws Exception {
        for (Path data : List.of(folder.resolve("near"), folder.resolve("deep/".repeat(20) + "data"))) {
            try (Hub hub = Hub.open(HubConfig.inFolder(data, 0), InstantSource.system(), line -> {})) {
                hub.start();
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("control.sock"))))
                        .isEqualTo("rw-------");
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
                        .isEqualTo("rwx------");
                assertThat(Typed.in(folder, "user", "add", "ada", "--data", data.toString())
                                .code())
                        .isZero();
                assertThat(hub.parts().people().account("ada")).isPresent();
            }
            assertThat(data.resolve("control.sock")).doesNotExist();
            assertThat(Typed.in(folder, "user", "list", "--data", data.toString())
                            .out())
                    .contains("ada");
        }
    }

    @Test
    void aDeletedEntryComesBackByItsNameOrUnderAnother() throws Exception {
        Path data = folder.resolve("data");
        try (Hub hub = Hub.open(HubConfig.inFolder(data, 0), InstantSource.system(), line -> {})) {
            var ada = hub.parts().accounts().add("ada", "", Optional.empty(), Optional.empty(), true);
            for (EntryKind kind : List.of(EntryKind.MODEL, EntryKind.DATASET)) {
                var entry = hub.parts()
                        .lifecycle()
                        .create(
                                kind,
                                new RepoName("ada", "engine"),
                                Visibility.PUBLIC,
                                Optional.empty(),
                                ada,
                                Map.of());
                hub.parts().lifecycle().delete(entry, ada);
            }
        }
        assertThat(Typed.in(folder, "admin", "deleted").out().lines()).hasSize(3);
        assertThat(Typed.in(folder, "admin", "restore", "ada/engine").code()).isEqualTo(Main.NO);
        assertThat(Typed.in(folder, "admin", "restore", "datasets/ada/engine"))
                .isEqualTo(new Typed(0, "restored dataset ada/engine\n", ""));
        assertThat(Typed.in(folder, "admin", "restore", "ada/engine", "--as", "ada/old"))
                .isEqualTo(new Typed(0, "restored model ada/old\n", ""));
        assertThat(Typed.in(folder, "admin", "restore", "ada/engine").err()).contains("no deleted entry");
    }

    @Test
    void aMistypedFolderIsNotMade() {
        Typed refused = Typed.in(folder, "user", "list", "--data", "dtaa");
        assertThat(refused.code()).isEqualTo(Main.NO);
        assertThat(refused.err()).contains("there is no data folder");
        assertThat(folder.resolve("dtaa")).doesNotExist();
    }

    @Test
    void configShowsWhereEachValueComesFromAndFaultsAreWrongUse() throws Exception {
        Files.writeString(folder.resolve("my.toml"), "[server]\nhost = \"127.0.0.3\"\n");
        Typed shown = Typed.in(
                folder, Map.of("GLASSHOUSE_SERVER_PORT", "99"), "", "config", "--config", "my.toml", "--data", "d");
        assertThat(shown.code()).isZero();
        assertThat(shown.out().lines().map(line -> line.replaceAll(" +", " ")))
                .contains(
                        "data d flag --data",
                        "server.host 127.0.0.3 file " + folder.resolve("my.toml"),
                        "server.port 99 environment GLASSHOUSE_SERVER_PORT",
                        "server.idle-timeout 1m default");
        Typed fault = Typed.in(folder, Map.of("GLASSHOUSE_SERVER_PORT", "many"), "", "config");
        assertThat(fault.code()).isEqualTo(Main.WRONG_USE);
        assertThat(fault.err()).contains("`server.port`").contains("is not a whole number");
    }

    @Test
    void everyCommandSaysWhatItTakesWithAnExampleAndTheReferenceHasThemAll() throws Exception {
        StringBuilder page = new StringBuilder("""
                # Commands

                Generated from what the commands say of themselves. Every command that works on a server takes `--data` and `--config`,
                and does the same whether the server runs or not. Exit codes: 0 yes, 1 no, 2 cannot be decided, 64 wrong use, 70 our fault.
                """);
        document(Commands.all(Terminal.system()), page);
        Cases.expect(Path.of(System.getProperty("glasshouse.root"), "docs/reference/commands.md"), page.toString());
    }

    private static void document(CommandLine line, StringBuilder page) {
        boolean group = !line.getSubcommands().isEmpty();
        String help =
                line.setUsageHelpWidth(110).setUsageHelpAutoWidth(false).getUsageMessage(CommandLine.Help.Ansi.OFF);
        if (!group) {
            String name = line.getCommandSpec().qualifiedName();
            assertThat(help).as(name).contains("Example").contains("  " + name);
            // `inspect` is about a folder of files, not about a server.
            assertThat(help.contains("--data") && help.contains("--config"))
                    .as(name)
                    .isEqualTo(!name.equals("glasshouse inspect"));
        }
        page.append("\n## ")
                .append(line.getCommandSpec().qualifiedName())
                .append("\n\n```\n")
                .append(help.stripTrailing())
                .append("\n```\n");
        line.getSubcommands().values().stream()
                .filter(sub -> !sub.getCommandSpec().usageMessage().hidden())
                .forEach(sub -> document(sub, page));
    }
}
