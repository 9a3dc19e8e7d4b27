package glasshouse.core.access;

import static org.assertj.core.api.Assertions.assertThat;

import glasshouse.core.entry.Gate;
import glasshouse.core.entry.Visibility;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Laws of access, held against every combination that there is. */
class AccessLawsTest {
    private static final Set<Action> ON_ENTRY = EnumSet.of(
            Action.BROWSE,
            Action.ACT_AS_SELF,
            Action.SEE,
            Action.READ_FILES,
            Action.ASK_ACCESS,
            Action.DISCUSS,
            Action.PROPOSE,
            Action.WRITE,
            Action.REWRITE,
            Action.ADMINISTER,
            Action.DELETE);

    private static final Set<Action> ELSEWHERE = EnumSet.of(
            Action.BROWSE,
            Action.ACT_AS_SELF,
            Action.MANAGE_SELF,
            Action.ADMINISTER_INSTANCE,
            Action.CREATE_ENTRY,
            Action.MANAGE_NAMESPACE);

    private static List<Standing> everybody() {
        List<Standing> all = new ArrayList<>();
        for (boolean signedIn : new boolean[] {false, true}) {
            for (boolean operator : new boolean[] {false, true}) {
                for (Optional<Role> role : roles()) {
                    for (boolean creator : new boolean[] {false, true}) {
                        for (boolean granted : new boolean[] {false, true}) {
                            for (Reach reach : Reach.values()) {
                                all.add(new Standing(signedIn, operator, role, creator, granted, reach));
                            }
                        }
                    }
                }
            }
        }
        return all;
    }

    private static List<Optional<Role>> roles() {
        List<Optional<Role>> roles = new ArrayList<>(List.of(Optional.empty()));
        for (Role role : Role.values()) {
            roles.add(Optional.of(role));
        }
        return roles;
    }

    /** Whether somebody has all that another has. */
    private static boolean hasAllOf(Standing more, Standing less) {
        return implies(less.signedIn(), more.signedIn())
                && implies(less.operator(), more.operator())
                && implies(less.creator(), more.creator())
                && implies(less.granted(), more.granted())
                && more.reach().compareTo(less.reach()) >= 0
                && less.role()
                        .map(role -> more.role().map(held -> held.atLeast(role)).orElse(false))
                        .orElse(true);
    }

    private static boolean implies(boolean a, boolean b) {
        return !a || b;
    }

    @Test
    void whoIsGivenMoreMayDoNoLess() {
        List<Standing> all = everybody();
        for (Standing less : all) {
            for (Standing more : all) {
                if (!hasAllOf(more, less)) {
                    continue;
                }
                for (Action action : ELSEWHERE) {
                    assertThat(implies(allowed(action, less), allowed(action, more)))
                            .as("%s: %s against %s", action, less, more)
                            .isTrue();
                }
                for (Visibility visibility : Visibility.values()) {
                    assertThat(implies(Access.maySee(visibility, less), Access.maySee(visibility, more)))
                            .isTrue();
                    for (Gate gate : Gate.values()) {
                        for (Action action : ON_ENTRY) {
                            if (Access.decide(action, visibility, gate, less).allowed()
                                    && !Access.decide(action, visibility, gate, more)
                                            .allowed()) {
                                throw new AssertionError(action + " on " + visibility + " " + gate + ": " + less
                                        + " may, " + more + " may not");
                            }
                        }
                    }
                }
            }
        }
    }

    private static boolean allowed(Action action, Standing who) {
        return Access.decide(action, who).allowed();
    }

    @Test
    void whatMayNotBeSeenLooksTheSameWhateverIsAsked() {
        for (Standing who : everybody()) {
            for (Visibility visibility : Visibility.values()) {
                for (Gate gate : Gate.values()) {
                    for (Action action : ON_ENTRY) {
                        Decision decision = Access.decide(action, visibility, gate, who);
                        if (!Access.maySee(visibility, who)) {
                            assertThat(decision)
                                    .isEqualTo(who.signedIn() ? new Decision.Hidden() : new Decision.SignIn());
                        } else {
                            assertThat(decision).isNotInstanceOf(Decision.Hidden.class);
                        }
                    }
                }
            }
        }
    }

    @Test
    void nobodyIsToldToSignInWhoHas() {
        for (Standing who : everybody()) {
            if (!who.signedIn()) {
                continue;
            }
            for (Action action : ELSEWHERE) {
                assertThat(Access.decide(action, who)).isNotInstanceOf(Decision.SignIn.class);
            }
            for (Visibility visibility : Visibility.values()) {
                for (Gate gate : Gate.values()) {
                    for (Action action : ON_ENTRY) {
                        assertThat(Access.decide(action, visibility, gate, who)).isNotInstanceOf(Decision.SignIn.class);
                    }
                }
            }
        }
    }

    @Test
    void nothingIsChangedWithoutACredentialThatWrites() {
        Set<Action> changes = EnumSet.of(
                Action.ASK_ACCESS,
                Action.DISCUSS,
                Action.PROPOSE,
                Action.WRITE,
                Action.REWRITE,
                Action.ADMINISTER,
                Action.DELETE);
        for (Standing who : everybody()) {
            if (who.signedIn() && who.reach().compareTo(Reach.WRITE) >= 0) {
                continue;
            }
            for (Visibility visibility : Visibility.values()) {
                for (Gate gate : Gate.values()) {
                    for (Action action : changes) {
                        assertThat(Access.decide(action, visibility, gate, who).allowed())
                                .as("%s by %s", action, who)
                                .isFalse();
                    }
                }
            }
            assertThat(allowed(Action.CREATE_ENTRY, who)).isFalse();
            assertThat(allowed(Action.MANAGE_NAMESPACE, who)).isFalse();
            assertThat(allowed(Action.ADMINISTER_INSTANCE, who)).isFalse();
        }
    }

    @Test
    void noTokenManagesWhatItsOwnerSignsInWith() {
        for (Standing who : everybody()) {
            assertThat(allowed(Action.MANAGE_SELF, who)).isEqualTo(who.signedIn() && who.reach() == Reach.SESSION);
        }
    }

    @Test
    void theGateStopsReadingAndNothingElse() {
        for (Standing who : everybody()) {
            for (Visibility visibility : Visibility.values()) {
                for (Gate gate : new Gate[] {Gate.AUTO, Gate.MANUAL}) {
                    for (Action action : ON_ENTRY) {
                        Decision gated = Access.decide(action, visibility, gate, who);
                        Decision open = Access.decide(action, visibility, Gate.NONE, who);
                        if (action == Action.READ_FILES || action == Action.PROPOSE) {
                            assertThat(implies(gated.allowed(), open.allowed())).isTrue();
                        } else {
                            assertThat(gated).isEqualTo(open);
                        }
                    }
                }
            }
        }
    }
}
