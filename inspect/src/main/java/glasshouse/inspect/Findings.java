package glasshouse.inspect;

import glasshouse.core.entry.ArtefactPath;
import glasshouse.core.know.Claim;
import glasshouse.core.know.Evidence;
import glasshouse.core.know.Fact;
import glasshouse.core.know.Source;
import glasshouse.core.know.Standing;
import glasshouse.core.know.Subject;
import glasshouse.core.know.Unread;
import glasshouse.core.know.Value;
import glasshouse.inspect.card.CardClaims;
import glasshouse.inspect.licence.LicenceClaims;
import glasshouse.inspect.weights.Parameters;
import glasshouse.inspect.weights.SafetensorsHeaders;
import glasshouse.inspect.weights.WeightClaims;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a page shows: statements in the order in which a reader should see them, and how many of each kind there are.
 *
 * @param statements problems first, then what is missing, then what holds, then what is only claimed
 * @param claims what the publisher states
 * @param facts what was asked for
 * @param evidence all evidence, those included that no statement rests on
 */
public record Findings(List<Statement> statements, List<Claim> claims, List<Fact> facts, List<Evidence> evidence) {
    /**
     * One line of the page.
     *
     * @param standing how it stands
     * @param name what it is about: {@code licence}
     * @param sentence one line, lower case, input in backticks
     * @param why the reason or what is missing; empty where the sentence says it
     * @param place where it is stated, {@code path:line}; empty where it is not stated in one place
     * @param rows the evidence
     */
    public record Statement(Standing standing, String name, String sentence, String why, String place, List<Row> rows) {
        public Statement {
            rows = List.copyOf(rows);
        }
    }

    /**
     * One artefact that a statement rests on.
     *
     * @param path which
     * @param what what was looked at
     * @param digest its digest, or the empty text
     * @param inspector who looked
     */
    public record Row(ArtefactPath path, String what, String digest, String inspector) {}

    public Findings {
        statements = List.copyOf(statements);
        claims = List.copyOf(claims);
        facts = List.copyOf(facts);
        evidence = List.copyOf(evidence);
    }

    /** Holds the claims of a revision against its evidence. */
    public static Findings of(List<Evidence> evidence) {
        List<Claim> claims = new ArrayList<>();
        claims.addAll(LicenceClaims.of(evidence));
        claims.addAll(WeightClaims.of(evidence));
        claims.addAll(CardClaims.of(evidence));
        List<Fact> facts = facts(evidence);
        List<Statement> statements = new ArrayList<>();
        claims.forEach(claim -> statements.add(statement(claim)));
        facts.forEach(fact -> statements.add(statement(fact, evidence)));
        statements.sort(Comparator.comparing(Statement::standing));
        return new Findings(statements, claims, facts, evidence);
    }

    /** How many statements stand how; every standing is there, with 0 too. */
    public Map<Standing, Integer> counts() {
        Map<Standing, Integer> counts = new EnumMap<>(Standing.class);
        for (Standing standing : Standing.values()) {
            counts.put(standing, 0);
        }
        statements.forEach(statement -> counts.merge(statement.standing(), 1, Integer::sum));
        return counts;
    }

    /** Reasons why something could not be looked at, for which neither the publisher nor the artefact can be blamed. */
    public List<Unread> ourFaults() {
        return evidence.stream()
                .flatMap(one -> one.unread().stream())
                .filter(unread -> unread.cause() == Unread.Cause.OUR_FAULT)
                .toList();
    }

    private static List<Fact> facts(List<Evidence> evidence) {
        List<Fact> facts = new ArrayList<>();
        for (Evidence one : evidence) {
            boolean counted =
                    one.topic().equals(SafetensorsHeaders.PARAMETERS) && one.outcome() != Evidence.Outcome.ABSENT;
            if (counted) {
                facts.add(new Fact("", "parameters", parameters(one), source(one)));
            } else if (one.topic().equals(Inspection.INSPECTION)) {
                Unread unread = one.unread().getFirst();
                facts.add(new Fact("", unread.where(), new Fact.Unknown(unread.why()), source(one)));
            }
        }
        return facts;
    }

    private static Fact.State parameters(Evidence totals) {
        Optional<Parameters> exact = Parameters.of(List.of(totals));
        if (exact.isPresent()) {
            return new Fact.Known(Value.fields(Map.of(
                    "parameters",
                    totals.values().fields("parameters"),
                    "total",
                    Value.number(exact.get().total()))));
        }
        return totals.unread().isEmpty()
                ? new Fact.Unknown("which of " + totals.subjects().size()
                        + " safetensors files make the model is missing: no index, no `model.safetensors`")
                : new Fact.Unknown("not all files could be read");
    }

    private static Source source(Evidence evidence) {
        return new Source(evidence.inspector().toString(), Optional.empty(), Optional.empty());
    }

    private static Statement statement(Claim claim) {
        String why = switch (claim.outcome()) {
            case Claim.NotCheckable(String reason) -> reason;
            case Claim.Claimed(String reason) -> reason;
            case Claim.Attested(String by, var quote) -> by + ", " + quote.place();
            case Claim.Supported supported -> "";
            case Claim.Contradicted contradicted -> "";
        };
        return new Statement(
                Standing.of(claim.outcome()),
                claim.name(),
                claim.sentence(),
                why,
                claim.statedAt().map(quote -> quote.place()).orElse(""),
                rows(claim.evidence()));
    }

    private static Statement statement(Fact fact, List<Evidence> evidence) {
        List<Evidence> from = evidence.stream()
                .filter(one -> one.topic().equals(SafetensorsHeaders.PARAMETERS)
                        && fact.name().equals("parameters"))
                .toList();
        return switch (fact.state()) {
            case Fact.Known(Value value) ->
                new Statement(Standing.SUPPORTED, fact.name(), counted(value), "", "", rows(from));
            case Fact.Unknown(String reason) ->
                new Statement(
                        Standing.NOT_CHECKABLE,
                        fact.name(),
                        "could not be looked at or counted",
                        reason,
                        "",
                        rows(from));
            case Fact.Estimated(Value value, String method, String margin) ->
                new Statement(Standing.SUPPORTED, fact.name(), counted(value), method + ", " + margin, "", rows(from));
            case Fact.Withheld(String by, String lacking) ->
                new Statement(Standing.WITHHELD, fact.name(), by + " does not give it", lacking, "", rows(from));
            case Fact.NotApplicable(String reason) ->
                new Statement(Standing.CLAIMED, fact.name(), "the question does not arise", reason, "", rows(from));
        };
    }

    private static String counted(Value value) {
        if (value instanceof Value.Fields fields) {
            List<String> perType = new ArrayList<>();
            Value.Fields types = fields.fields("parameters");
            types.fields()
                    .keySet()
                    .forEach(type -> perType.add(types.whole(type).orElse(0L) + " " + type));
            return fields.whole("total").orElse(0L) + " parameters in the headers: " + String.join(", ", perType);
        }
        return "known";
    }

    private static List<Row> rows(List<Evidence> evidence) {
        List<Row> rows = new ArrayList<>();
        for (Evidence one : evidence) {
            for (Subject subject : one.subjects()) {
                rows.add(new Row(
                        subject.path(),
                        one.topic(),
                        subject.digest().map(Object::toString).orElse(""),
                        one.inspector().toString()));
            }
        }
        return rows;
    }
}
