package glasshouse.format.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glasshouse.format.source.ByteSource;
import glasshouse.format.source.FormatFailure;
import glasshouse.format.source.FormatFailure.Kind;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class CardFileTest {
    private static CardFile read(String card) throws IOException, FormatFailure {
        return CardFile.read(ByteSource.of(card.getBytes(StandardCharsets.UTF_8)));
    }

    private static CardFile front(String yaml) throws IOException, FormatFailure {
        return read("---\n" + yaml + "\n---\n");
    }

    private static void refused(String card, Kind kind, String place, String words) {
        assertThatThrownBy(() -> read(card)).isInstanceOfSatisfying(FormatFailure.class, failure -> {
            assertThat(failure.reason()).contains(words);
            assertThat(failure.kind()).isEqualTo(kind);
            assertThat(failure.place()).hasToString(place);
        });
    }

    @Test
    void readsFrontMatterAndFindsTheBody() throws IOException, FormatFailure {
        CardFile card = read("---\nlicense: mit\ntags:\n- a\n- b\n---\n# Title\n");

        assertThat(card.present()).isTrue();
        assertThat(card.metadata().get("license")).contains(new YamlValue.Text("mit", 2));
        assertThat(card.metadata().get("tags"))
                .contains(new YamlValue.Items(List.of(new YamlValue.Text("a", 4), new YamlValue.Text("b", 5)), 4));
        assertThat(card.bodyLine()).isEqualTo(7);
        assertThat(card.bodyOffset()).isEqualTo(35);
        assertThat(card.plainMetadata().get("tags")).isEqualTo(List.of("a", "b"));
    }

    @Test
    void takesTheFormsThatTheHubTakes() throws IOException, FormatFailure {
        assertThat(read("\ufeff---\r\nlicense: mit\r\n---\r\nx").metadata().get("license"))
                .contains(new YamlValue.Text("mit", 2));
        assertThat(read(" \n\n---\nlicense: mit\n---").metadata().get("license"))
                .contains(new YamlValue.Text("mit", 4));
        assertThat(read("---\rlicense: mit\r---\r").metadata().get("license")).contains(new YamlValue.Text("mit", 2));
        assertThat(read("---\n---\n# t").present()).isTrue();
        assertThat(read("---\na: \"---\"\n---\n").present()).isTrue();
        assertThat(read("# no front matter\n---\na: b\n---\n").present()).isFalse();
        assertThat(read("----\na: b\n----\n").present()).isFalse();
        assertThat(read("").present()).isFalse();
    }

    @Test
    void saysThatFrontMatterIsNeverClosed() throws IOException, FormatFailure {
        CardFile card = read("---\nlicense: mit\n\n# Title\n");

        assertThat(card.present()).isFalse();
        assertThat(card.unclosed()).isTrue();
        assertThat(card.sections()).hasSize(1);
    }

    @Test
    void knowsTheTypesOfYaml12() throws IOException, FormatFailure {
        CardFile card = front("a: no\nb: true\nc: 12\nd: 1.50\ne: ~\nf: '12'\ng: 2024-01-01\nh: .inf\ni: 0x10\nj: 1e3");

        assertThat(card.metadata().get("a")).contains(new YamlValue.Text("no", 2));
        assertThat(card.metadata().get("b")).contains(new YamlValue.Truth(true, 3));
        assertThat(card.metadata().get("c")).contains(new YamlValue.Whole(BigInteger.valueOf(12), 4));
        assertThat(card.metadata().get("d")).contains(new YamlValue.Decimal(new BigDecimal("1.50"), 5));
        assertThat(card.metadata().get("e")).contains(new YamlValue.Nothing(6));
        assertThat(card.metadata().get("f")).contains(new YamlValue.Text("12", 7));
        assertThat(card.metadata().get("g")).contains(new YamlValue.Text("2024-01-01", 8));
        assertThat(card.metadata().get("h")).contains(new YamlValue.Text(".inf", 9));
        assertThat(card.metadata().get("i")).contains(new YamlValue.Whole(BigInteger.valueOf(16), 10));
        assertThat(card.metadata().get("j")).contains(new YamlValue.Decimal(new BigDecimal("1e3"), 11));
        assertThat(card.plainMetadata()).containsKey("e").containsEntry("e", null);
    }

    @Test
    void saysOnWhichLineItIsWrong() {
        refused("---\na: b\nc: [1,\n---\n", Kind.CORRUPT, "line 4", "not YAML");
        refused("---\na: b\na: c\n---\n", Kind.CORRUPT, "line 3", "`a` comes twice");
        refused("---\n- a\n---\n", Kind.CORRUPT, "line 2", "not a mapping");
        refused("---\na: !!python/object:os.system x\n---\n", Kind.CORRUPT, "line 2", "is not allowed");
        refused("---\na: !secret x\n---\n", Kind.CORRUPT, "line 2", "is not allowed");
        refused("---\nx: 1\n? [a]\n: b\n---\n", Kind.CORRUPT, "line 3", "not a text");
        refused("---\na: *b\n---\n", Kind.CORRUPT, "line 2", "no anchor");
        refused("---\na: &x [*x]\n---\n", Kind.CORRUPT, "line 2", "no anchor");
        refused("---\na: b\n--- \nc: d\n---\n", Kind.CORRUPT, "line 3", "second document");
    }

    @Test
    void refusesWhatIsNotUtf8OnItsLine() {
        byte[] card = "---\na: b\nc: ?\n---\n".getBytes(StandardCharsets.UTF_8);
        card[12] = (byte) 0xE9; // Latin-1

        assertThatThrownBy(() -> CardFile.read(ByteSource.of(card)))
                .isInstanceOfSatisfying(FormatFailure.class, failure -> {
                    assertThat(failure.place()).hasToString("line 3");
                    assertThat(failure.reason()).contains("not UTF-8");
                });
    }

    @Test
    void aBodyThatIsNotUtf8IsToldAndReadOn() throws IOException, FormatFailure {
        byte[] card = "---\na: b\n---\n# ?\n# b\n".getBytes(StandardCharsets.UTF_8);
        card[15] = (byte) 0xE9;

        CardFile file = CardFile.read(ByteSource.of(card));

        assertThat(file.utf8()).isFalse();
        assertThat(file.sections()).hasSize(2);
    }

    @Test
    @Timeout(20)
    void aliasBombsEndAtALimit() {
        StringBuilder bomb = new StringBuilder("---\na0: &a0 [x, x]\n");
        for (int i = 1; i < 60; i++) {
            bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }
        refused(bomb + "---\n", Kind.LIMIT, "line 16", "aliases followed");
        String text = "---\na: &a " + "x".repeat(500_000) + "\nb: [" + "*a, ".repeat(1_000) + "*a]\n---\n";
        refused(text, Kind.LIMIT, "line 3", "aliases followed");
    }

    @Test
    @Timeout(20)
    void hugeAndDeepInputsEndAtALimit() {
        refused("---\na: " + "[".repeat(500_000) + "\n---\n", Kind.LIMIT, "line 2", "in one another");
        refused("---\na: " + "{a: ".repeat(200_000) + "\n---\n", Kind.LIMIT, "line 2", "in one another");
        refused("---\na: " + "- ".repeat(400_000) + "\n---\n", Kind.CORRUPT, "line 2", "not YAML");
        refused("---\na:\n" + "- ".repeat(400_000) + "\n---\n", Kind.LIMIT, "line 3", "in one another");
        refused("---\na: b\n" + "x".repeat(2 << 20) + "\n---\n", Kind.LIMIT, "line 2", "more than 1048576 bytes");
        refused("---\n" + "x: y\n".repeat(2 << 20), Kind.LIMIT, "line 1", "more than 1048576 bytes");
        refused("---\n" + "- a\n".repeat(200_000) + "---\n", Kind.LIMIT, "line 100001", "100000 values");
    }

    @Test
    @Timeout(20)
    void linesOfMegabytesTakeNoTime() {
        for (String line : List.of(
                " ", "#", "# ", "`", "~", "\t#", "<!--", "-->", "[More Information Needed]", "---", "- ", "\r")) {
            String body = "---\na: b\n---\n# t " + line.repeat(3_000_000 / line.length());
            Assertions.assertThatCode(() -> read(body)).doesNotThrowAnyException();
        }
    }

    @Test
    @Timeout(30)
    void frontMatterOfOneRepeatedPieceTakesNoTime() {
        for (String piece : List.of(
                "?", "? ", ": ", "&a ", "*a ", "!a ", "'", "\"", "|\n", ">\n", "%", "@", ",", "[]", "{}", "[{", "\t",
                "#", "a: ", "\\", "- - ", "<<: ", "a:\n ", "&a [", "\"a\": ", "[a]: ", "a\n", "...\n", "--- ")) {
            String card = "---\n" + piece.repeat(1_000_000 / piece.length()) + "\n---\n";
            long start = System.nanoTime();
            try {
                read(card);
            } catch (FormatFailure e) {
                assertThat(e.reason().length()).isLessThan(400);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start)).as(piece).isLessThan(Duration.ofSeconds(10));
        }
    }

    @Test
    void longNumbersStayTexts() throws IOException, FormatFailure {
        String digits = "9".repeat(100_000);

        CardFile card = front("a: " + digits + "\nb: 1e999999999");

        assertThat(card.metadata().get("a")).contains(new YamlValue.Text(digits, 2));
        assertThat(card.metadata().get("b")).contains(new YamlValue.Text("1e999999999", 3));
    }

    @Test
    void tellsFilledSectionsFromTemplates() throws IOException, FormatFailure {
        CardFile card = read("""
                # Model card
                ## Uses
                <!-- what it
                is for -->
                [More Information Needed]
                ## Details
                - **Developed by:** [More Information Needed]
                - **Licence:** MIT
                ```
                # not a heading
                ```
                ## Bias ##
                It has some.
                """);

        assertThat(card.sections())
                .containsExactly(
                        new Section("Model card", 1, 1, Section.State.EMPTY),
                        new Section("Uses", 2, 2, Section.State.PLACEHOLDER),
                        new Section("Details", 2, 6, Section.State.PARTLY),
                        new Section("Bias", 2, 12, Section.State.FILLED));
    }

    @Test
    void looksAtTheFirstFourMebibytesOfABody() throws IOException, FormatFailure {
        byte[] card = new byte[CardFile.MAX_READ_BYTES + 10];
        Arrays.fill(card, (byte) 'x');
        // a character of two bytes across the cut is no fault of the card
        card[CardFile.MAX_READ_BYTES - 1] = (byte) 0xC3;
        card[CardFile.MAX_READ_BYTES] = (byte) 0xA9;

        CardFile file = CardFile.read(ByteSource.of(card));

        assertThat(file.wholeBody()).isFalse();
        assertThat(file.utf8()).isTrue();
    }
}
