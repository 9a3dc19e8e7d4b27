package glasshouse.cli.command;

import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import glasshouse.hub.admin.Operations;
import glasshouse.hub.admin.Operations.MemberChange;
import glasshouse.hub.admin.Operations.NewOrganisation;
import glasshouse.hub.admin.Operations.Nothing;
import glasshouse.hub.admin.Operations.Organisation;
import glasshouse.hub.admin.Operations.Organisations;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Organisations. */
@Command(
        name = "org",
        description = "Add and list organisations, and change their members.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
public final class OrgCommand {
    private final Terminal terminal;

    public OrgCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Command(
            name = "add",
            description = "Add an organisation. Roles: read, contributor, write, admin.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  glasshouse org add openlab --member ada:admin --member bob:write"})
    int add(
            @Mixin Place place,
            @Parameters(paramLabel = "NAME", description = "how it is called, in addresses too") String name,
            @Option(names = "--full-name", paramLabel = "N", description = "what pages show") Optional<String> fullName,
            @Option(names = "--member", paramLabel = "USER:ROLE", description = "a member; may be given again")
                    @Nullable
                    List<String> members)
            throws IOException {
        Map<String, String> roles = new LinkedHashMap<>();
        for (String member : members == null ? List.<String>of() : members) {
            int colon = member.indexOf(':');
            if (colon < 1) {
                throw Problem.of(Code.INVALID, "`" + member + "` is not a member such as `ada:write`")
                        .refusal();
            }
            roles.put(member.substring(0, colon), member.substring(colon + 1));
        }
        Organisation made =
                place.order(terminal, Operations.ADD_ORGANISATION, new NewOrganisation(name, fullName, roles));
        terminal.out().println("added organisation " + made.name());
        if (!made.members().containsValue("admin")) {
            terminal.err().println("nobody administers it yet: `glasshouse org member " + made.name() + " USER admin`");
        }
        return 0;
    }

    @Command(
            name = "list",
            description = "List all organisations with their members.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  glasshouse org list --json"})
    int list(@Mixin Place place, @Option(names = "--json", description = "for programs") boolean json)
            throws IOException {
        Organisations all = place.order(terminal, Operations.LIST_ORGANISATIONS, new Nothing());
        if (json) {
            Table.json(terminal.out(), all.organisations());
            return 0;
        }
        Table table = new Table("NAME", "MEMBERS", "SINCE");
        for (Organisation one : all.organisations()) {
            String members = one.members().entrySet().stream()
                    .map(member -> member.getKey() + ":" + member.getValue())
                    .collect(Collectors.joining(" "));
            table.row(one.name(), members.isEmpty() ? "-" : members, Table.time(one.createdAt()));
        }
        table.print(terminal.out());
        return 0;
    }

    @Command(
            name = "member",
            description = "Make somebody a member with a role, change the role, or end the membership.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Examples:",
                "  glasshouse org member openlab bob write",
                "  glasshouse org member openlab bob --remove"
            })
    int member(
            @Mixin Place place,
            @Parameters(index = "0", paramLabel = "ORG", description = "the organisation") String organisation,
            @Parameters(index = "1", paramLabel = "USER", description = "the account") String user,
            @Parameters(
                            index = "2",
                            arity = "0..1",
                            paramLabel = "ROLE",
                            description = "read, contributor, write or admin")
                    @Nullable
                    String role,
            @Option(names = "--remove", description = "a member no longer") boolean remove)
            throws IOException {
        if (remove == (role != null)) {
            throw Problem.of(Code.INVALID, "say either a role or --remove").refusal();
        }
        place.order(
                terminal, Operations.CHANGE_MEMBER, new MemberChange(organisation, user, Optional.ofNullable(role)));
        terminal.out()
                .println(
                        role == null
                                ? user + " is no member of " + organisation
                                : user + " is a member of " + organisation + " with the role " + role);
        return 0;
    }
}
