package glasshouse.cli;

import glasshouse.cli.command.AdminCommand;
import glasshouse.cli.command.ConfigCommand;
import glasshouse.cli.command.InspectCommand;
import glasshouse.cli.command.OrgCommand;
import glasshouse.cli.command.ReindexCommand;
import glasshouse.cli.command.ServeCommand;
import glasshouse.cli.command.Terminal;
import glasshouse.cli.command.TokenCommand;
import glasshouse.cli.command.UserCommand;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Everything that the command line takes, a line per command. */
final class Commands {
    private Commands() {}

    @Command(
            name = "glasshouse",
            description = "A self-hosted commons for open AI: publish, inspect, know, judge, show.",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class,
            synopsisSubcommandLabel = "COMMAND",
            usageHelpAutoWidth = true,
            footer = {"", "Start with: glasshouse serve"})
    static final class Root {}

    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Commands.class.getPackage().getImplementationVersion();
            return new String[] {"glasshouse " + (version == null ? "(from sources)" : version)};
        }
    }

    private static final Map<String, Function<Terminal, Object>> COMMANDS = commands();

    private static Map<String, Function<Terminal, Object>> commands() {
        Map<String, Function<Terminal, Object>> commands = new LinkedHashMap<>();
        commands.put("serve", ServeCommand::new);
        commands.put("config", ConfigCommand::new);
        commands.put("user", UserCommand::new);
        commands.put("token", TokenCommand::new);
        commands.put("org", OrgCommand::new);
        commands.put("admin", AdminCommand::new);
        commands.put("reindex", ReindexCommand::new);
        commands.put("inspect", InspectCommand::new);
        commands.put("rehearse", terminal -> new Rehearsal());
        return commands;
    }

    /** What is needed to carry out a command line: to look at all that the others take would double the time of the start. */
    static CommandLine of(Terminal terminal, String... arguments) {
        if (arguments.length == 0 || !COMMANDS.containsKey(arguments[0])) {
            return all(terminal);
        }
        Map.Entry<String, Function<Terminal, Object>> one =
                Map.entry(arguments[0], Objects.requireNonNull(COMMANDS.get(arguments[0])));
        return with(terminal, List.of(one));
    }

    /** Every command there is. */
    static CommandLine all(Terminal terminal) {
        return with(terminal, COMMANDS.entrySet());
    }

    private static CommandLine with(
            Terminal terminal, Collection<Map.Entry<String, Function<Terminal, Object>>> commands) {
        CommandLine root = new CommandLine(new Root());
        commands.forEach(command ->
                root.addSubcommand(command.getKey(), command.getValue().apply(terminal)));
        return root;
    }
}
