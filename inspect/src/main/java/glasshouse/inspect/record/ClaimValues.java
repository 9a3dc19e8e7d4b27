package glasshouse.inspect.record;

import glasshouse.core.know.Claim;
import glasshouse.core.know.Evidence;
import glasshouse.core.know.Quote;
import glasshouse.core.know.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Claims as values, with the evidence that they were held against. */
final class ClaimValues {
    private ClaimValues() {}

    static Value.Fields value(Claim claim) {
        Map<String, Value> fields = new TreeMap<>();
        fields.put("subject", Value.text(claim.subject()));
        fields.put("name", Value.text(claim.name()));
        fields.put("claimed", claim.claimed());
        claim.statedAt().ifPresent(quote -> fields.put("statedAt", FactValues.quote(quote)));
        fields.put("outcome", Value.text(claim.outcome().word()));
        fields.put("sentence", Value.text(claim.sentence()));
        fields.put(
                "evidence",
                Value.items(claim.evidence().stream().map(Records::value).toList()));
        switch (claim.outcome()) {
            case Claim.Supported(Value found) -> fields.put("found", found);
            case Claim.Contradicted(Value found, String why) -> {
                fields.put("found", found);
                fields.put("why", Value.text(why));
            }
            case Claim.NotCheckable(String reason) -> fields.put("why", Value.text(reason));
            case Claim.Claimed(String reason) -> fields.put("why", Value.text(reason));
            case Claim.Attested(String by, Quote quote) -> {
                fields.put("by", Value.text(by));
                fields.put("quote", FactValues.quote(quote));
            }
        }
        return Value.fields(fields);
    }

    static Claim claim(Fields fields) {
        List<Evidence> evidence = new ArrayList<>();
        fields.items("evidence").forEach(one -> evidence.add(Records.evidence(Fields.of(one))));
        return new Claim(
                fields.text("subject"),
                fields.text("name"),
                fields.any("claimed"),
                fields.has("statedAt") ? Optional.of(FactValues.quote(fields.fields("statedAt"))) : Optional.empty(),
                outcome(fields),
                fields.text("sentence"),
                evidence);
    }

    private static Claim.Outcome outcome(Fields fields) {
        return switch (fields.text("outcome")) {
            case "supported" -> new Claim.Supported(fields.any("found"));
            case "contradicted" -> new Claim.Contradicted(fields.any("found"), fields.text("why"));
            case "not-checkable" -> new Claim.NotCheckable(fields.text("why"));
            case "claimed" -> new Claim.Claimed(fields.text("why"));
            case "attested" -> new Claim.Attested(fields.text("by"), FactValues.quote(fields.fields("quote")));
            default -> throw new IllegalArgumentException("`" + fields.text("outcome") + "` is no outcome");
        };
    }
}
