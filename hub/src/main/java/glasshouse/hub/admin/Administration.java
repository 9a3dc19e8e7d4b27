package glasshouse.hub.admin;

import glasshouse.core.access.Role;
import glasshouse.core.entry.EntryKind;
import glasshouse.core.entry.RepoName;
import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import glasshouse.hub.account.Accounts;
import glasshouse.hub.account.Tokens;
import glasshouse.hub.admin.Operations.DeletedEntries;
import glasshouse.hub.admin.Operations.DeletedEntry;
import glasshouse.hub.admin.Operations.Link;
import glasshouse.hub.admin.Operations.MemberChange;
import glasshouse.hub.admin.Operations.NewOrganisation;
import glasshouse.hub.admin.Operations.NewToken;
import glasshouse.hub.admin.Operations.NewUser;
import glasshouse.hub.admin.Operations.Nothing;
import glasshouse.hub.admin.Operations.Organisation;
import glasshouse.hub.admin.Operations.Organisations;
import glasshouse.hub.admin.Operations.Reindexed;
import glasshouse.hub.admin.Operations.TokenEnd;
import glasshouse.hub.admin.Operations.TokenQuery;
import glasshouse.hub.admin.Operations.User;
import glasshouse.hub.admin.Operations.UserChange;
import glasshouse.hub.admin.Operations.UserToken;
import glasshouse.hub.admin.Operations.UserTokens;
import glasshouse.hub.admin.Operations.Users;
import glasshouse.hub.index.Credentials.Token;
import glasshouse.hub.index.Entries;
import glasshouse.hub.index.Entry;
import glasshouse.hub.index.Governance;
import glasshouse.hub.index.People;
import glasshouse.hub.index.People.Account;
import glasshouse.hub.index.People.Membership;
import glasshouse.hub.index.People.Namespace;
import glasshouse.hub.repos.Lifecycle;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Carries out the orders of an administrator, a method per operation. Whoever gives them is trusted; what they name is checked. */
public final class Administration {
    /** More than a token may last, and little enough to reckon with. */
    private static final long MOST_DAYS = 100_000;

    private final People people;
    private final Accounts accounts;
    private final Tokens tokens;
    private final Entries entries;
    private final Governance governance;
    private final Lifecycle lifecycle;
    private final Seeding seeding;
    private final Reindexing reindexing;
    private final Supplier<String> address;
    private final InstantSource clock;

    /** Makes the index anew. */
    @FunctionalInterface
    public interface Reindexing {
        Reindexed run() throws IOException;
    }

    /**
     * @param address where people reach the server: {@code http://host:port}
     */
    public Administration(
            People people,
            Accounts accounts,
            Tokens tokens,
            Entries entries,
            Governance governance,
            Lifecycle lifecycle,
            Seeding seeding,
            Reindexing reindexing,
            Supplier<String> address,
            InstantSource clock) {
        this.people = people;
        this.accounts = accounts;
        this.tokens = tokens;
        this.entries = entries;
        this.governance = governance;
        this.lifecycle = lifecycle;
        this.seeding = seeding;
        this.reindexing = reindexing;
        this.address = address;
        this.clock = clock;
    }

    Reindexed reindex(Nothing order) throws IOException {
        return reindexing.run();
    }

    User addUser(NewUser order) {
        return shown(accounts.add(
                order.name(), order.fullName().orElse(order.name()), order.email(), order.password(), order.admin()));
    }

    Users listUsers(Nothing order) {
        return new Users(people.accounts().stream().map(Administration::shown).toList());
    }

    User changeUser(UserChange order) {
        Account account = account(order.name());
        switch (order.change()) {
            case DISABLE -> {
                keepAnAdministrator(account);
                accounts.disable(account);
            }
            case ENABLE -> accounts.enable(account);
            case PASSWORD -> accounts.setPassword(account, order.password().orElse(""));
            case MAKE_ADMIN -> people.setOperator(account.id(), true);
            case MAKE_NO_ADMIN -> {
                keepAnAdministrator(account);
                people.setOperator(account.id(), false);
            }
        }
        return shown(account(order.name()));
    }

    private void keepAnAdministrator(Account account) {
        boolean another = people.accounts().stream()
                .anyMatch(other ->
                        other.operator() && !other.disabled() && !other.id().equals(account.id()));
        if (account.operator() && !account.disabled() && !another) {
            throw Problem.of(Code.CONFLICT, "`" + account.name() + "` is the last administrator")
                    .mend("make somebody else administrator first")
                    .refusal();
        }
    }

    UserToken createToken(NewToken order) {
        Account account = account(order.user());
        Map<String, Boolean> named = new HashMap<>();
        order.entries().forEach((entry, right) -> named.put(entryId(entry), right.equals("write")));
        Tokens.Wish wish = new Tokens.Wish(
                order.name(),
                order.role(),
                order.expiresDays().map(days -> Duration.ofDays(Math.clamp(days, -1, MOST_DAYS))),
                named);
        Tokens.Made made = order.value().isPresent()
                ? tokens.makeChosen(account, wish, order.value().get())
                : tokens.make(account, wish);
        return shown(account, made.token(), Optional.of(made.secret()));
    }

    private String entryId(String path) {
        int slash = path.indexOf('/');
        EntryKind kind = EntryKind.parse(slash < 0 ? "" : path.substring(0, slash))
                .orElseThrow(
                        () -> Problem.of(Code.INVALID, "`" + path + "` is not an entry such as `models/ada/engine`")
                                .refusal());
        return entries.find(kind, RepoName.parse(path.substring(slash + 1)))
                .orElseThrow(() -> Problem.of(Code.ENTRY_NOT_FOUND, "no such entry: `" + path + "`")
                        .refusal())
                .id()
                .value();
    }

