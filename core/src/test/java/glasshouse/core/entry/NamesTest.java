package glasshouse.core.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glasshouse.core.problem.Refusal;
import java.util.List;
import org.junit.jupiter.api.Test;

class NamesTest {
    private static final String LONGEST = "x".repeat(Names.MAX_LENGTH);

    @Test
    void takesLettersDigitsAndThreeSigns() {
        for (String name : List.of("a", "A", "0", "a-b", "a_b", "a.b", "_a_", "a.b-c_d", "v1.0", "git", LONGEST)) {
            assertThat(Names.check(name)).isEqualTo(name);
        }
    }

    @Test
    void refusesWhatCouldBeMistakenOrMisused() {
        for (String name : List.of(
                "",
                LONGEST + "x",
                "a--b",
                "a..b",
                "..",
                ".",
                "-a",
                "a-",
                ".a",
                "a.",
                "a.git",
                "a.GIT",
                ".git",
                "a/b",
                "a b",
                "a\\b",
                "a\0",
                "a\n",
                "a%2e",
                "ä",
                "аda",
                "a\u200bb",
                "ｎame")) {
            assertThatThrownBy(() -> Names.check(name))
                    .as("`%s`", name)
                    .isInstanceOf(Refusal.class)
                    .satisfies(refusal -> assertThat(refusal.getMessage()).doesNotContain("\0", "\n"));
        }
    }

    @Test
    void addressesOfOurOwnAreNobodysNamespaceInAnyCase() {
        for (String name : Names.RESERVED) {
            assertThatThrownBy(() -> Names.checkNamespace(name)).isInstanceOf(Refusal.class);
            assertThatThrownBy(() -> new RepoName(name.toUpperCase(java.util.Locale.ROOT), "x"))
                    .isInstanceOf(Refusal.class);
        }
        assertThat(new RepoName("ada", "models").toString()).isEqualTo("ada/models");
    }

    @Test
    void aNameThatIsPrintedIsReadAgain() {
        for (String text : List.of("ada/engine", "A_1/b.c-d", "x/" + LONGEST)) {
            assertThat(RepoName.parse(text)).hasToString(text);
            assertThat(RepoName.parse(RepoName.parse(text).key()).key())
                    .isEqualTo(RepoName.parse(text).key());
        }
    }

    @Test
    void aNameHasExactlyTwoParts() {
        for (String text : List.of("", "/", "a", "a/", "/b", "a/b/c", "a//b", "../b", "a/..")) {
            assertThatThrownBy(() -> RepoName.parse(text)).as(text).isInstanceOf(Refusal.class);
        }
    }

    @Test
    void caseMakesNoOtherName() {
        assertThat(RepoName.parse("Ada/Engine").key())
                .isEqualTo(RepoName.parse("aDA/eNGINE").key())
                .isEqualTo("ada/engine");
    }
}
