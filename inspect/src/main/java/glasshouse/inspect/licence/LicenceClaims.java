package glasshouse.inspect.licence;

import glasshouse.core.know.Claim;
import glasshouse.core.know.Evidence;
import glasshouse.core.know.Quote;
import glasshouse.core.know.Value;
import glasshouse.inspect.card.CardClaims;
import glasshouse.inspect.card.CardFrontMatter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Holds the licence that a card declares against the texts that lie in the revision. */
public final class LicenceClaims {
    /** A text that is so much like another licence, and so little like the declared one, is not the declared one. */
    private static final long SURELY_ANOTHER = 800;

    private static final String NAME = "licence";

    /** The files that count for the revision as a whole, and what is in them. */
    private final List<Evidence> files;

    private final Set<String> whole = new LinkedHashSet<>();

    private LicenceClaims(List<Evidence> evidence) {
        files = evidence.stream()
                .filter(one -> one.topic().equals(LicenceText.TOPIC))
                .filter(LicenceClaims::countsForAll)
                .toList();
        files.forEach(file -> whole.addAll(exact(file)));
    }

    /** One claim for each licence that the card declares; one about its absence where it declares none. */
    public static List<Claim> of(List<Evidence> evidence) {
        LicenceClaims claims = new LicenceClaims(evidence);
        List<Claim> made = new ArrayList<>();
        for (Evidence card : evidence) {
            if (card.topic().equals(CardFrontMatter.TOPIC) && card.outcome() == Evidence.Outcome.FOUND) {
                List<String> declared = CardClaims.texts(card, "license");
                declared.stream().distinct().limit(16).forEach(word -> made.add(claims.declared(card, word)));
                if (declared.isEmpty()) {
                    made.add(claims.undeclared(card));
                }
            }
        }
        return made;
    }

    private Claim declared(Evidence card, String word) {
        Claim.Outcome outcome = switch (HubLicences.of(word)) {
            case HubLicences.Texts(List<String> ids) -> compare(ids);
            case HubLicences.NoText none ->
                whole.isEmpty()
                        ? new Claim.NotCheckable(
                                files.isEmpty() ? missing() : "the text of this licence is not known here")
                        : new Claim.Contradicted(Value.texts(names()), contents());
            case HubLicences.Family family ->
                new Claim.NotCheckable("`" + shown(word) + "` names a family of licences"
                        + (whole.isEmpty() ? "; which one is meant is missing" : "; " + contents()));
            case HubLicences.Unnamed unnamed ->
                new Claim.NotCheckable(
                        files.isEmpty()
                                ? missing()
                                : "`" + shown(word) + "` names no licence whose text is known; " + contents());
        };
        return claim(card, word, outcome);
    }

    private Claim.Outcome compare(List<String> ids) {
        if (files.isEmpty()) {
            return new Claim.NotCheckable(missing());
        }
        if (ids.stream().anyMatch(whole::contains)) {
            return new Claim.Supported(Value.texts(names()));
        }
        if (!whole.isEmpty()) {
            return new Claim.Contradicted(Value.texts(names()), contents());
        }
        for (Evidence file : files) {
            Optional<String> other = surelyAnother(file, ids);
            if (other.isPresent()) {
                return new Claim.Contradicted(Value.text(other.get()), contents());
            }
        }
        return new Claim.NotCheckable(contents());
    }

    private static Optional<String> surelyAnother(Evidence file, List<String> ids) {
        List<Value> near = file.values().items("near");
        boolean like = near.stream().anyMatch(one -> ids.contains(id(one)));
        return like
                ? Optional.empty()
                : near.stream()
                        .filter(one -> likeness(one) >= SURELY_ANOTHER)
                        .map(LicenceClaims::id)
                        .findFirst();
    }

