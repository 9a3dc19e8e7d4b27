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
import java.util.List;
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

    static CommandLine all(Terminal terminal) {
        CommandLine root = new CommandLine(new Root());
        for (Object command : List.of(
                new ServeCommand(terminal),
                new ConfigCommand(terminal),
                new UserCommand(terminal),
                new TokenCommand(terminal),
                new OrgCommand(terminal),
                new AdminCommand(terminal),
                new ReindexCommand(terminal),
                new InspectCommand(terminal),
                new Rehearsal())) {
            root.addSubcommand(command);
        }
        return root;
    }
}
