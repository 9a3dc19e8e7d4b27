package glasshouse.inspect.licence;

import glasshouse.core.entry.ArtefactPath;
import glasshouse.core.know.Evidence;
import glasshouse.core.know.InspectorId;
import glasshouse.core.know.Subject;
import glasshouse.core.know.Value;
import glasshouse.format.source.ByteSource;
import glasshouse.format.source.FormatFailure;
import glasshouse.format.source.Place;
import glasshouse.inspect.inspector.Inspector;
import glasshouse.inspect.inspector.Looks;
import glasshouse.inspect.revision.Artefact;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads the files that hold licences, and says which of those we know. Evidence: {@value #TOPIC}, for each file. */
public final class LicenceText implements Inspector {
    public static final String TOPIC = "licence-text";

    /** The longest text that is looked at. */
    static final int MAX_BYTES = 1 << 20;

    private static final Pattern NAME =
            Pattern.compile("(.+[-_.])?(licen[sc]e|copying|notice|use[-_]policy)s?([-_.].*)?");
    private static final Pattern NO_TEXT = Pattern.compile(
            ".*\\.(py|js|ts|java|kt|c|cc|cpp|h|hpp|rs|go|rb|php|sh|json|jsonl|ya?ml|toml|xml|csv|tsv|parquet|ipynb|html?|css|svg"
                    + "|png|jpe?g|gif|pdf|docx?|zip|gz|bin|pt|safetensors)");

    private final Looks looks = new Looks(id());
    private final Recogniser recogniser = new Recogniser(Fingerprints.ALL);

    @Override
    public InspectorId id() {
        return new InspectorId("licence-text", 1);
    }

    @Override
    public String reads() {
        return "files called LICENSE, LICENCE, COPYING, NOTICE or USE_POLICY, with endings, and those in a folder `licenses`";
    }

    @Override
    public String limits() {
        return "texts above 1 MiB; knows " + Fingerprints.ALL.size() + " texts";
    }

    @Override
    public int maxArtefacts() {
        return 200;
    }

    @Override
    public boolean reads(ArtefactPath path) {
        String name = path.fileName().toLowerCase(Locale.ROOT);
        List<String> folders = path.segments().subList(0, path.segments().size() - 1);
        boolean inFolder =
                !folders.isEmpty() && folders.getLast().toLowerCase(Locale.ROOT).matches("licen[sc]es");
        return (inFolder || NAME.matcher(name).matches())
                && !NO_TEXT.matcher(name).matches();
    }

    @Override
    public List<Evidence> inspect(List<Artefact> artefacts) {
        if (artefacts.isEmpty()) {
            return List.of(looks.absent(TOPIC));
        }
        List<Evidence> evidence = new ArrayList<>();
        for (Artefact artefact : artefacts) {
            List<Subject> subjects = List.of(Looks.subject(artefact));
            evidence.add(
                    switch (looks.read(artefact, LicenceText::text)) {
                        case Looks.Read<String>(String text) ->
                            looks.found(TOPIC, subjects, values(artefact.path(), recogniser.recognise(text)));
                        case Looks.Failed<String> failed -> looks.unreadable(TOPIC, subjects, failed.unread());
                    });
        }
        return evidence;
    }

    private static String text(ByteSource source) throws IOException, FormatFailure {
        if (source.sizeBytes() > MAX_BYTES) {
            throw FormatFailure.limit(Place.ofByte(MAX_BYTES), "it is larger than " + MAX_BYTES + " bytes");
        }
        ByteBuffer bytes = ByteBuffer.wrap(source.readFully(0, (int) source.sizeBytes()));
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(bytes)
                    .toString();
        } catch (CharacterCodingException e) {
            throw FormatFailure.corrupt(Place.ofByte(bytes.position()), "it is not UTF-8");
        }
    }

    private static Value.Fields values(ArtefactPath path, Recognition recognition) {
        Map<String, Value> values = new TreeMap<>();
        values.put("role", Value.text(role(path)));
        values.put("texts", Value.texts(recognition.whole()));
        values.put("exact", Value.truth(recognition.exact()));
        values.put("words", Value.number(recognition.words()));
        values.put("otherWords", Value.number(recognition.otherWords()));
        values.put("hiddenCharacters", Value.number(recognition.hidden()));
        List<Value> near = new ArrayList<>();
        for (Recognition.Near one : recognition.near()) {
            near.add(Value.fields(
                    Map.of("id", Value.text(one.id()), "likeness", Value.quantity(one.permille(), "per mille"))));
        }
        values.put("near", Value.items(near));
        return Value.fields(values);
    }

    /** What a file of this name is for: a notice and a policy are no licences. */
    private static String role(ArtefactPath path) {
        String name = path.fileName().toLowerCase(Locale.ROOT);
        if (name.contains("notice")) {
            return "notice";
        }
        return name.contains("policy") ? "policy" : "licence";
    }
}