    UserTokens listTokens(TokenQuery order) {
        List<Account> whose = order.user().map(this::account).map(List::of).orElseGet(people::accounts);
        return new UserTokens(whose.stream()
                .flatMap(account -> tokens.of(account).stream().map(token -> shown(account, token, Optional.empty())))
                .toList());
    }

    UserToken revokeToken(TokenEnd order) {
        Account account = account(order.user());
        Token token = tokens.of(account).stream()
                .filter(one -> one.id().equals(order.token()) || one.name().equals(order.token()))
                .findFirst()
                .orElseThrow(() -> Problem.of(
                                Code.NOT_FOUND, "`" + account.name() + "` has no token `" + order.token() + "`")
                        .mend("`glasshouse token list --user " + account.name() + "` shows what there is")
                        .refusal());
        tokens.revoke(account, token.id());
        return shown(account, token, Optional.empty());
    }

    Organisation addOrganisation(NewOrganisation order) {
        Map<String, Role> roles = new TreeMap<>();
        order.members().forEach((name, role) -> roles.put(account(name).id(), role(role)));
        Namespace made =
                people.addOrganisation(order.name(), order.fullName().orElse(order.name()), roles, clock.instant());
        return shown(made);
    }

    Organisations listOrganisations(Nothing order) {
        return new Organisations(
                people.organisations().stream().map(this::shown).toList());
    }

    Organisation changeMember(MemberChange order) {
        Namespace organisation = people.namespace(order.organisation())
                .filter(Namespace::organisation)
                .orElseThrow(
                        () -> Problem.of(Code.NOT_FOUND, "no organisation is called `" + order.organisation() + "`")
                                .refusal());
        Account account = account(order.user());
        if (order.role().isPresent()) {
            people.setMember(organisation.id(), account.id(), role(order.role().get()));
        } else {
            people.removeMember(organisation.id(), account.id());
        }
        return shown(organisation);
    }

    static Role role(String word) {
        return Role.parse(word)
                .orElseThrow(() -> Problem.of(Code.INVALID, "`" + word + "` is not a role")
                        .mend("a role is read, contributor, write or admin")
                        .refusal());
    }

    Operations.Seeded seed(Operations.Seed order) {
        return seeding.seed(order);
    }

    /** A new link that creates an administrator; the one before it is good no longer. */
    public Link link(Nothing order) {
        return new Link(
                address.get() + "/join?link=" + accounts.newAdministratorLink(),
                clock.instant().plus(Accounts.LINK_LASTS));
    }

    DeletedEntries listDeleted(Nothing order) {
        return new DeletedEntries(governance.deleted().stream().map(this::shown).toList());
    }

    Operations.Restored restore(Operations.Restore order) throws IOException {
        List<Governance.Deleted> meant = governance.deleted().stream()
                .filter(deleted -> names(deleted, order.entry()))
                .toList();
        if (meant.size() != 1) {
            throw Problem.of(
                            meant.isEmpty() ? Code.NOT_FOUND : Code.CONFLICT,
                            meant.isEmpty()
                                    ? "no deleted entry is called `" + order.entry() + "`"
                                    : "`" + order.entry() + "` is the name of " + meant.size() + " deleted entries")
                    .mend("`glasshouse admin deleted` shows what there is; its ids are unique")
                    .refusal();
        }
        Entry entry = lifecycle.restore(meant.getFirst().entryId(), order.as().map(RepoName::parse));
        return new Operations.Restored(entry.kind().word(), entry.name().toString());
    }

    private static boolean names(Governance.Deleted deleted, String wanted) {
        return wanted.equals(deleted.entryId().value())
                || wanted.equalsIgnoreCase(deleted.name())
                || wanted.equalsIgnoreCase(deleted.kind().pageSegment() + "/" + deleted.name())
                || wanted.equalsIgnoreCase(deleted.kind().apiSegment() + "/" + deleted.name());
    }

    private Account account(String name) {
        return people.account(name)
                .orElseThrow(() -> Problem.of(Code.NOT_FOUND, "no account is called `" + name + "`")
                        .mend("`glasshouse user list` shows who there is")
                        .refusal());
    }

    private static User shown(Account account) {
        return new User(
                account.name(),
                account.fullName(),
                account.email(),
                account.operator(),
                account.disabled(),
                account.passwordHash().isPresent(),
                account.createdAt());
    }

    private static UserToken shown(Account account, Token token, Optional<String> secret) {
        return new UserToken(
                token.id(),
                account.name(),
                token.name(),
                token.role(),
                token.hint(),
                token.createdAt(),
                token.expiresAt(),
                token.lastUsedAt(),
                secret);
    }

    private Organisation shown(Namespace organisation) {
        Map<String, String> members = new TreeMap<>();
        for (Membership member : people.membersOf(organisation.id())) {
            members.put(member.account(), member.role().word());
        }
        return new Organisation(organisation.name(), organisation.fullName(), members, organisation.createdAt());
    }

    private DeletedEntry shown(Governance.Deleted deleted) {
        String by = people.accountById(deleted.deletedBy()).map(Account::name).orElse(deleted.deletedBy());
        return new DeletedEntry(
                deleted.entryId().value(),
                deleted.kind().word(),
                deleted.name(),
                by,
                deleted.deletedAt(),
                deleted.purgeAt());
    }
}
