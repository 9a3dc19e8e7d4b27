package glasshouse.inspect.card;

import glasshouse.core.entry.ArtefactPath;
import glasshouse.core.know.Claim;
import glasshouse.core.know.Evidence;
import glasshouse.core.know.Quote;
import glasshouse.core.know.Unread;
import glasshouse.core.know.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the card states, and what of it nobody looked at. The licence is held against texts elsewhere. */
public final class CardClaims {
    private static final ArtefactPath PATH = new ArtefactPath(CardFrontMatter.CARD);

    /** Texts of a list that a sentence names. */
    private static final int MAX_NAMED = 8;

    private record Stated(String field, String name, String words, String reason) {}

    private static final List<Stated> STATED = List.of(
            new Stated("library_name", "library", "made for the library", "no file was held against it"),
            new Stated("pipeline_tag", "task", "made for the task", "no file was held against it"),
            new Stated("base_model", "base model", "made from", "the other entry was not looked at"),
            new Stated("datasets", "datasets", "trained on", "the data was not looked at"),
            new Stated("language", "language", "speaks", "no text was looked at"),
            new Stated("size_categories", "size", "has the size", "no rows were counted"));

    private CardClaims() {}

    /** The claims of a card, where there is one that could be read. */
    public static List<Claim> of(List<Evidence> all) {
        List<Claim> claims = new ArrayList<>();
        for (Evidence card : of(all, CardFrontMatter.TOPIC)) {
            switch (card.outcome()) {
                case FOUND, PARTLY -> {
                    for (Stated stated : STATED) {
                        List<String> texts = texts(card, stated.field());
                        if (!texts.isEmpty()) {
                            claims.add(claimed(card, stated, texts));
                        }
                    }
                    odd(card).ifPresent(claims::add);
                }
                case UNREADABLE -> claims.add(unreadable(card));
                case ABSENT -> claims.add(absent(card));
            }
        }
        return claims;
    }

    /** The texts of a field, which may be one text or a list; none where it is something else. */
    public static List<String> texts(Evidence card, String field) {
        return switch (card.values().fields("metadata").get(field).orElse(Value.NONE)) {
            case Value.Text(String text) when !text.isBlank() -> List.of(text);
            case Value.Items(List<Value> items) ->
                items.stream()
                        .filter(Value.Text.class::isInstance)
                        .map(item -> ((Value.Text) item).text())
                        .toList();
            case Value other -> List.of();
        };
    }

    /** Where a field stands in the card. */
    public static Quote quote(Evidence card, String field, String text) {
        int line = card.values().fields("lines").whole(field).orElse(0L).intValue();
        return new Quote(PATH, line, text);
    }

    private static List<Evidence> of(List<Evidence> all, String topic) {
        return all.stream().filter(one -> one.topic().equals(topic)).toList();
    }

    private static Claim claimed(Evidence card, Stated stated, List<String> texts) {
        List<String> named = texts.stream()
                .limit(MAX_NAMED)
                .map(text -> "`" + brief(text) + "`")
                .toList();
        int more = texts.size() - named.size();
        String list = String.join(", ", named) + (more > 0 ? " and " + more + " more" : "");
        return new Claim(
                "",
                stated.name(),
                texts.size() == 1 ? Value.text(texts.getFirst()) : Value.texts(texts),
                Optional.of(quote(card, stated.field(), list)),
                new Claim.Claimed(stated.reason()),
                stated.words() + " " + list,
                List.of(card));
    }

    /** What the front matter has that no reader of cards would understand. */
    private static Optional<Claim> odd(Evidence card) {
        List<Value.Fields> warnings = card.values().items("warnings").stream()
                .filter(Value.Fields.class::isInstance)
                .map(Value.Fields.class::cast)
                .toList();
        if (warnings.isEmpty()) {
            return Optional.empty();
        }
        List<String> words = new ArrayList<>();
        for (Value.Fields warning : warnings.subList(0, Math.min(MAX_NAMED, warnings.size()))) {
            String field = warning.text("field").orElse("");
            words.add((field.isEmpty() ? "" : "`" + brief(field) + "` in ") + "line "
                    + warning.whole("line").orElse(0L) + ": "
                    + warning.text("what").orElse(""));
        }
        if (warnings.size() > words.size()) {
            words.add((warnings.size() - words.size()) + " more");
        }
        int line = warnings.getFirst().whole("line").orElse(0L).intValue();
        return Optional.of(new Claim(
                CardFrontMatter.CARD,
                "card",
                Value.text("front matter"),
                Optional.of(new Quote(PATH, line, "")),
                new Claim.NotCheckable(String.join("; ", words)),
                "some of the front matter cannot be understood",
                List.of(card)));
    }

    private static Claim unreadable(Evidence card) {
        Unread unread = card.unread().getFirst();
        return new Claim(
                CardFrontMatter.CARD,
                "card",
                Value.text("front matter"),
                Optional.of(new Quote(PATH, 0, "")),
                new Claim.NotCheckable(unread.where() + ": " + unread.why()),
                "the card cannot be read, so nothing that it states was looked at",
                List.of(card));
    }

    private static Claim absent(Evidence card) {
        return new Claim(
                "",
                "card",
                new Value.Nothing(),
                Optional.empty(),
                new Claim.NotCheckable("a card is missing: `README.md`"),
                "nothing is stated about this entry",
                List.of(card));
    }

    private static String brief(String text) {
        String line = text.replaceAll("\\p{Cntrl}", "?");
        return line.length() > 100 ? line.substring(0, 100) + "…" : line;
    }
}
