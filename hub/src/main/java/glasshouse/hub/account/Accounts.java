package glasshouse.hub.account;

import glasshouse.core.entry.Names;
import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import glasshouse.hub.index.Credentials;
import glasshouse.hub.index.People;
import glasshouse.hub.index.People.Account;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What people do with their own account: signing in and out, their password, what others see of them. */
public final class Accounts {
    /** How long a link to create an administrator is good. */
    public static final Duration LINK_LASTS = Duration.ofHours(24);

    private static final String FIRST_ADMINISTRATOR = "administrator";
    private static final int MAX_SESSIONS = 100;
    private static final int REMEMBERED = 10_000;
    private static final int MAX_FULL_NAME = 200;
    private static final Pattern EMAIL = Pattern.compile("[^\\s@<>\"]{1,64}@[^\\s@<>\"]{1,190}");

    private final People people;
    private final Credentials credentials;
    private final Passwords passwords;
    private final InstantSource clock;
    private final Throttle byAccount;
    private final Throttle byAddress;
    /** Who signed in from where: there, somebody who hammers at the account from elsewhere cannot keep its owner out. */
    private final Set<String> familiar = Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    });

    public Accounts(People people, Credentials credentials, Passwords passwords, InstantSource clock) {
        this.people = people;
        this.credentials = credentials;
        this.passwords = passwords;
        this.clock = clock;
        this.byAccount = new Throttle(Throttle.Policy.ACCOUNT, REMEMBERED, clock);
        this.byAddress = new Throttle(Throttle.Policy.ADDRESS, REMEMBERED, clock);
    }

    /**
     * Signs somebody in.
     *
     * @param remote the address that they come from
     * @throws glasshouse.core.problem.Refusal FORBIDDEN where name or password is wrong, or the account is disabled; RATE_LIMITED where
     *     there were too many attempts
     */
    public Session signIn(String name, String password, String remote) {
        String account = Names.key(name.strip());
        String address = network(remote);
        String pair = account + " from " + address;
        attempt(byAddress, address);
        attempt(byAccount, isFamiliar(pair) ? pair : account);
        Optional<Account> found = account.length() > Names.MAX_LENGTH ? Optional.empty() : people.account(account);
        if (!passwords.matches(password, found.flatMap(Account::passwordHash))) {
            throw Problem.of(Code.FORBIDDEN, "the name or the password is wrong")
                    .refusal();
        }
        Account person = found.orElseThrow();
        byAccount.forget(isFamiliar(pair) ? pair : account);
        byAddress.takeBack(address);
        synchronized (familiar) {
            familiar.add(pair);
        }
        if (person.disabled()) {
            throw Problem.of(Code.FORBIDDEN, "this account is disabled")
                    .mend("ask an administrator of this server")
                    .refusal();
        }
        if (person.passwordHash().filter(passwords::isOld).isPresent()) {
            people.setPassword(person.id(), passwords.hash(password));
        }
        return begin(person);
    }

    private boolean isFamiliar(String pair) {
        synchronized (familiar) {
            return familiar.contains(pair);
        }
    }

    private static void attempt(Throttle throttle, String key) {
        throttle.begin(key).ifPresent(wait -> {
            throw Problem.of(Code.RATE_LIMITED, "too many attempts to sign in")
                    .mend("try again in " + Math.max(1, wait.toSeconds() + 1) + " s")
                    .after(wait)
                    .refusal();
        });
    }

    /** Whoever has one IPv6 address usually has 2^64 of them. */
    private static String network(String remote) {
        String bare = remote.startsWith("[") ? remote.substring(1, remote.length() - 1) : remote;
        if (bare.indexOf(':') < 0) {
            return bare;
        }
        try {
            byte[] bytes = java.net.InetAddress.ofLiteral(bare).getAddress();
            return java.util.HexFormat.of().formatHex(bytes, 0, Math.min(8, bytes.length));
        } catch (IllegalArgumentException e) {
            return bare;
        }
    }

    private Session begin(Account account) {
        String secret = Secrets.letters();
        Instant now = clock.instant();
        credentials.addSession(Secrets.hash(secret), account.id(), now, now.plus(Session.LASTS), MAX_SESSIONS);
        return new Session(secret, account, Session.LASTS);
    }

    /** Ends a session. */
    public void signOut(String secret) {
        credentials.removeSession(Secrets.hash(secret));
    }

    /** Whether there is nobody yet who could administer this server. */
    public boolean lacksAdministrator() {
        return !people.hasOperator();
    }

    /** A link's secret that creates an administrator, once; a link made before it is good no longer. */
    public String newAdministratorLink() {
        String secret = Secrets.letters();
        credentials.addLink(
                Secrets.hash(secret), FIRST_ADMINISTRATOR, clock.instant().plus(LINK_LASTS));
        return secret;
    }

    /** Whether a link creates an administrator, for the page to say so before anything is filled in. */
    public boolean isGoodLink(String secret) {
        return credentials.linkIsGood(Secrets.hash(secret), FIRST_ADMINISTRATOR, clock.instant());
    }

    /**
     * Creates an administrator by a link, and signs them in. Of two who use the link at once, one wins; a name that is taken does not
     * use it up.
     *
     * @throws glasshouse.core.problem.Refusal FORBIDDEN where the link is used or too old; INVALID for name, e-mail or password;
     *     CONFLICT where the name is taken
     */
    public Session join(String secret, String name, String fullName, Optional<String> email, String password) {
        if (!isGoodLink(secret)) {
            throw badLink();
        }
        Passwords.check(password, name);
        String shown = checkFullName(fullName, name);
        Optional<String> mail = checkEmail(email);
        Account account = people.addAccountByLink(
                        Secrets.hash(secret),
                        FIRST_ADMINISTRATOR,
                        new People.NewAccount(name, shown, mail, Optional.of(passwords.hash(password)), true),
                        clock.instant())
                .orElseThrow(Accounts::badLink);
        return begin(account);
    }

    private static RuntimeException badLink() {
        return Problem.of(Code.FORBIDDEN, "the link was used already, or is too old")
                .mend("make a new one on the server: glasshouse admin link")
                .refusal();
    }

    /**
     * Adds an account, as an administrator does.
     *
     * @param password none for an account that works by tokens alone
     */
    public Account add(
            String name, String fullName, Optional<String> email, Optional<String> password, boolean administrator) {
        password.ifPresent(text -> Passwords.check(text, name));
        return people.addAccount(
                name,
                checkFullName(fullName, name),
                checkEmail(email),
                password.map(passwords::hash),
                administrator,
                clock.instant());
    }

    /**
     * Changes one's own password, and ends all sessions but the one at hand.
     *
     * @param session the cookie's value, which goes on
     * @throws glasshouse.core.problem.Refusal FORBIDDEN where the old one is wrong; INVALID where the new one will not do
     */
    public void changePassword(Account account, String oldPassword, String newPassword, Optional<String> session) {
        attempt(byAccount, Names.key(account.name()));
        Account current = people.accountById(account.id()).orElse(account);
        if (!passwords.matches(oldPassword, current.passwordHash())) {
            throw Problem.of(Code.FORBIDDEN, "the old password is wrong").refusal();
        }
        byAccount.forget(Names.key(account.name()));
        Passwords.check(newPassword, account.name());
        people.setPassword(account.id(), passwords.hash(newPassword));
        credentials.removeSessionsOf(account.id(), session.map(Secrets::hash));
    }

    /** Sets somebody's password, as an administrator does, and ends all their sessions. */
    public void setPassword(Account account, String password) {
        Passwords.check(password, account.name());
        people.setPassword(account.id(), passwords.hash(password));
        credentials.removeSessionsOf(account.id(), Optional.empty());
        byAccount.forget(Names.key(account.name()));
    }

    /** Ends an account's sessions and stops its tokens; nothing of it is lost. */
    public void disable(Account account) {
        people.setDisabled(account.id(), true);
        credentials.removeSessionsOf(account.id(), Optional.empty());
    }

    /** Lets a disabled account in again. */
    public void enable(Account account) {
        people.setDisabled(account.id(), false);
    }

    /** Changes what a profile shows. */
    public void changeProfile(Account account, String fullName, Optional<String> email) {
        people.setProfile(account.id(), checkFullName(fullName, account.name()), checkEmail(email));
    }

    private static String checkFullName(String fullName, String name) {
        String shown = fullName.strip();
        if (shown.length() > MAX_FULL_NAME || shown.codePoints().anyMatch(Character::isISOControl)) {
            throw Problem.of(
                            Code.INVALID,
                            "a full name has at most " + MAX_FULL_NAME + " characters, all of them printable")
                    .refusal();
        }
        return shown.isEmpty() ? name : shown;
    }

    private static Optional<String> checkEmail(Optional<String> email) {
        Optional<String> mail = email.map(String::strip).filter(text -> !text.isEmpty());
        if (mail.isPresent() && !EMAIL.matcher(mail.get()).matches()) {
            throw Problem.of(Code.INVALID, "this is not an e-mail address").refusal();
        }
        return mail;
    }
}
