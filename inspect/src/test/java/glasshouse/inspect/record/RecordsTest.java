package glasshouse.inspect.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glasshouse.core.entry.ArtefactPath;
import glasshouse.core.entry.Digest;
import glasshouse.core.know.Claim;
import glasshouse.core.know.Evidence;
import glasshouse.core.know.Fact;
import glasshouse.core.know.InspectorId;
import glasshouse.core.know.Observed;
import glasshouse.core.know.Quote;
import glasshouse.core.know.Source;
import glasshouse.core.know.Subject;
import glasshouse.core.know.Unread;
import glasshouse.core.know.Value;
import glasshouse.testkit.seed.Seeds;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RecordsTest {
    private static String text(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            switch (random.nextInt(5)) {
                case 0 -> text.append((char) random.nextInt(0x20)); // control characters
                case 1 -> text.append((char) random.nextInt(0xD800, 0xE000)); // half pairs
                case 2 -> text.appendCodePoint(random.nextInt(0x10000, 0x110000));
                case 3 -> text.append("\"\\/\u2028".charAt(random.nextInt(4)));
                default -> text.append((char) random.nextInt(0x20, 0x7f));
            }
        }
        return text.toString();
    }

    private static Value value(SplittableRandom random, int depth) {
        return switch (random.nextInt(depth > 3 ? 4 : 6)) {
            case 0 -> Value.text(text(random));
            case 1 ->
                Value.number(new BigDecimal(
                        new BigInteger(random.nextInt(200), new Random(random.nextLong())), random.nextInt(-200, 200)));
            case 2 -> Value.truth(random.nextBoolean());
            case 3 -> new Value.Nothing();
            case 4 -> {
                List<Value> items = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    items.add(value(random, depth + 1));
                }
                yield Value.items(items);
            }
            default -> fields(random, depth);
        };
    }

    private static Value.Fields fields(SplittableRandom random, int depth) {
        Map<String, Value> fields = new TreeMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            fields.put(random.nextBoolean() ? text(random) : "number", value(random, depth + 1));
        }
        return Value.fields(fields);
    }

    private static Quote quote(SplittableRandom random) {
        return new Quote(new ArtefactPath("a/é"), random.nextInt(100), text(random));
    }

    private static Evidence evidence(SplittableRandom random) {
        List<Unread> unread = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            unread.add(new Unread(List.of(Unread.Cause.values()).get(random.nextInt(5)), text(random), text(random)));
        }
        Evidence.Outcome outcome = unread.isEmpty()
                ? random.nextBoolean() ? Evidence.Outcome.FOUND : Evidence.Outcome.ABSENT
                : random.nextBoolean() ? Evidence.Outcome.PARTLY : Evidence.Outcome.UNREADABLE;
        return new Evidence(
                "topic",
                List.of(
                        new Subject(
                                new ArtefactPath("b"),
                                random.nextLong(Long.MAX_VALUE),
                                Optional.of(Digest.gitBlob("0".repeat(40)))),
                        new Subject(new ArtefactPath("a"), 0, Optional.of(Digest.sha256("f".repeat(64)))),
                        new Subject(new ArtefactPath("c"), 1, Optional.empty())),
                new InspectorId("name", 1 + random.nextInt(9)),
                outcome,
                fields(random, 0),
                unread);
    }

    @Test
    void valuesComeBackAsTheyWere() {
        Seeds.check(1_000, random -> {
            Value value = value(random, 0);
            String json = ValueJson.write(value);
            assertThat(ValueJson.read(json)).isEqualTo(value);
            assertThat(ValueJson.write(ValueJson.read(json))).isEqualTo(json);
        });
    }

    @Test
    void evidenceFactsAndClaimsComeBackAsTheyWere() {
        Seeds.check(200, random -> {
            Evidence evidence = evidence(random);
            assertThat(Records.evidence(Records.write(evidence))).isEqualTo(evidence);
            Observed observed = new Observed(evidence, Instant.ofEpochSecond(random.nextInt()));
            assertThat(Records.observed(Records.write(observed))).isEqualTo(observed);
            List<Fact.State> states = List.of(
                    new Fact.Known(value(random, 0)),
                    new Fact.Estimated(value(random, 0), text(random), text(random)),
                    new Fact.Unknown(text(random)),
                    new Fact.Withheld(text(random), text(random)),
                    new Fact.NotApplicable(text(random)));
            for (Fact.State state : states) {
                Source source = new Source(
                        text(random),
                        random.nextBoolean() ? Optional.of(quote(random)) : Optional.empty(),
                        random.nextBoolean()
                                ? Optional.of(LocalDate.ofEpochDay(random.nextInt(30_000)))
                                : Optional.empty());
                Fact fact = new Fact(text(random), text(random), state, source);
                assertThat(Records.fact(Records.write(fact))).isEqualTo(fact);
            }
            List<Claim.Outcome> outcomes = List.of(
                    new Claim.Supported(value(random, 0)),
                    new Claim.Contradicted(value(random, 0), text(random)),
                    new Claim.NotCheckable(text(random)),
                    new Claim.Attested(text(random), quote(random)),
                    new Claim.Claimed(text(random)));
            for (Claim.Outcome outcome : outcomes) {
                Claim claim = new Claim(
                        text(random),
                        text(random),
                        value(random, 0),
                        Optional.of(quote(random)),
                        outcome,
                        text(random),
                        List.of(evidence));
                assertThat(Records.claim(Records.write(claim))).isEqualTo(claim);
            }
        });
    }

    @Test
    void equalValuesHaveEqualJson() {
        assertThat(ValueJson.write(Value.number(new BigDecimal("1.500")))).isEqualTo("1.5");
        assertThat(ValueJson.write(Value.number(new BigDecimal("1e3")))).isEqualTo("1000");
        assertThat(ValueJson.write(Value.number(new BigDecimal("0e9")))).isEqualTo("0");
        assertThat(ValueJson.write(Value.fields(Map.of("b", Value.number(1), "a", new Value.Nothing()))))
                .isEqualTo("{\"a\":null,\"b\":1}");
    }

    /** The digest of evidence is kept for ever: this one changes only with a deliberate break. */
    @Test
    void theDigestOfEvidenceStaysWhatItIs() {
        Evidence evidence = new Evidence(
                "card",
                List.of(new Subject(new ArtefactPath("README.md"), 3, Optional.of(Digest.sha256("a".repeat(64))))),
                new InspectorId("card-front-matter", 1),
                Evidence.Outcome.FOUND,
                Value.fields(Map.of("size", Value.quantity(3, "bytes"))),
                List.of());

        assertThat(Records.write(evidence))
                .isEqualTo("{\"inspector\":{\"name\":\"card-front-matter\",\"version\":1},\"outcome\":\"found\","
                        + "\"subjects\":[{\"digest\":\"sha256:" + "a".repeat(64)
                        + "\",\"path\":\"README.md\",\"sizeBytes\":3}],"
                        + "\"topic\":\"card\",\"unread\":[],\"values\":{\"size\":{\"number\":3,\"unit\":\"bytes\"}}}");
        assertThat(Records.digest(evidence).toString())
                .isEqualTo("sha256:00fb0e7a329435656273016f3acad15acbf824f65307209ba08663c0918168bf");
    }

    @Test
    void whatIsNoRecordIsRefused() {
        for (String json :
                List.of("", "{", "[]", "{}", "{\"topic\":1}", "1 2", "{\"a\":1,\"a\":2}", "[".repeat(10_000))) {
            assertThatThrownBy(() -> Records.evidence(json)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
