package glasshouse.hub.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glasshouse.core.problem.Refusal;
import glasshouse.hub.testing.Git;
import glasshouse.testkit.seed.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules that nobody would write, against what the real git makes of them. */
class RulesTest {
    private static final List<String> PIECES = List.of(
            "a",
            "b",
            "ab",
            "é",
            "-",
            " ",
            "]",
            "!",
            "#",
            "*",
            "*",
            "**",
            "***",
            "/",
            "/",
            "**/",
            "/**",
            "/**/",
            "?",
            "[ab]",
            "[!a]",
            "[^b]",
            "[a-c]",
            "[]a]",
            "[a/b]",
            "[b-]",
            "[\\]a]",
            "[[:]",
            "[[:alpha:]]",
            "[![:space:]]",
            "[[:bad:]]",
            "[",
            "\\a",
            "\\*",
            "\\/",
            "\\ ",
            "\\",
            "[a",
            "[-a]",
            "[c-a]",
            "[a-\\c]",
            "\\\\");

    private static final List<String> ATTRIBUTES = List.of(
            "filter=lfs",
            "filter=lfs -text",
            "-filter",
            "!filter",
            "filter",
            "filter=other",
            "big",
            "-big",
            "!big",
            "bigger",
            "text",
            "filter=lfs bad/name",
            "big -filter",
            "-filter big",
            "");

    @TempDir
    Path folder;

    private static String pattern(SplittableRandom random) {
        StringBuilder pattern = new StringBuilder(random.nextInt(4) == 0 ? "/" : "");
        for (int n = random.nextInt(1, 6); n > 0; n--) {
            pattern.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return pattern.append(random.nextInt(5) == 0 ? "/" : "").toString();
    }

    private static Set<String> paths(SplittableRandom random) {
        String letters = "aaabbbcé-[]* !#";
        Set<String> paths = new LinkedHashSet<>();
        for (int n = 0; n < 60; n++) {
            StringBuilder path = new StringBuilder();
            for (int parts = random.nextInt(1, 5); parts > 0; parts--) {
                for (int length = random.nextInt(1, 4); length > 0; length--) {
                    path.append(letters.charAt(random.nextInt(letters.length())));
                }
                path.append(parts > 1 ? "/" : "");
            }
            paths.add(path.toString());
        }
        return paths;
    }

    /** What git says of paths that it gets on its standard input. */
    private static String ask(Git git, Set<String> paths, String command) throws Exception {
        git.write("paths", String.join("\0", paths) + "\0");
        return git.run("-c", "alias.ask=!git " + command + " <paths", "ask").output();
    }

    @Test
    void whatIsIgnoredIsWhatGitIgnores() throws Exception {
        Git git = Git.in(folder);
        git.run("init", "-q").succeeded();
        Seeds.check(200, random -> {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(1, 6); n > 0; n--) {
                text.append(random.nextInt(4) == 0 ? "!" : "").append(pattern(random));
                text.append(random.nextInt(8) == 0 ? "\r\n" : "\n");
            }
            Set<String> paths = paths(random);
            git.write(".gitignore", text.toString());
            Set<String> ignored =
                    Set.of(ask(git, paths, "check-ignore --no-index -z --stdin").split("\0"));
            IgnoreRules rules = new IgnoreRules(text.toString(), new Effort());
            for (String path : paths) {
                assertThat(rules.ignores(path)).as("`%s` by%n%s", path, text).isEqualTo(ignored.contains(path));
            }
        });
    }

    private static String attributes(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        for (int n = random.nextInt(1, 6); n > 0; n--) {
            String pattern = pattern(random);
            boolean quoted = random.nextInt(5) == 0;
            text.append(random.nextInt(6) == 0 ? " " : "")
                    .append(quoted ? '"' + pattern.replace("\\", "\\\\").replace("a", "\\141") + '"' : pattern)
                    .append(random.nextBoolean() ? " " : "\t");
            for (int more = random.nextInt(3); more >= 0; more--) {
                text.append(ATTRIBUTES.get(random.nextInt(ATTRIBUTES.size()))).append(' ');
            }
            text.append('\n');
            if (random.nextInt(4) == 0) {
                text.append("[attr]big ").append(random.nextBoolean() ? "filter=lfs -text\n" : "text -filter\n");
                text.append(random.nextBoolean() ? "[attr]bigger big\n" : "");
            }
        }
        return text.toString();
    }

    @Test
    void whatGoesToLfsIsWhatGitSendsThere() throws Exception {
        Git git = Git.in(folder);
        git.run("init", "-q").succeeded();
        Seeds.check(200, random -> {
            List<String> told = new ArrayList<>();
            for (String place : List.of("", "a/", "a/b/")) {
                String text = random.nextInt(3) > 0 || place.isEmpty() ? attributes(random) : "";
                git.write(place + ".gitattributes", text);
                told.add(text);
            }
            Set<String> paths = paths(random);
            String[] answer =
                    ask(git, paths, "check-attr -z --stdin filter 2>/dev/null").split("\0");
            LfsRules rules = new LfsRules(RulesTest.this::committed, new Effort());
            for (int i = 0; i + 2 < answer.length; i += 3) {
                assertThat(rules.isLarge(answer[i]))
                        .as("`%s` by%n%s", answer[i], told)
                        .isEqualTo(answer[i + 2].equals("lfs"));
            }
            assertThat(answer).hasSize(3 * paths.size());
        });
    }

    private Optional<String> committed(String place) throws IOException {
        Path file = folder.resolve(place).resolve(".gitattributes");
        return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    }

    @Test
    void noPatternTakesLongerThanItsLengthTimesThatOfThePath() {
        String name = "a".repeat(4000);
        for (String pattern :
                List.of("*a".repeat(500) + "*b", "**/".repeat(500) + "b", "x**/" + "*a".repeat(500) + "/**/b")) {
            Effort effort = new Effort();
            assertThat(PathPattern.parse(pattern).matches(Subject.of("x/" + name + "/" + name, false), effort))
                    .isFalse();
        }
    }

    @Test
    void whatARequestMayTakeIsBounded() {
        Effort effort = new Effort();
        IgnoreRules rules = new IgnoreRules(("*a".repeat(100) + "*b\n").repeat(1000), effort);
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 10_000; i++) {
                        rules.ignores("a".repeat(200) + i);
                    }
                })
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("takes too long");
        assertThatThrownBy(() -> new IgnoreRules("a\n".repeat(60_000), new Effort()))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("more than 50000 rules");
    }
}
