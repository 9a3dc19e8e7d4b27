package glasshouse.cli.command;

import glasshouse.hub.admin.Operations;
import glasshouse.hub.admin.Operations.Nothing;
import glasshouse.hub.admin.Operations.User;
import glasshouse.hub.admin.Operations.UserChange;
import glasshouse.hub.admin.Operations.UserChange.Change;
import glasshouse.hub.admin.Operations.Users;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Accounts. */
@Command(
        name = "user",
        description = "Add, list and change accounts.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
public final class UserCommand {
    private final Terminal terminal;

    public UserCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Command(
            name = "add",
            description = "Add an account. Without a password it works by tokens alone.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Examples:",
                "  glasshouse user add ada --email ada@example.org",
                "  glasshouse user add bob --admin --password-stdin < password.txt"
            })
    int add(
            @Mixin Place place,
            @Parameters(paramLabel = "NAME", description = "how the account is called, in addresses too") String name,
            @Option(names = "--email", paramLabel = "E", description = "an e-mail address") Optional<String> email,
            @Option(names = "--full-name", paramLabel = "N", description = "what pages show") Optional<String> fullName,
            @Option(names = "--admin", description = "administers the whole server") boolean admin,
            @Option(names = "--password-stdin", description = "read the password from standard input")
                    boolean passwordStdin)
            throws IOException {
        Optional<String> password = passwordStdin ? Optional.of(terminal.lineOfInput()) : Optional.empty();
        User user = place.order(
                terminal, Operations.ADD_USER, new Operations.NewUser(name, fullName, email, password, admin));
        terminal.out().println("added " + (user.admin() ? "administrator " : "user ") + user.name());
        if (!user.hasPassword()) {
            terminal.err()
                    .println("without a password; `glasshouse token create --user " + user.name() + "` makes a token,"
                            + " `glasshouse user password " + user.name() + "` sets one");
        }
        return 0;
    }

    @Command(
            name = "list",
            description = "List all accounts.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  glasshouse user list --json"})
    int list(@Mixin Place place, @Option(names = "--json", description = "for programs") boolean json)
            throws IOException {
        Users users = place.order(terminal, Operations.LIST_USERS, new Nothing());
        if (json) {
            Table.json(terminal.out(), users.users());
            return 0;
        }
        Table table = new Table("NAME", "STATE", "PASSWORD", "E-MAIL", "SINCE");
        for (User user : users.users()) {
            String state = user.disabled() ? "disabled" : user.admin() ? "administrator" : "active";
            table.row(
                    user.name(),
                    state,
                    user.hasPassword() ? "yes" : "no",
                    user.email().orElse("-"),
                    Table.time(user.createdAt()));
        }
        table.print(terminal.out());
        return 0;
    }

    @Command(
            name = "disable",
            description = "Shut an account out: its sessions end, its tokens stop. Nothing is lost.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  glasshouse user disable bob"})
    int disable(@Mixin Place place, @Parameters(paramLabel = "NAME", description = "the account") String name)
            throws IOException {
        return change(place, name, Change.DISABLE, Optional.empty(), "is disabled");
    }

    @Command(
            name = "enable",
            description = "Let a disabled account in again.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  glasshouse user enable bob"})
    int enable(@Mixin Place place, @Parameters(paramLabel = "NAME", description = "the account") String name)
            throws IOException {
        return change(place, name, Change.ENABLE, Optional.empty(), "is enabled");
    }

    @Command(
            name = "password",
            description = "Set somebody's password; their sessions end.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Examples:",
                "  glasshouse user password ada",
                "  glasshouse user password ada --password-stdin < password.txt"
            })
    int password(
            @Mixin Place place,
            @Parameters(paramLabel = "NAME", description = "the account") String name,
            @Option(names = "--password-stdin", description = "read the password from standard input")
                    boolean passwordStdin)
            throws IOException {
        String password = passwordStdin ? terminal.lineOfInput() : terminal.newPassword();
        return change(place, name, Change.PASSWORD, Optional.of(password), "has a new password");
    }

    @Command(
            name = "admin",
            description = "Make somebody an administrator of the whole server, or no longer.",
            mixinStandardHelpOptions = true,
            footer = {"", "Examples:", "  glasshouse user admin ada", "  glasshouse user admin ada --remove"})
    int admin(
            @Mixin Place place,
            @Parameters(paramLabel = "NAME", description = "the account") String name,
            @Option(names = "--remove", description = "an administrator no longer") boolean remove)
            throws IOException {
        return remove
                ? change(place, name, Change.MAKE_NO_ADMIN, Optional.empty(), "is no administrator")
                : change(place, name, Change.MAKE_ADMIN, Optional.empty(), "is an administrator");
    }

    private int change(Place place, String name, Change change, Optional<String> password, String now)
            throws IOException {
        User user = place.order(terminal, Operations.CHANGE_USER, new UserChange(name, change, password));
        terminal.out().println(user.name() + " " + now);
        return 0;
    }
}
