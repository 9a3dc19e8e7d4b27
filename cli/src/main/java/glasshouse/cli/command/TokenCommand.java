package glasshouse.cli.command;

import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import glasshouse.hub.admin.Operations;
import glasshouse.hub.admin.Operations.NewToken;
import glasshouse.hub.admin.Operations.TokenEnd;
import glasshouse.hub.admin.Operations.TokenQuery;
import glasshouse.hub.admin.Operations.UserToken;
import glasshouse.hub.admin.Operations.UserTokens;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Personal tokens. */
@Command(
        name = "token",
        description = "Make, list and revoke personal tokens.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
public final class TokenCommand {
    private final Terminal terminal;

    public TokenCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Command(
            name = "create",
            description = "Make a token and print it, alone. It is shown this once.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Examples:",
                "  export HF_TOKEN=$(glasshouse token create --user ada --role write)",
                "  glasshouse token create --user ada --name ci --expires 90 --entry models/ada/engine:write"
            })
    int create(
            @Mixin Place place,
            @Option(names = "--user", required = true, paramLabel = "NAME", description = "whose token") String user,
            @Option(names = "--role", paramLabel = "R", description = "read (default) or write") Optional<String> role,
            @Option(names = "--name", paramLabel = "N", description = "to tell it from others") Optional<String> name,
            @Option(names = "--expires", paramLabel = "DAYS", description = "after how many days it ends")
                    Optional<Long> expires,
            @Option(
                            names = "--entry",
                            paramLabel = "ENTRY[:write]",
                            description = "only for this entry, such as models/ada/engine; may be given again")
                    @Nullable
                    List<String> entries)
            throws IOException {
        Map<String, String> named = new LinkedHashMap<>();
        for (String entry : entries == null ? List.<String>of() : entries) {
            int colon = entry.lastIndexOf(':');
            String right = colon < 0 ? "read" : entry.substring(colon + 1);
            if (!right.equals("read") && !right.equals("write")) {
                throw Problem.of(Code.INVALID, "`" + entry + "` ends in neither `:read` nor `:write`")
                        .refusal();
            }
            named.put(colon < 0 ? entry : entry.substring(0, colon), right);
        }
        if (!named.isEmpty() && role.isPresent()) {
            throw Problem.of(Code.INVALID, "a token has a role or entries, not both")
                    .mend("leave out --role, and write `--entry "
                            + named.keySet().iterator().next() + ":write`")
                    .refusal();
        }
        String kind = named.isEmpty() ? role.orElse("read") : "fine-grained";
        NewToken order = new NewToken(user, name.orElse(""), kind, expires, Optional.empty(), named);
        UserToken token = place.order(terminal, Operations.CREATE_TOKEN, order);
        terminal.out().println(token.secret().orElseThrow());
        return 0;
    }

    @Command(
            name = "list",
            description = "List tokens, without what they open with: that is not kept.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  glasshouse token list --user ada"})
    int list(
            @Mixin Place place,
            @Option(names = "--user", paramLabel = "NAME", description = "only of this account") Optional<String> user,
            @Option(names = "--json", description = "for programs") boolean json)
            throws IOException {
        UserTokens tokens = place.order(terminal, Operations.LIST_TOKENS, new TokenQuery(user));
        if (json) {
            Table.json(terminal.out(), tokens.tokens());
            return 0;
        }
        Table table = new Table("USER", "NAME", "ROLE", "ENDS IN", "MADE", "EXPIRES", "LAST USED", "ID");
        for (UserToken token : tokens.tokens()) {
            table.row(
                    token.user(),
                    token.name(),
                    token.role(),
                    "…" + token.hint(),
                    Table.time(token.createdAt()),
                    Table.time(token.expiresAt()),
                    Table.time(token.lastUsedAt()),
                    token.id());
        }
        table.print(terminal.out());
        return 0;
    }

    @Command(
            name = "revoke",
            description = "End a token, at once.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  glasshouse token revoke --user ada ci"})
    int revoke(
            @Mixin Place place,
            @Option(names = "--user", required = true, paramLabel = "NAME", description = "whose token") String user,
            @Parameters(paramLabel = "TOKEN", description = "its name or its id") String token)
            throws IOException {
        UserToken ended = place.order(terminal, Operations.REVOKE_TOKEN, new TokenEnd(user, token));
        terminal.out().println("revoked " + ended.name() + " of " + ended.user());
        return 0;
    }
}
