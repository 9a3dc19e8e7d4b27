package glasshouse.cli.command;

import glasshouse.hub.admin.Operations;
import glasshouse.hub.admin.Operations.DeletedEntries;
import glasshouse.hub.admin.Operations.DeletedEntry;
import glasshouse.hub.admin.Operations.Link;
import glasshouse.hub.admin.Operations.Nothing;
import glasshouse.hub.admin.Operations.Restore;
import glasshouse.hub.admin.Operations.Restored;
import glasshouse.hub.admin.Operations.Seeded;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What concerns the whole server. */
@Command(
        name = "admin",
        description = "Look after the server as a whole.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
public final class AdminCommand {
    private final Terminal terminal;

    public AdminCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Command(
            name = "seed",
            description = "Fill a server for tests and trials with users, tokens and organisations of a YAML file.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "The file:",
                "  users:",
                "    - {name: ada, email: ada@example.org, password: secret, admin: true,",
                "       tokens: [{value: hf_ada, role: write}]}",
                "  organisations:",
                "    - {name: openlab, members: {ada: admin}}",
                "",
                "Example:",
                "  glasshouse admin seed people.yaml"
            })
    int seed(
            @Mixin Place place,
            @Parameters(paramLabel = "FILE", description = "the YAML file") Path file,
            @Option(names = "--yes", description = "even where others can reach the server") boolean yes)
            throws IOException {
        Seeded seeded = place.order(
                terminal, Operations.SEED, SeedFile.read(terminal.folder().resolve(file), yes));
        terminal.out()
                .println("seeded " + seeded.users() + " users, " + seeded.tokens() + " new tokens, "
                        + seeded.organisations() + " organisations");
        return 0;
    }

    @Command(
            name = "link",
            description = "Make a link that creates an administrator, once, within 24 hours; the link before it ends.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  glasshouse admin link"})
    int link(@Mixin Place place) throws IOException {
        Link link = place.order(terminal, Operations.LINK, new Nothing());
        terminal.out().println(link.url());
        terminal.err().println("works once, until " + Table.time(link.goodUntil()));
        return 0;
    }

    @Command(
            name = "deleted",
            description = "List deleted entries that can still be brought back.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  glasshouse admin deleted"})
    int deleted(@Mixin Place place, @Option(names = "--json", description = "for programs") boolean json)
            throws IOException {
        DeletedEntries deleted = place.order(terminal, Operations.LIST_DELETED, new Nothing());
        if (json) {
            Table.json(terminal.out(), deleted.entries());
            return 0;
        }
        Table table = new Table("ID", "KIND", "NAME", "DELETED BY", "DELETED", "GONE FOR GOOD");
        for (DeletedEntry entry : deleted.entries()) {
            table.row(
                    entry.id(),
                    entry.kind(),
                    entry.name(),
                    entry.deletedBy(),
                    Table.time(entry.deletedAt()),
                    Table.time(entry.goneAt()));
        }
        table.print(terminal.out());
        return 0;
    }

    @Command(
            name = "restore",
            description = "Bring a deleted entry back.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Examples:",
                "  glasshouse admin restore models/ada/engine",
                "  glasshouse admin restore ada/engine --as ada/engine-old"
            })
    int restore(
            @Mixin Place place,
            @Parameters(paramLabel = "ENTRY", description = "its name or id, as `glasshouse admin deleted` shows it")
                    String entry,
            @Option(names = "--as", paramLabel = "NAME", description = "under another name, since its own is taken")
                    Optional<String> as)
            throws IOException {
        Restored restored = place.order(terminal, Operations.RESTORE, new Restore(entry, as));
        terminal.out().println("restored " + restored.kind() + " " + restored.name());
        return 0;
    }
}
