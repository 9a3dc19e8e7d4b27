package glasshouse.hub.index;

import glasshouse.core.access.Role;
import glasshouse.core.entry.Names;
import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/** Users, organisations, and who is a member of what. */
public final class People {
    private static final String ACCOUNT = "SELECT n.id, n.name, n.full_name, n.created_at, n.quota_bytes, a.email,"
            + " a.password_hash, a.operator, a.disabled FROM namespace n JOIN account a ON a.id = n.id ";

    private static final RowMapper<Account> ACCOUNT_ROW = (row, context) -> new Account(
            row.getString("id"),
            row.getString("name"),
            row.getString("full_name"),
            Optional.ofNullable(row.getString("email")),
            Optional.ofNullable(row.getString("password_hash")),
            row.getInt("operator") == 1,
            row.getInt("disabled") == 1,
            Instant.ofEpochMilli(row.getLong("created_at")));

    private static final RowMapper<Namespace> NAMESPACE_ROW = (row, context) -> {
        long quota = row.getLong("quota_bytes");
        Optional<Long> limit = row.wasNull() ? Optional.empty() : Optional.of(quota);
        return new Namespace(
                row.getString("id"),
                row.getString("kind").equals("organisation"),
                row.getString("name"),
                row.getString("full_name"),
                Instant.ofEpochMilli(row.getLong("created_at")),
                limit);
    };

    /**
     * A person's account.
     *
     * @param passwordHash none where the account has no password and signs in by token alone
     * @param operator administers the instance
     */
    public record Account(
            String id,
            String name,
            String fullName,
            Optional<String> email,
            Optional<String> passwordHash,
            boolean operator,
            boolean disabled,
            Instant createdAt) {}

    /**
     * A user or an organisation: what owns entries.
     *
     * @param quotaBytes most logical bytes that its entries may take, where it is limited on its own
     */
    public record Namespace(
            String id,
            boolean organisation,
            String name,
            String fullName,
            Instant createdAt,
            Optional<Long> quotaBytes) {}

    /** What an account is in an organisation, with both names. */
    public record Membership(
            String organisation, String organisationFullName, String account, String accountId, Role role) {}

    /** The namespace of repositories that do not say what they are. Nobody can have it, so that administrators alone see them. */
    public static final String RECOVERED = "recovered";

    private final Database people;

    public People(Database people) {
        this.people = people;
    }

    /** Changes whenever something that a cached answer was made of may have changed. */
    public long version() {
        return people.version();
    }

    /**
     * Adds an account.
     *
     * @throws glasshouse.core.problem.Refusal CONFLICT where the name is taken
     */
    public Account addAccount(
            String name,
            String fullName,
            Optional<String> email,
            Optional<String> passwordHash,
            boolean operator,
            Instant now) {
        NewAccount wanted = new NewAccount(name, fullName, email, passwordHash, operator);
        return people.write(db -> insert(db, wanted, now));
    }

    /** An account to be. */
    public record NewAccount(
            String name, String fullName, Optional<String> email, Optional<String> passwordHash, boolean operator) {}

    /**
     * Uses a one-time link up and adds an account, both or neither: of two callers at once one gets the account, and a name that is
     * taken leaves the link good.
     *
     * @return none where the link is not good
     * @throws glasshouse.core.problem.Refusal CONFLICT where the name is taken
     */
    public Optional<Account> addAccountByLink(String linkHash, String purpose, NewAccount wanted, Instant now) {
        return people.write(db -> {
            int used = db.execute(
                    "DELETE FROM one_time_link WHERE hash = ? AND purpose = ? AND expires_at > ?",
                    linkHash,
                    purpose,
                    now.toEpochMilli());
            return used == 0 ? Optional.empty() : Optional.of(insert(db, wanted, now));
        });
    }

    private static Account insert(Handle db, NewAccount wanted, Instant now) {
        String id = Ids.next(now.toEpochMilli());
        addNamespace(db, id, "user", wanted.name(), wanted.fullName(), now);
        db.execute(
                "INSERT INTO account (id, email, password_hash, operator) VALUES (?, ?, ?, ?)",
                id,
                wanted.email().orElse(null),
                wanted.passwordHash().orElse(null),
                wanted.operator() ? 1 : 0);
        return db.createQuery(ACCOUNT + "WHERE n.id = :id")
                .bind("id", id)
                .map(ACCOUNT_ROW)
                .one();
    }

    /**
     * Adds an organisation without members.
     *
     * @throws glasshouse.core.problem.Refusal CONFLICT where the name is taken
     */
    public Namespace addOrganisation(String name, String fullName, Instant now) {
        return addOrganisation(name, fullName, Map.of(), now);
    }

    /**
     * Adds an organisation and its members, all or nothing.
     *
     * @param roles by id of account
     * @throws glasshouse.core.problem.Refusal CONFLICT where the name is taken
     */
    public Namespace addOrganisation(String name, String fullName, Map<String, Role> roles, Instant now) {
        String id = Ids.next(now.toEpochMilli());
        return people.write(db -> {
            addNamespace(db, id, "organisation", name, fullName, now);
            roles.forEach((accountId, role) -> db.execute(
                    "INSERT INTO member (organisation_id, account_id, role) VALUES (?, ?, ?)",
                    id,
                    accountId,
                    role.word()));
            return db.createQuery("SELECT * FROM namespace WHERE id = :id")
                    .bind("id", id)
                    .map(NAMESPACE_ROW)
                    .one();
        });
    }

