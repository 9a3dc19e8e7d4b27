package glasshouse.hub.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordingTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "999, 999 B",
        "1000, 1 kB",
        "1499, 1.5 kB",
        "99949, 99.9 kB",
        "99950, 100 kB",
        "999499, 999 kB",
        "999500, 1 MB",
        "405334016, 405 MB",
        "9223372036854775807, 9.2 EB"
    })
    void sizes(long bytes, String words) {
        assertThat(Wording.bytes(bytes)).isEqualTo(words);
    }

    @Test
    void numbers() {
        assertThat(Wording.count(405334016)).isEqualTo("405,334,016");
        assertThat(Wording.brief(405334016)).isEqualTo("405M");
        assertThat(Wording.counted(1, "file", "files")).isEqualTo("1 file");
        assertThat(Wording.counted(0, "file", "files")).isEqualTo("0 files");
    }

    @Test
    void ages() {
        assertThat(Wording.age(NOW.minusSeconds(59), NOW)).isEqualTo("just now");
        assertThat(Wording.age(NOW.minusSeconds(60), NOW)).isEqualTo("1 minute ago");
        assertThat(Wording.age(NOW.minus(Duration.ofHours(47)), NOW)).isEqualTo("47 hours ago");
        assertThat(Wording.age(NOW.minus(Duration.ofDays(3)), NOW)).isEqualTo("3 days ago");
        assertThat(Wording.age(NOW.minus(Duration.ofDays(61)), NOW)).isEqualTo("2026-09-20");
        assertThat(Wording.age(NOW.plus(Duration.ofDays(7)), NOW)).isEqualTo("in 7 days");
    }

    @Test
    void clippedTextLosesWhatSteersAndKeepsWholeCharacters() {
        assertThat(Wording.clipped("a\u202eb\u0000c", 10)).isEqualTo("a b c");
        assertThat(Wording.clipped("ab\ud83c\udf31cd", 3)).isEqualTo("ab…");
    }

    @Test
    void sentencesComeApartAtBackticks() {
        assertThat(Wording.pieces("says `mit` here"))
                .containsExactly(
                        new Wording.Piece("says ", false),
                        new Wording.Piece("mit", true),
                        new Wording.Piece(" here", false));
        assertThat(Wording.pieces("one ` alone")).containsExactly(new Wording.Piece("one ` alone", false));
    }
}
