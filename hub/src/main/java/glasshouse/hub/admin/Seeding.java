package glasshouse.hub.admin;

import glasshouse.core.access.Role;
import glasshouse.core.entry.Names;
import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import glasshouse.hub.account.Passwords;
import glasshouse.hub.account.SignIn;
import glasshouse.hub.account.Tokens;
import glasshouse.hub.admin.Operations.Seed;
import glasshouse.hub.admin.Operations.SeedOrganisation;
import glasshouse.hub.admin.Operations.SeedToken;
import glasshouse.hub.admin.Operations.SeedUser;
import glasshouse.hub.admin.Operations.Seeded;
import glasshouse.hub.index.People;
import glasshouse.hub.index.People.Account;
import glasshouse.hub.index.People.Namespace;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * Fills a server with people whose passwords and tokens are known beforehand, for tests and trials. Doing it twice does it once: who
 * and what is there already is left or set to what the seed says. Short passwords are taken, which is why a server that others can
 * reach refuses unless somebody insists.
 */
public final class Seeding {
    private final People people;
    private final Passwords passwords;
    private final Tokens tokens;
    private final SignIn signIn;
    private final boolean exposed;
    private final InstantSource clock;

    /** @param exposed whether the server can be reached from other machines */
    public Seeding(
            People people, Passwords passwords, Tokens tokens, SignIn signIn, boolean exposed, InstantSource clock) {
        this.people = people;
        this.passwords = passwords;
        this.tokens = tokens;
        this.signIn = signIn;
        this.exposed = exposed;
        this.clock = clock;
    }

    Seeded seed(Seed seed) {
        if (exposed && !seed.publicToo()) {
            throw Problem.of(Code.FORBIDDEN, "this server can be reached by others")
                    .because("a seed has passwords and tokens that stand in a file")
                    .mend("if that is what you want, add --yes")
                    .refusal();
        }
        check(seed);
        int made = 0;
        for (SeedUser user : seed.users()) {
            Account account = user(user);
            for (SeedToken token : user.tokens()) {
                made += token(account, token);
            }
        }
        for (SeedOrganisation organisation : seed.organisations()) {
            organisation(organisation);
        }
        return new Seeded(seed.users().size(), made, seed.organisations().size());
    }

    /** Everything that can be wrong is looked at before anything is written. */
    private void check(Seed seed) {
        for (SeedUser user : seed.users()) {
            Names.checkNamespace(user.name());
            people.namespace(user.name()).filter(Namespace::organisation).ifPresent(taken -> {
                throw taken(user.name(), "an organisation");
            });
            user.tokens().forEach(token -> check(user, token));
        }
        for (SeedOrganisation organisation : seed.organisations()) {
            Names.checkNamespace(organisation.name());
            people.account(organisation.name()).ifPresent(taken -> {
                throw taken(organisation.name(), "an account");
            });
            organisation.members().forEach((name, role) -> {
                Administration.role(role);
                boolean known = people.account(name).isPresent()
                        || seed.users().stream()
                                .anyMatch(user -> Names.key(user.name()).equals(Names.key(name)));
                if (!known) {
                    throw Problem.of(
                                    Code.INVALID,
                                    "the member `" + name + "` of `" + organisation.name() + "` is nobody's name")
                            .refusal();
                }
            });
        }
    }

    private void check(SeedUser user, SeedToken token) {
        Tokens.checkChosen(token.value());
        if (!token.role().equals("read") && !token.role().equals("write")) {
            throw Problem.of(Code.INVALID, "the role of a token in a seed is `read` or `write`")
                    .refusal();
        }
        signIn.byToken(token.value())
                .filter(caller -> !Names.key(caller.person().name()).equals(Names.key(user.name())))
                .ifPresent(caller -> {
                    throw Problem.of(
                                    Code.CONFLICT,
                                    "a token of `" + user.name() + "` belongs to `"
                                            + caller.person().name() + "` already")
                            .refusal();
                });
    }

    private static RuntimeException taken(String name, String by) {
        return Problem.of(Code.CONFLICT, "the name `" + name + "` is taken by " + by)
                .refusal();
    }

    private Account user(SeedUser user) {
        Optional<String> hash = user.password().map(passwords::hash);
        Optional<Account> there = people.account(user.name());
        if (there.isEmpty()) {
            return people.addAccount(user.name(), user.name(), user.email(), hash, user.admin(), clock.instant());
        }
        Account account = there.get();
        hash.ifPresent(text -> people.setPassword(account.id(), text));
        people.setOperator(account.id(), user.admin());
        return account;
    }

    private int token(Account account, SeedToken token) {
        boolean there = signIn.byToken(token.value())
                .filter(caller -> caller.person().id().equals(account.id()))
                .isPresent();
        if (there) {
            return 0;
        }
        tokens.makeChosen(account, new Tokens.Wish("", token.role(), Optional.empty(), Map.of()), token.value());
        return 1;
    }

    private void organisation(SeedOrganisation wanted) {
        Namespace organisation = people.namespace(wanted.name())
                .orElseGet(() -> people.addOrganisation(wanted.name(), wanted.name(), clock.instant()));
        for (Map.Entry<String, String> member : wanted.members().entrySet()) {
            Role role = Administration.role(member.getValue());
            people.setMember(
                    organisation.id(),
                    people.account(member.getKey()).orElseThrow().id(),
                    role);
        }
    }
}
