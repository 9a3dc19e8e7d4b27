package glasshouse.core.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glasshouse.core.entry.Gate;
import glasshouse.core.entry.Visibility;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Who may do what, person by person. */
class AccessTest {
    private static final Set<Action> ON_ENTRY = EnumSet.of(
            Action.SEE,
            Action.READ_FILES,
            Action.ASK_ACCESS,
            Action.DISCUSS,
            Action.PROPOSE,
            Action.WRITE,
            Action.REWRITE,
            Action.ADMINISTER,
            Action.DELETE);

    private static final Standing STRANGER = with(Optional.empty(), false, false, Reach.WRITE);

    private static final Map<String, Standing> PEOPLE = Map.ofEntries(
            Map.entry("anonymous", Standing.ANONYMOUS),
            Map.entry("stranger", STRANGER),
            Map.entry("stranger who reads", with(Optional.empty(), false, false, Reach.READ)),
            Map.entry("stranger who was let in", with(Optional.empty(), false, true, Reach.WRITE)),
            Map.entry("reader", with(Optional.of(Role.READ), false, false, Reach.WRITE)),
            Map.entry("contributor", with(Optional.of(Role.CONTRIBUTOR), false, false, Reach.WRITE)),
            Map.entry("contributor who made it", with(Optional.of(Role.CONTRIBUTOR), true, false, Reach.WRITE)),
            Map.entry("reader who made it", with(Optional.of(Role.READ), true, false, Reach.WRITE)),
            Map.entry("writer", with(Optional.of(Role.WRITE), false, false, Reach.WRITE)),
            Map.entry("admin", with(Optional.of(Role.ADMIN), false, false, Reach.WRITE)),
            Map.entry("admin who reads", with(Optional.of(Role.ADMIN), true, true, Reach.READ)),
            Map.entry("admin whose token names others", with(Optional.of(Role.ADMIN), true, true, Reach.NONE)),
            Map.entry("operator", new Standing(true, true, Optional.empty(), false, false, Reach.WRITE)));

    private static Standing with(Optional<Role> role, boolean creator, boolean granted, Reach reach) {
        return new Standing(true, false, role, creator, granted, reach);
    }

    /** What a person may do, a letter for each action: those that change the entry in capitals. */
    private static String may(String person, Visibility visibility, Gate gate) {
        Map<Action, String> letters = Map.of(
                Action.SEE, "s",
                Action.READ_FILES, "f",
                Action.ASK_ACCESS, "a",
                Action.DISCUSS, "d",
                Action.PROPOSE, "p",
                Action.WRITE, "W",
                Action.REWRITE, "R",
                Action.ADMINISTER, "A",
                Action.DELETE, "D");
        Standing who = PEOPLE.getOrDefault(person, Standing.ANONYMOUS);
        return ON_ENTRY.stream()
                .filter(action -> Access.decide(action, visibility, gate, who).allowed())
                .map(action -> letters.getOrDefault(action, "?"))
                .collect(Collectors.joining());
    }

    @Test
    void aPublicEntry() {
        assertThat(table(Visibility.PUBLIC, Gate.NONE)).isEqualTo("""
                anonymous: sf
                stranger who reads: sf
                stranger: sfadp
                stranger who was let in: sfadp
                reader: sfadp
                reader who made it: sfadp
                contributor: sfadp
                contributor who made it: sfadpW
                writer: sfadpW
                admin: sfadpWRAD
                admin who reads: sf
                admin whose token names others: sf
                operator: sfadpWRAD
                """);
    }

    @Test
    void aPublicEntryWithAGate() {
        assertThat(table(Visibility.PUBLIC, Gate.MANUAL)).isEqualTo("""
                anonymous: s
                stranger who reads: s
                stranger: sad
                stranger who was let in: sfadp
                reader: sfadp
                reader who made it: sfadp
                contributor: sfadp
                contributor who made it: sfadpW
                writer: sfadpW
                admin: sfadpWRAD
                admin who reads: sf
                admin whose token names others: s
                operator: sfadpWRAD
                """);
        assertThat(table(Visibility.PUBLIC, Gate.AUTO)).isEqualTo(table(Visibility.PUBLIC, Gate.MANUAL));
    }

    @Test
    void aPrivateEntry() {
        assertThat(table(Visibility.PRIVATE, Gate.NONE)).isEqualTo("""
                anonymous:\s
                stranger who reads:\s
                stranger:\s
                stranger who was let in:\s
                reader: sfadp
                reader who made it: sfadp
                contributor: sfadp
                contributor who made it: sfadpW
                writer: sfadpW
                admin: sfadpWRAD
                admin who reads: sf
                admin whose token names others:\s
                operator: sfadpWRAD
                """);
        assertThat(table(Visibility.PROTECTED, Gate.NONE)).isEqualTo(table(Visibility.PRIVATE, Gate.NONE));
    }

    private static String table(Visibility visibility, Gate gate) {
        StringBuilder table = new StringBuilder();
        for (String person : new String[] {
            "anonymous",
            "stranger who reads",
            "stranger",
            "stranger who was let in",
            "reader",
            "reader who made it",
            "contributor",
            "contributor who made it",
            "writer",
            "admin",
            "admin who reads",
            "admin whose token names others",
            "operator"
        }) {
            table.append(person)
                    .append(": ")
                    .append(may(person, visibility, gate))
                    .append('\n');
        }
        return table.toString();
    }

    @Test
    void aNoSaysWhatToDoAboutIt() {
        assertThat(Access.decide(Action.READ_FILES, Visibility.PUBLIC, Gate.AUTO, STRANGER))
                .isEqualTo(new Decision.Gated());
        assertThat(Access.decide(Action.WRITE, Visibility.PUBLIC, Gate.NONE, STRANGER))
                .isInstanceOf(Decision.Forbidden.class);
        assertThat(Access.decide(Action.WRITE, Visibility.PUBLIC, Gate.NONE, Standing.ANONYMOUS))
                .isEqualTo(new Decision.SignIn());
        assertThat(Access.decide(Action.SEE, Visibility.PRIVATE, Gate.NONE, STRANGER))
                .isEqualTo(new Decision.Hidden());
        assertThat(Access.decide(Action.CREATE_ENTRY, STRANGER)).isInstanceOf(Decision.Forbidden.class);
    }

    @Test
    void oneselfIsManagedInASessionAndByNoToken() {
        for (Reach reach : Reach.values()) {
            Standing who = with(Optional.empty(), false, false, reach);
            assertThat(Access.decide(Action.ACT_AS_SELF, who).allowed()).isTrue();
            assertThat(Access.decide(Action.MANAGE_SELF, who).allowed()).isEqualTo(reach == Reach.SESSION);
        }
        assertThat(Access.decide(Action.MANAGE_SELF, Standing.ANONYMOUS)).isEqualTo(new Decision.SignIn());
        assertThat(Access.decide(Action.MANAGE_SELF, STRANGER))
                .isEqualTo(new Decision.Forbidden("no token may do that; sign in with a browser"));
    }

    @Test
    void aQuestionWithoutItsSubjectIsAMistakeOfOurs() {
        assertThatThrownBy(() -> Access.decide(Action.WRITE, STRANGER)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Access.decide(Action.CREATE_ENTRY, Visibility.PUBLIC, Gate.NONE, STRANGER))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
