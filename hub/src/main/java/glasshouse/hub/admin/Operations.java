package glasshouse.hub.admin;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything that can be ordered, a line each, with what goes in and what comes out. All of it can be written as JSON. */
public final class Operations {
    /** No more than the order itself. */
    public record Nothing() {}

    /** An account to be. */
    public record NewUser(
            String name, Optional<String> fullName, Optional<String> email, Optional<String> password, boolean admin) {}

    /** An account as it is shown. */
    public record User(
            String name,
            String fullName,
            Optional<String> email,
            boolean admin,
            boolean disabled,
            boolean hasPassword,
            Instant createdAt) {}

    public record Users(List<User> users) {}

    /** Something to change on an account. */
    public record UserChange(String name, Change change, Optional<String> password) {
        /** What to change. */
        public enum Change {
            DISABLE,
            ENABLE,
            PASSWORD,
            MAKE_ADMIN,
            MAKE_NO_ADMIN
        }
    }

    /**
     * A token to be.
     *
     * @param value chosen rather than made; none as a rule
     * @param entries for a fine-grained one: {@code models/ns/name} and so on, to {@code read} or {@code write}
     */
    public record NewToken(
            String user,
            String name,
            String role,
            Optional<Long> expiresDays,
            Optional<String> value,
            Map<String, String> entries) {}

    /**
     * A token as it is shown.
     *
     * @param secret when it was just made, and never again
     */
    public record UserToken(
            String id,
            String user,
            String name,
            String role,
            String hint,
            Instant createdAt,
            Optional<Instant> expiresAt,
            Optional<Instant> lastUsedAt,
            Optional<String> secret) {}

    /** Whose tokens. */
    public record TokenQuery(Optional<String> user) {}

    public record UserTokens(List<UserToken> tokens) {}

    public record TokenEnd(String user, String token) {}

    /** An organisation to be; {@code members} is account to role. */
    public record NewOrganisation(String name, Optional<String> fullName, Map<String, String> members) {}

    public record Organisation(String name, String fullName, Map<String, String> members, Instant createdAt) {}

    public record Organisations(List<Organisation> organisations) {}

    /** A membership to be set, or ended where there is no role. */
    public record MemberChange(String organisation, String user, Optional<String> role) {}

    /**
     * People to fill a server with.
     *
     * @param publicToo whether that is meant even where the server can be reached from elsewhere
     */
    public record Seed(List<SeedUser> users, List<SeedOrganisation> organisations, boolean publicToo) {}

    public record SeedUser(
            String name, Optional<String> email, Optional<String> password, boolean admin, List<SeedToken> tokens) {}

    public record SeedToken(String value, String role) {}

    public record SeedOrganisation(String name, Map<String, String> members) {}

    public record Seeded(int users, int tokens, int organisations) {}

    /** A link that creates an administrator. */
    public record Link(String url, Instant goodUntil) {}

    /** An entry that was deleted and is kept for a while. */
    public record DeletedEntry(
            String id, String kind, String name, String deletedBy, Instant deletedAt, Instant goneAt) {}

    /**
     * An entry to be brought back.
     *
     * @param entry its id, its name, or kind and name: {@code models/ns/name}
     * @param as another name, where its own is taken by now
     */
    public record Restore(String entry, Optional<String> as) {}

    /** An entry that is there again. */
    public record Restored(String kind, String name) {}

    public record DeletedEntries(List<DeletedEntry> entries) {}

    /** What a reindex gave: how many entries there are, and how much of the work that it made is not done. */
    public record Reindexed(int entries, long failed) {}

    public static final Operation<NewUser, User> ADD_USER =
            new Operation<>("user add", NewUser.class, User.class, Administration::addUser);
    public static final Operation<Nothing, Users> LIST_USERS =
            new Operation<>("user list", Nothing.class, Users.class, Administration::listUsers);
    public static final Operation<UserChange, User> CHANGE_USER =
            new Operation<>("user change", UserChange.class, User.class, Administration::changeUser);
    public static final Operation<NewToken, UserToken> CREATE_TOKEN =
            new Operation<>("token create", NewToken.class, UserToken.class, Administration::createToken);
    public static final Operation<TokenQuery, UserTokens> LIST_TOKENS =
            new Operation<>("token list", TokenQuery.class, UserTokens.class, Administration::listTokens);
    public static final Operation<TokenEnd, UserToken> REVOKE_TOKEN =
            new Operation<>("token revoke", TokenEnd.class, UserToken.class, Administration::revokeToken);
    public static final Operation<NewOrganisation, Organisation> ADD_ORGANISATION =
            new Operation<>("org add", NewOrganisation.class, Organisation.class, Administration::addOrganisation);
    public static final Operation<Nothing, Organisations> LIST_ORGANISATIONS =
            new Operation<>("org list", Nothing.class, Organisations.class, Administration::listOrganisations);
    public static final Operation<MemberChange, Organisation> CHANGE_MEMBER =
            new Operation<>("org member", MemberChange.class, Organisation.class, Administration::changeMember);
    public static final Operation<Seed, Seeded> SEED =
            new Operation<>("admin seed", Seed.class, Seeded.class, Administration::seed);
    public static final Operation<Nothing, Link> LINK =
            new Operation<>("admin link", Nothing.class, Link.class, Administration::link);
    public static final Operation<Nothing, DeletedEntries> LIST_DELETED =
            new Operation<>("admin deleted", Nothing.class, DeletedEntries.class, Administration::listDeleted);

    public static final Operation<Nothing, Reindexed> REINDEX =
            new Operation<>("reindex", Nothing.class, Reindexed.class, Administration::reindex);

    public static final Operation<Restore, Restored> RESTORE =
            new Operation<>("admin restore", Restore.class, Restored.class, Administration::restore);

    /** What the socket takes. */
    public static final List<Operation<?, ?>> ALL = List.of(
            ADD_USER,
            LIST_USERS,
            CHANGE_USER,
            CREATE_TOKEN,
            LIST_TOKENS,
            REVOKE_TOKEN,
            ADD_ORGANISATION,
            LIST_ORGANISATIONS,
            CHANGE_MEMBER,
            SEED,
            LINK,
            LIST_DELETED,
            RESTORE,
            REINDEX);

    /** What may be done before there is a data folder, which it then makes. Others would make one where somebody mistyped its name. */
    public static final List<Operation<?, ?>> FOUNDING = List.of(ADD_USER, ADD_ORGANISATION, SEED, LINK);

    private Operations() {}
}
