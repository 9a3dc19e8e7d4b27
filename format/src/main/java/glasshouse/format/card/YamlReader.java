package glasshouse.format.card;

import glasshouse.format.source.FormatFailure;
import glasshouse.format.source.Place;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Reads one YAML document within limits. No tag ever makes an object; keys are scalars, and none comes twice.
 *
 * <p>Limits: {@value #MAX_DEPTH} collections in one another, {@value #MAX_VALUES} values and {@value #MAX_CHARACTERS} characters
 * <em>after</em> aliases are followed (what an alias bomb makes grow), numbers of {@value #MAX_NUMBER} characters; longer ones stay texts.
 */
final class YamlReader {
    static final int MAX_DEPTH = 64;
    static final int MAX_VALUES = 100_000;
    static final int MAX_CHARACTERS = 2_000_000;
    static final int MAX_NUMBER = 64;

    private static final ScalarResolver CORE = new CoreSchema().getScalarResolver();
    private static final Set<String> PLAIN_TAGS = Set.of(
            Tag.STR.getValue(),
            Tag.INT.getValue(),
            Tag.FLOAT.getValue(),
            Tag.BOOL.getValue(),
            Tag.NULL.getValue(),
            Tag.SEQ.getValue(),
            Tag.MAP.getValue());

    /** A value, how many there are in it, and how many characters they have. */
    private record Counted(YamlValue value, int count, int characters) {}

    private final int firstLine;
    private final Iterator<Event> events;
    private final Map<String, Counted> anchors = new HashMap<>();
    private int values;
    private int characters;

    private YamlReader(int firstLine, Iterator<Event> events) {
        this.firstLine = firstLine;
        this.events = events;
    }

    /** Reads a document that starts on this line of its file; an empty one is {@link YamlValue.Nothing}. */
    static YamlValue read(String text, int firstLine) throws FormatFailure {
        LoadSettings settings = LoadSettings.builder()
                .setCodePointLimit(CardFile.MAX_FRONT_MATTER_BYTES)
                .setUseMarks(true)
                .setLabel("front matter")
                .build();
        try {
            return new YamlReader(
                            firstLine, new Parse(settings).parseString(text).iterator())
                    .document();
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine()).orElse(0);
            throw FormatFailure.corrupt(
                    Place.ofLine(firstLine + line), "not YAML: " + brief(String.valueOf(e.getProblem())));
        } catch (YamlEngineException e) {
            throw FormatFailure.corrupt(Place.ofLine(firstLine), "not YAML: " + brief(String.valueOf(e.getMessage())));
        }
    }

    private static String brief(String message) {
        String line = message.lines().findFirst().orElse("").replaceAll("\\p{Cntrl}", "?");
        return line.length() > 200 ? line.substring(0, 200) + "…" : line;
    }

    private YamlValue document() throws FormatFailure {
        events.next(); // the stream
        Event start = events.next();
        if (start.getEventId() == Event.ID.StreamEnd) {
            return new YamlValue.Nothing(firstLine);
        }
        YamlValue value = value(events.next(), 0).value();
        events.next(); // the end of the document
        Event after = events.next();
        if (after.getEventId() != Event.ID.StreamEnd) {
            throw FormatFailure.corrupt(Place.ofLine(line(after)), "a second document starts");
        }
        return value;
    }

    private Counted value(Event event, int depth) throws FormatFailure {
        if (event instanceof AliasEvent alias) {
            return followed(alias);
        }
        int valuesBefore = values;
        int charactersBefore = characters;
        NodeEvent node = (NodeEvent) event;
        count(1, event instanceof ScalarEvent scalar ? scalar.getValue().length() : 0, event);
        YamlValue value = switch (event.getEventId()) {
            case Scalar -> scalar((ScalarEvent) event);
            case SequenceStart -> items(event, depth + 1);
            case MappingStart -> fields(event, depth + 1);
            default -> throw FormatFailure.corrupt(Place.ofLine(line(event)), "no value stands here");
        };
        Counted counted = new Counted(value, values - valuesBefore, characters - charactersBefore);
        // An anchor is known only now: one that contains itself stays unknown to the alias inside it.
        node.getAnchor().ifPresent(anchor -> anchors.put(anchor.getValue(), counted));
        return counted;
    }

    private Counted followed(AliasEvent alias) throws FormatFailure {
        Counted target = anchors.get(alias.getAlias().getValue());
        if (target == null) {
            throw FormatFailure.corrupt(
                    Place.ofLine(line(alias)),
                    "the alias `" + brief(alias.getAlias().getValue()) + "` has no anchor before it");
        }
        count(target.count(), target.characters(), alias);
        return target;
    }

    private void count(int moreValues, int moreCharacters, Event event) throws FormatFailure {
        values += moreValues;
        characters += moreCharacters;
        if (values > MAX_VALUES || characters > MAX_CHARACTERS) {
            throw FormatFailure.limit(
                    Place.ofLine(line(event)),
                    "there are more than " + MAX_VALUES + " values or " + MAX_CHARACTERS
                            + " characters, aliases followed");
        }
    }

    private YamlValue items(Event start, int depth) throws FormatFailure {
        checkTag(((CollectionStartEvent) start).getTag().orElse(""), start);
        checkDepth(depth, start);
        List<YamlValue> items = new ArrayList<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.SequenceEnd; event = events.next()) {
            items.add(value(event, depth).value());
        }
        return new YamlValue.Items(items, line(start));
    }

    private YamlValue fields(Event start, int depth) throws FormatFailure {
        checkTag(((CollectionStartEvent) start).getTag().orElse(""), start);
        checkDepth(depth, start);
        Map<String, YamlValue> fields = new LinkedHashMap<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.MappingEnd; event = events.next()) {
            String key = key(event, depth);
            YamlValue value = value(events.next(), depth).value();
            if (fields.put(key, value) != null) {
                throw FormatFailure.corrupt(Place.ofLine(line(event)), "the key `" + brief(key) + "` comes twice");
            }
        }
        return new YamlValue.Fields(fields, line(start));
    }

    private String key(Event event, int depth) throws FormatFailure {
        // Keys are what they look like: `1:` and `yes:` are the texts `1` and `yes`, as in JSON.
        if (event instanceof ScalarEvent scalar && scalar.getAnchor().isEmpty()) {
            count(1, scalar.getValue().length(), event);
            checkTag(scalar.getTag().orElse(""), event);
            return scalar.getValue();
        }
        if (value(event, depth).value() instanceof YamlValue.Text text) {
            return text.text();
        }
        throw FormatFailure.corrupt(Place.ofLine(line(event)), "a key is not a text");
    }

    private YamlValue scalar(ScalarEvent event) throws FormatFailure {
        String text = event.getValue();
        int line = line(event);
        String tag = event.getTag().orElse("");
        checkTag(tag, event);
        boolean plain = event.getScalarStyle() == ScalarStyle.PLAIN;
        String resolved = tag.isEmpty() || tag.equals("!")
                ? CORE.resolve(text, plain && tag.isEmpty()).getValue()
                : tag;
        if (resolved.equals(Tag.NULL.getValue())) {
            return new YamlValue.Nothing(line);
        }
        if (resolved.equals(Tag.BOOL.getValue()) && text.equalsIgnoreCase("true")) {
            return new YamlValue.Truth(true, line);
        }
        if (resolved.equals(Tag.BOOL.getValue()) && text.equalsIgnoreCase("false")) {
            return new YamlValue.Truth(false, line);
        }
        if (text.length() <= MAX_NUMBER && resolved.equals(Tag.INT.getValue())) {
            return whole(text, line);
        }
        if (text.length() <= MAX_NUMBER && resolved.equals(Tag.FLOAT.getValue())) {
            return decimal(text, line);
        }
        return new YamlValue.Text(text, line);
    }

    private static YamlValue whole(String text, int line) {
        try {
            if (text.startsWith("0o")) {
                return new YamlValue.Whole(new BigInteger(text.substring(2), 8), line);
            }
            if (text.startsWith("0x")) {
                return new YamlValue.Whole(new BigInteger(text.substring(2), 16), line);
            }
            return new YamlValue.Whole(new BigInteger(text), line);
        } catch (NumberFormatException e) {
            return new YamlValue.Text(text, line); // a tag that its text does not fit
        }
    }

    /** Infinities and not-a-numbers have no JSON; an exponent of ten digits has no use. Both stay texts. */
    private static YamlValue decimal(String text, int line) {
        try {
            BigDecimal number = new BigDecimal(text);
            return Math.abs((long) number.scale()) > 400
                    ? new YamlValue.Text(text, line)
                    : new YamlValue.Decimal(number, line);
        } catch (NumberFormatException e) {
            return new YamlValue.Text(text, line);
        }
    }

    private void checkTag(String tag, Event event) throws FormatFailure {
        if (!tag.isEmpty() && !tag.equals("!") && !PLAIN_TAGS.contains(tag)) {
            throw FormatFailure.corrupt(Place.ofLine(line(event)), "the tag `" + brief(tag) + "` is not allowed");
        }
    }

    private void checkDepth(int depth, Event event) throws FormatFailure {
        if (depth > MAX_DEPTH) {
            throw FormatFailure.limit(
                    Place.ofLine(line(event)), "more than " + MAX_DEPTH + " collections are in one another");
        }
    }

    private int line(Event event) {
        return firstLine + event.getStartMark().map(mark -> mark.getLine()).orElse(0);
    }
}
