package glasshouse.inspect.report;

import glasshouse.core.know.Claim;
import glasshouse.core.know.Evidence;
import glasshouse.core.know.Standing;
import glasshouse.core.know.Value;
import glasshouse.inspect.Findings;
import glasshouse.inspect.record.Records;
import glasshouse.inspect.record.ValueJson;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Findings as one JSON document, in its one form: {@code counts}, {@code statements}, {@code claims}, and {@code findings}, each
 * of which is evidence with its digest. Statements and claims name evidence by that digest.
 */
public final class JsonReport {
    private JsonReport() {}

    public static String render(Findings findings) {
        Map<String, Value> counts = new TreeMap<>();
        findings.counts().forEach((standing, n) -> counts.put(word(standing), Value.number(n)));
        return ValueJson.write(Value.fields(Map.of(
                        "counts", Value.fields(counts),
                        "statements",
                                Value.items(findings.statements().stream()
                                        .map(JsonReport::statement)
                                        .toList()),
                        "claims",
                                Value.items(findings.claims().stream()
                                        .map(JsonReport::claim)
                                        .toList()),
                        "findings",
                                Value.items(findings.evidence().stream()
                                        .map(JsonReport::finding)
                                        .toList()))))
                + "\n";
    }

    private static Value statement(Findings.Statement statement) {
        return Value.fields(Map.of(
                "outcome", Value.text(word(statement.standing())),
                "what", Value.text(statement.name()),
                "sentence", Value.text(statement.sentence()),
                "why", Value.text(statement.why()),
                "statedAt", Value.text(statement.place())));
    }

    private static Value claim(Claim claim) {
        Map<String, Value> fields = new TreeMap<>();
        fields.put("subject", Value.text(claim.subject()));
        fields.put("what", Value.text(claim.name()));
        fields.put("claimed", claim.claimed());
        fields.put("outcome", Value.text(claim.outcome().word()));
        claim.statedAt().ifPresent(quote -> fields.put("statedAt", Value.text(quote.place())));
        switch (claim.outcome()) {
            case Claim.Supported(Value found) -> fields.put("found", found);
            case Claim.Contradicted(Value found, String why) -> fields.put("found", found);
            case Claim.NotCheckable(String reason) -> fields.put("missing", Value.text(reason));
            case Claim.Attested attested -> fields.put("by", Value.text(attested.by()));
            case Claim.Claimed(String reason) -> fields.put("notChecked", Value.text(reason));
        }
        fields.put(
                "evidence",
                Value.texts(claim.evidence().stream()
                        .map(one -> Records.digest(one).toString())
                        .toList()));
        return Value.fields(fields);
    }

    private static Value finding(Evidence evidence) {
        Map<String, Value> fields = new TreeMap<>(Records.value(evidence).fields());
        fields.put("digest", Value.text(Records.digest(evidence).toString()));
        return Value.fields(fields);
    }

    private static String word(Standing standing) {
        return standing.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