    private Claim claim(Evidence card, String word, Claim.Outcome outcome) {
        List<Evidence> held = new ArrayList<>(List.of(card));
        held.addAll(files);
        String sentence = switch (outcome) {
            case Claim.Supported s -> "the card says `" + shown(word) + "`; " + contents();
            case Claim.Contradicted c -> "the card says `" + shown(word) + "`; " + c.why();
            case Claim.NotCheckable n -> "the card says `" + shown(word) + "`";
            case Claim.Attested a -> "the card says `" + shown(word) + "`";
            case Claim.Claimed c -> "the card says `" + shown(word) + "`";
        };
        Quote quote = CardClaims.quote(card, "license", shown(word));
        return new Claim("", NAME, Value.text(word), Optional.of(quote), outcome, sentence, held);
    }

    private Claim undeclared(Evidence card) {
        List<Evidence> held = new ArrayList<>(List.of(card));
        held.addAll(files);
        Optional<Value> stated = card.values().fields("metadata").get("license");
        boolean empty = stated.isEmpty() || stated.get() instanceof Value.Nothing;
        String what = empty ? "the card declares no licence" : "what the card says about its licence is no text";
        return new Claim(
                "",
                NAME,
                stated.orElse(new Value.Nothing()),
                stated.map(value -> CardClaims.quote(card, "license", "")),
                new Claim.NotCheckable(
                        empty ? "the field `license` of the card is missing" : "the field `license` should be a text"),
                files.isEmpty() ? what : what + "; " + contents(),
                held);
    }

    private static String missing() {
        return "the licence text is missing: no LICENSE file";
    }

    private List<String> names() {
        return List.copyOf(whole);
    }

    /** What lies in the files, in words. */
    private String contents() {
        List<String> parts = new ArrayList<>();
        for (Evidence file : files.subList(0, Math.min(4, files.size()))) {
            parts.add("`" + file.subjects().getFirst().path() + "` " + content(file));
        }
        if (files.size() > parts.size()) {
            parts.add((files.size() - parts.size()) + " more files");
        }
        return String.join(", ", parts);
    }

    private static String content(Evidence file) {
        if (file.outcome() != Evidence.Outcome.FOUND) {
            return "cannot be read (" + file.unread().getFirst().why() + ")";
        }
        List<String> texts = texts(file);
        if (!texts.isEmpty()) {
            long others = file.values().whole("otherWords").orElse(0L);
            return "is the text of " + String.join(" and ", texts)
                    + (others > 0 ? " with " + others + " other words, which a person has to read" : "");
        }
        List<Value> near = file.values().items("near");
        return near.isEmpty()
                ? "is a text that is not known here"
                : "is like " + id(near.getFirst()) + " (" + likeness(near.getFirst()) / 10
                        + " %) and not the same, word for word";
    }

    /** A file in a folder is about that folder, unless the folder is there to hold licences. */
    private static boolean countsForAll(Evidence file) {
        if (file.subjects().isEmpty()
                || !file.values().text("role").orElse("licence").equals("licence")) {
            return false;
        }
        List<String> segments = file.subjects().getFirst().path().segments();
        return segments.size() == 1
                || segments.size() == 2 && segments.getFirst().matches("(?i)licen[sc]es");
    }

    private static List<String> exact(Evidence file) {
        boolean exact =
                file.values().get("exact").filter(new Value.Truth(true)::equals).isPresent();
        return exact ? texts(file) : List.of();
    }

    private static List<String> texts(Evidence file) {
        return file.values().items("texts").stream()
                .filter(Value.Text.class::isInstance)
                .map(text -> ((Value.Text) text).text())
                .toList();
    }

    private static String id(Value near) {
        return near instanceof Value.Fields fields ? fields.text("id").orElse("") : "";
    }

    private static long likeness(Value near) {
        return near instanceof Value.Fields fields ? fields.whole("likeness").orElse(0L) : 0;
    }

    private static String shown(String word) {
        String line = word.replaceAll("\\p{Cntrl}", "?");
        return line.length() > 80 ? line.substring(0, 80) + "…" : line;
    }
}