    private static void addNamespace(Handle db, String id, String kind, String name, String fullName, Instant now) {
        Names.checkNamespace(name);
        if (Names.key(name).equals(RECOVERED)) {
            throw Problem.of(Code.CONFLICT, "the name `" + name + "` is taken")
                    .mend("choose another name")
                    .refusal();
        }
        int added = db.execute(
                "INSERT INTO namespace (id, kind, name, name_key, full_name, created_at) VALUES (?, ?, ?, ?, ?, ?)"
                        + " ON CONFLICT (name_key) DO NOTHING",
                id,
                kind,
                name,
                Names.key(name),
                fullName,
                now.toEpochMilli());
        if (added == 0) {
            throw Problem.of(Code.CONFLICT, "the name `" + name + "` is taken")
                    .mend("choose another name")
                    .refusal();
        }
    }

    public Optional<Account> account(String name) {
        return people.read(db -> db.createQuery(ACCOUNT + "WHERE n.name_key = :key")
                .bind("key", Names.key(name))
                .map(ACCOUNT_ROW)
                .findOne());
    }

    public Optional<Account> accountById(String id) {
        return people.read(db -> db.createQuery(ACCOUNT + "WHERE n.id = :id")
                .bind("id", id)
                .map(ACCOUNT_ROW)
                .findOne());
    }

    /** Whether there is anybody who administers the instance. */
    public boolean hasOperator() {
        return people.read(db -> db.createQuery("SELECT COUNT(*) FROM account WHERE operator = 1 AND disabled = 0")
                        .mapTo(Long.class)
                        .one()
                > 0);
    }

    /** All accounts, by name. */
    public List<Account> accounts() {
        return people.read(db ->
                db.createQuery(ACCOUNT + "ORDER BY n.name_key").map(ACCOUNT_ROW).list());
    }

    public Optional<Namespace> namespace(String name) {
        return people.read(db -> db.createQuery("SELECT * FROM namespace WHERE name_key = :key")
                .bind("key", Names.key(name))
                .map(NAMESPACE_ROW)
                .findOne());
    }

    /** All organisations, by name. */
    public List<Namespace> organisations() {
        return people.read(db -> db.createQuery("SELECT * FROM namespace WHERE kind = 'organisation' ORDER BY name_key")
                .map(NAMESPACE_ROW)
                .list());
    }

    /** What an account is a member of. */
    public List<Membership> membershipsOf(String accountId) {
        return memberships("m.account_id = :id", accountId);
    }

    /** Who is a member of an organisation. */
    public List<Membership> membersOf(String organisationId) {
        return memberships("m.organisation_id = :id", organisationId);
    }

    private List<Membership> memberships(String condition, String id) {
        return people.read(db -> db.createQuery(
                        "SELECT o.name AS organisation, o.full_name, a.name AS account, m.account_id,"
                                + " m.role FROM member m JOIN namespace o ON o.id = m.organisation_id"
                                + " JOIN namespace a ON a.id = m.account_id WHERE " + condition
                                + " ORDER BY o.name_key, a.name_key")
                .bind("id", id)
                .map((row, context) -> new Membership(
                        row.getString("organisation"),
                        row.getString("full_name"),
                        row.getString("account"),
                        row.getString("account_id"),
                        Role.parse(row.getString("role")).orElseThrow()))
                .list());
    }

    /** Makes an account a member with a role, or changes the role. */
    public void setMember(String organisationId, String accountId, Role role) {
        people.write(db -> db.execute(
                "INSERT INTO member (organisation_id, account_id, role) VALUES (?, ?, ?)"
                        + " ON CONFLICT (organisation_id, account_id) DO UPDATE SET role = excluded.role",
                organisationId,
                accountId,
                role.word()));
    }

    /**
     * Ends a membership.
     *
     * @throws glasshouse.core.problem.Refusal CONFLICT where it is the last administrator's
     */
    public void removeMember(String organisationId, String accountId) {
        people.write(db -> {
            db.execute("DELETE FROM member WHERE organisation_id = ? AND account_id = ?", organisationId, accountId);
            long left = db.createQuery("SELECT COUNT(*) FROM member WHERE organisation_id = :id AND role = 'admin'")
                    .bind("id", organisationId)
                    .mapTo(Long.class)
                    .one();
            if (left == 0) {
                throw Problem.of(Code.CONFLICT, "an organisation keeps at least one administrator")
                        .mend("make somebody else administrator first")
                        .refusal();
            }
            return left;
        });
    }

    public void setPassword(String accountId, String hash) {
        people.write(db -> db.execute("UPDATE account SET password_hash = ? WHERE id = ?", hash, accountId));
    }

    public void setOperator(String accountId, boolean operator) {
        people.write(db -> db.execute("UPDATE account SET operator = ? WHERE id = ?", operator ? 1 : 0, accountId));
    }

    public void setDisabled(String accountId, boolean disabled) {
        people.write(db -> db.execute("UPDATE account SET disabled = ? WHERE id = ?", disabled ? 1 : 0, accountId));
    }

    /** Changes what a profile shows. */
    public void setProfile(String accountId, String fullName, Optional<String> email) {
        people.write(db -> {
            db.execute("UPDATE namespace SET full_name = ? WHERE id = ?", fullName, accountId);
            return db.execute("UPDATE account SET email = ? WHERE id = ?", email.orElse(null), accountId);
        });
    }

    public void setQuota(String namespaceId, Optional<Long> bytes) {
        people.write(
                db -> db.execute("UPDATE namespace SET quota_bytes = ? WHERE id = ?", bytes.orElse(null), namespaceId));
    }

    /** A value that outlives the process, such as the key that upload addresses are signed with; made on first use. */
    public String setting(String name, java.util.function.Supplier<String> first) {
        return people.write(db -> {
            db.execute(
                    "INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO NOTHING", name, first.get());
            return db.createQuery("SELECT value FROM setting WHERE name = :name")
                    .bind("name", name)
                    .mapTo(String.class)
                    .one();
        });
    }
}
