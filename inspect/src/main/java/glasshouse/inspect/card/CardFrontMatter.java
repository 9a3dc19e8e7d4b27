package glasshouse.inspect.card;

import glasshouse.core.entry.ArtefactPath;
import glasshouse.core.know.Evidence;
import glasshouse.core.know.InspectorId;
import glasshouse.core.know.Subject;
import glasshouse.core.know.Value;
import glasshouse.format.card.CardFile;
import glasshouse.format.card.Section;
import glasshouse.inspect.inspector.Inspector;
import glasshouse.inspect.inspector.Looks;
import glasshouse.inspect.revision.Artefact;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Reads the card: its front matter, what is odd about it, and which sections are filled. Evidence: {@value #TOPIC}. */
public final class CardFrontMatter implements Inspector {
    public static final String TOPIC = "card";

    /** The card's path. */
    public static final String CARD = "README.md";

    /** Sections that the evidence names. */
    private static final int MAX_SECTIONS = 100;

    private final Looks looks = new Looks(id());

    @Override
    public InspectorId id() {
        return new InspectorId("card-front-matter", 1);
    }

    @Override
    public String reads() {
        return "`README.md`: the front matter, and the headings of the first 4 MiB";
    }

    @Override
    public String limits() {
        return "front matter above 1 MiB, 64 levels or 100,000 values; names " + MAX_SECTIONS + " sections";
    }

    @Override
    public boolean reads(ArtefactPath path) {
        return path.value().equals(CARD);
    }

    @Override
    public List<Evidence> inspect(List<Artefact> artefacts) {
        if (artefacts.isEmpty()) {
            return List.of(looks.absent(TOPIC));
        }
        Artefact card = artefacts.getFirst();
        List<Subject> subjects = List.of(Looks.subject(card));
        return List.of(
                switch (looks.read(card, CardFile::read)) {
                    case Looks.Read<CardFile>(CardFile file) -> looks.found(TOPIC, subjects, values(file));
                    case Looks.Failed<CardFile> failed -> looks.unreadable(TOPIC, subjects, failed.unread());
                });
    }

    private static Value.Fields values(CardFile card) {
        Map<String, Value> values = new TreeMap<>();
        values.put("frontMatter", Value.truth(card.present()));
        values.put("unclosed", Value.truth(card.unclosed()));
        values.put("bodyLine", Value.number(card.bodyLine()));
        values.put("utf8", Value.truth(card.utf8()));
        values.put("wholeBody", Value.truth(card.wholeBody()));
        values.put("metadata", YamlValues.value(card.metadata()));
        Map<String, Value> lines = new TreeMap<>();
        card.metadata().fields().forEach((key, value) -> {
            if (CardFields.isKnown(key)) {
                lines.put(key, Value.number(value.line()));
            }
        });
        values.put("lines", Value.fields(lines));
        values.put("warnings", Value.items(warnings(card)));
        List<Section> sections = card.sections();
        values.put(
                "sections",
                Value.items(sections.stream()
                        .limit(MAX_SECTIONS)
                        .map(CardFrontMatter::section)
                        .toList()));
        Map<String, Value> counts = new TreeMap<>();
        for (Section.State state : Section.State.values()) {
            counts.put(
                    word(state),
                    Value.number(sections.stream()
                            .filter(section -> section.state() == state)
                            .count()));
        }
        values.put("sectionCounts", Value.fields(counts));
        return Value.fields(values);
    }

    private static List<Value> warnings(CardFile card) {
        List<Value> warnings = new ArrayList<>();
        if (card.unclosed()) {
            warnings.add(warning("", 1, "it opens with `---` that is never closed, so it has no front matter"));
        }
        CardFields.check(card.metadata()).forEach(one -> warnings.add(warning(one.field(), one.line(), one.what())));
        return warnings;
    }

    private static Value warning(String field, int line, String what) {
        return Value.fields(Map.of("field", Value.text(field), "line", Value.number(line), "what", Value.text(what)));
    }

    private static Value section(Section section) {
        return Value.fields(Map.of(
                "title", Value.text(section.title()),
                "level", Value.number(section.level()),
                "line", Value.number(section.line()),
                "state", Value.text(word(section.state()))));
    }

    private static String word(Section.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
