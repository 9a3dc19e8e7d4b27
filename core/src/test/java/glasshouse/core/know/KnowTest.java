package glasshouse.core.know;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glasshouse.core.entry.ArtefactPath;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KnowTest {
    @Test
    void equalNumbersAreEqualHoweverTheyWereWritten() {
        assertThat(Value.number(new BigDecimal("1.50"))).isEqualTo(Value.number(new BigDecimal("15e-1")));
        assertThat(Value.number(new BigDecimal("0.000"))).isEqualTo(Value.number(0));
        assertThatThrownBy(() -> Value.number(new BigDecimal("1e9999"))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void textsHoldWholeCharactersOnly() {
        assertThat(Value.text("a\ud83d")).isEqualTo(Value.text("a\ufffd"));
        assertThat(Value.text("\ude00b")).isEqualTo(Value.text("\ufffdb"));
        assertThat(Value.text("\ud83d\ude00")).isEqualTo(new Value.Text("\ud83d\ude00"));
        assertThat(Value.fields(Map.of("\ud83d", Value.number(1))).get("\ufffd"))
                .isPresent();
    }

    @Test
    void fieldsGiveWhatIsAskedForOrNothing() {
        Value.Fields fields = Value.fields(Map.of(
                "n", Value.number(3),
                "q", Value.quantity(4, "bytes"),
                "half", Value.number(new BigDecimal("0.5")),
                "huge", Value.number(new BigDecimal("1e30")),
                "t", Value.text("x")));

        assertThat(fields.whole("n")).contains(3L);
        assertThat(fields.whole("q")).contains(4L);
        assertThat(fields.whole("half")).isEmpty();
        assertThat(fields.whole("huge")).isEmpty();
        assertThat(fields.whole("t")).isEmpty();
        assertThat(fields.text("t")).contains("x");
        assertThat(fields.items("t")).isEmpty();
        assertThat(fields.fields("t")).isEqualTo(Value.NONE);
    }

    @Test
    void evidenceNamesWhatItCouldNotReadExactlyWhereItSaysSo() {
        InspectorId inspector = new InspectorId("card", 1);
        Unread unread = new Unread(Unread.Cause.CORRUPT, "a", "b");

        assertThatThrownBy(() ->
                        new Evidence("t", List.of(), inspector, Evidence.Outcome.FOUND, Value.NONE, List.of(unread)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() ->
                        new Evidence("t", List.of(), inspector, Evidence.Outcome.UNREADABLE, Value.NONE, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void subjectsAreInTheOrderOfTheirPaths() {
        Subject a = new Subject(new ArtefactPath("a"), 1, Optional.empty());
        Subject b = new Subject(new ArtefactPath("b"), 1, Optional.empty());

        assertThat(new Evidence(
                                "t",
                                List.of(b, a),
                                new InspectorId("card", 1),
                                Evidence.Outcome.FOUND,
                                Value.NONE,
                                List.of())
                        .subjects())
                .containsExactly(a, b);
    }

    @Test
    void notKnowingNeverCountsAsSupport() {
        assertThat(Standing.of(new Fact.Unknown("nobody said"))).isEqualTo(Standing.NOT_CHECKABLE);
        assertThat(Standing.of(new Fact.Withheld("the lab", "the data"))).isEqualTo(Standing.WITHHELD);
        assertThat(Standing.of(new Claim.Claimed("not looked at"))).isEqualTo(Standing.CLAIMED);
    }
}
