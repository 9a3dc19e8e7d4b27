package glasshouse.inspect.record;

import glasshouse.core.entry.ArtefactPath;
import glasshouse.core.know.Fact;
import glasshouse.core.know.Quote;
import glasshouse.core.know.Source;
import glasshouse.core.know.Value;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Facts as values. */
final class FactValues {
    private FactValues() {}

    static Value.Fields value(Fact fact) {
        return Value.fields(Map.of(
                "subject", Value.text(fact.subject()),
                "name", Value.text(fact.name()),
                "state", state(fact.state()),
                "source", source(fact.source())));
    }

    static Fact fact(Fields fields) {
        return new Fact(
                fields.text("subject"),
                fields.text("name"),
                state(fields.fields("state")),
                source(fields.fields("source")));
    }

    private static Value state(Fact.State state) {
        return switch (state) {
            case Fact.Known(Value value) -> Value.fields(Map.of("is", Value.text("known"), "value", value));
            case Fact.Estimated(Value value, String method, String margin) ->
                Value.fields(Map.of(
                        "is", Value.text("estimated"),
                        "value", value,
                        "method", Value.text(method),
                        "margin", Value.text(margin)));
            case Fact.Unknown(String reason) ->
                Value.fields(Map.of("is", Value.text("unknown"), "reason", Value.text(reason)));
            case Fact.Withheld(String by, String lacking) ->
                Value.fields(
                        Map.of("is", Value.text("withheld"), "by", Value.text(by), "lacking", Value.text(lacking)));
            case Fact.NotApplicable(String reason) ->
                Value.fields(Map.of("is", Value.text("not-applicable"), "reason", Value.text(reason)));
        };
    }

    private static Fact.State state(Fields fields) {
        return switch (fields.text("is")) {
            case "known" -> new Fact.Known(fields.any("value"));
            case "estimated" -> new Fact.Estimated(fields.any("value"), fields.text("method"), fields.text("margin"));
            case "unknown" -> new Fact.Unknown(fields.text("reason"));
            case "withheld" -> new Fact.Withheld(fields.text("by"), fields.text("lacking"));
            case "not-applicable" -> new Fact.NotApplicable(fields.text("reason"));
            default -> throw new IllegalArgumentException("`" + fields.text("is") + "` is no state of a fact");
        };
    }

    private static Value source(Source source) {
        Map<String, Value> fields = new TreeMap<>();
        fields.put("statedBy", Value.text(source.statedBy()));
        source.quote().ifPresent(quote -> fields.put("quote", quote(quote)));
        source.date().ifPresent(date -> fields.put("date", Value.text(date.toString())));
        return Value.fields(fields);
    }

    private static Source source(Fields fields) {
        return new Source(
                fields.text("statedBy"),
                fields.has("quote") ? Optional.of(quote(fields.fields("quote"))) : Optional.empty(),
                fields.has("date") ? Optional.of(LocalDate.parse(fields.text("date"))) : Optional.empty());
    }

    static Value quote(Quote quote) {
        return Value.fields(Map.of(
                "path", Value.text(quote.path().value()),
                "line", Value.number(quote.line()),
                "text", Value.text(quote.text())));
    }

    static Quote quote(Fields fields) {
        return new Quote(
                new ArtefactPath(fields.text("path")), Math.toIntExact(fields.whole("line")), fields.text("text"));
    }
}
