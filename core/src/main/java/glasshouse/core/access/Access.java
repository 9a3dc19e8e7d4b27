package glasshouse.core.access;

import glasshouse.core.entry.Gate;
import glasshouse.core.entry.Visibility;

/**
 * The one place where access is decided. Pure: the same question has the same answer.
 *
 * <p>Laws (held by tests over all combinations): giving somebody more (a role, a grant, a wider token) never takes anything
 * away; whoever may not {@link Action#SEE} an entry may do nothing else to it and gets {@link Decision.Hidden} or {@link
 * Decision.SignIn} for everything.
 */
public final class Access {
    private Access() {}

    /** Decides on an action that has no entry as its subject. */
    public static Decision decide(Action action, Standing who) {
        return switch (action) {
            case BROWSE -> new Decision.Allowed();
            case ACT_AS_SELF -> who.signedIn() ? new Decision.Allowed() : new Decision.SignIn();
            case MANAGE_SELF -> needs(who, true, Reach.SESSION, "only the owner of an account may do that");
            case ADMINISTER_INSTANCE ->
                needs(who, who.operator(), Reach.WRITE, "only administrators of this instance may do that");
            case CREATE_ENTRY ->
                needs(
                        who,
                        who.operator() || has(who, Role.CONTRIBUTOR),
                        Reach.WRITE,
                        "the namespace is not yours to create entries in");
            case MANAGE_NAMESPACE ->
                needs(
                        who,
                        who.operator() || has(who, Role.ADMIN),
                        Reach.WRITE,
                        "only administrators of the organisation may do that");
            case SEE, READ_FILES, ASK_ACCESS, DISCUSS, PROPOSE, WRITE, REWRITE, ADMINISTER, DELETE ->
                throw new IllegalArgumentException(action + " is asked about an entry");
        };
    }

    /** Decides on an action on an entry. */
    public static Decision decide(Action action, Visibility visibility, Gate gate, Standing who) {
        if (!maySee(visibility, who)) {
            return who.signedIn() ? new Decision.Hidden() : new Decision.SignIn();
        }
        return switch (action) {
            case BROWSE, SEE -> new Decision.Allowed();
            case READ_FILES -> mayRead(gate, who) ? new Decision.Allowed() : new Decision.Gated();
            case ACT_AS_SELF -> who.signedIn() ? new Decision.Allowed() : new Decision.SignIn();
            case ASK_ACCESS, DISCUSS -> needs(who, who.signedIn(), writeOnPublic(who), "the token may only read");
            case PROPOSE ->
                mayRead(gate, who)
                        ? needs(who, who.signedIn(), writeOnPublic(who), "the token may only read")
                        : who.signedIn() ? new Decision.Gated() : new Decision.SignIn();
            case WRITE -> needs(who, mayWrite(who), Reach.WRITE, "you may read this entry, not change it");
            case REWRITE, ADMINISTER, DELETE ->
                needs(
                        who,
                        who.operator() || has(who, Role.ADMIN),
                        Reach.WRITE,
                        "only administrators of the namespace may do that");
            case MANAGE_SELF, ADMINISTER_INSTANCE, CREATE_ENTRY, MANAGE_NAMESPACE ->
                throw new IllegalArgumentException(action + " is not asked about an entry");
        };
    }

    /** Whether somebody may know of an entry: the rule behind every listing. */
    public static boolean maySee(Visibility visibility, Standing who) {
        return visibility.isPublic()
                || who.reach() != Reach.NONE && (who.operator() || who.role().isPresent());
    }

    private static boolean mayRead(Gate gate, Standing who) {
        return gate == Gate.NONE
                || who.reach() != Reach.NONE && (who.operator() || who.role().isPresent() || who.granted());
    }

    private static boolean mayWrite(Standing who) {
        return who.operator() || has(who, Role.WRITE) || has(who, Role.CONTRIBUTOR) && who.creator();
    }

    /** A person's word in public needs a credential that writes, wherever it may write. */
    private static Reach writeOnPublic(Standing who) {
        return who.signedIn() ? Reach.WRITE : Reach.NONE;
    }

    private static boolean has(Standing who, Role role) {
        return who.role().isPresent() && who.role().get().atLeast(role);
    }

    private static Decision needs(Standing who, boolean entitled, Reach reach, String otherwise) {
        if (!who.signedIn()) {
            return new Decision.SignIn();
        }
        if (!entitled) {
            return new Decision.Forbidden(otherwise);
        }
        return who.reach().compareTo(reach) >= 0
                ? new Decision.Allowed()
                : new Decision.Forbidden(
                        reach == Reach.SESSION
                                ? "no token may do that; sign in with a browser"
                                : "the token may not do that; it needs the role `write`");
    }
}
