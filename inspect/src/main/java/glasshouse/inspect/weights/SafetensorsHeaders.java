package glasshouse.inspect.weights;

import glasshouse.core.entry.ArtefactPath;
import glasshouse.core.know.Evidence;
import glasshouse.core.know.InspectorId;
import glasshouse.core.know.Value;
import glasshouse.format.safetensors.Defect;
import glasshouse.format.safetensors.SafetensorsFile;
import glasshouse.format.safetensors.SafetensorsIndex;
import glasshouse.format.safetensors.Tensor;
import glasshouse.format.source.ByteSource;
import glasshouse.format.source.FormatFailure;
import glasshouse.inspect.inspector.Inspector;
import glasshouse.inspect.inspector.Looks;
import glasshouse.inspect.revision.Artefact;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads the headers of safetensors files and their indexes.
 *
 * <p>Evidence: {@value #HEADER} for each file, {@value #INDEX} for each index, {@value #PARAMETERS} once for the revision.
 */
public final class SafetensorsHeaders implements Inspector {
    public static final String HEADER = "safetensors-header";
    public static final String INDEX = "safetensors-index";
    public static final String PARAMETERS = "parameters";

    /** Tensors that the evidence of a file names; {@link TensorTable} gives all. */
    static final int MAX_TENSORS = 32;

    /** Tensors that are named in a place where several overlap. */
    private static final int MAX_NAMED = 8;

    private static final String FILE_END = ".safetensors";
    private static final String INDEX_END = ".safetensors.index.json";

    private final Looks looks = new Looks(id());

    @Override
    public InspectorId id() {
        return new InspectorId("safetensors-headers", 1);
    }

    @Override
    public String reads() {
        return "the headers of `*.safetensors` and the indexes `*.safetensors.index.json`";
    }

    @Override
    public String limits() {
        return "headers above 100,000,000 bytes, indexes above 32 MiB; names " + MAX_TENSORS
                + " tensors of a file; never the weights themselves";
    }

    @Override
    public int maxArtefacts() {
        return 4_000; // each leaves about 10 kB of evidence
    }

    @Override
    public boolean reads(ArtefactPath path) {
        return path.value().endsWith(FILE_END) || path.value().endsWith(INDEX_END);
    }

    @Override
    public List<Evidence> inspect(List<Artefact> artefacts) {
        List<Evidence> evidence = new ArrayList<>();
        Map<String, ReadFile> files = new LinkedHashMap<>();
        Map<String, SafetensorsIndex> indexes = new TreeMap<>();
        for (Artefact artefact : artefacts) {
            if (artefact.path().value().endsWith(FILE_END)) {
                ReadFile file = file(artefact);
                files.put(artefact.path().value(), file);
                evidence.add(file.evidence());
            }
        }
        for (Artefact artefact : artefacts) {
            if (artefact.path().value().endsWith(INDEX_END)) {
                switch (looks.read(artefact, SafetensorsIndex::read)) {
                    case Looks.Read<SafetensorsIndex>(SafetensorsIndex index) -> {
                        indexes.put(artefact.path().value(), index);
                        evidence.add(new ShardCheck(looks, artefact, index, files).evidence());
                    }
                    case Looks.Failed<SafetensorsIndex> failed ->
                        evidence.add(looks.unreadable(INDEX, List.of(Looks.subject(artefact)), failed.unread()));
                }
            }
        }
        evidence.add(files.isEmpty() ? looks.absent(PARAMETERS) : new Totals(looks, files, indexes).evidence());
        return evidence;
    }

    /** A file, its evidence, and its header where it could be read. */
    record ReadFile(Artefact artefact, Evidence evidence, Optional<SafetensorsFile> header) {}

    private record Header(SafetensorsFile file, List<Tensor> first, Map<Defect, List<String>> overlapping) {}

    private ReadFile file(Artefact artefact) {
        return switch (looks.read(artefact, SafetensorsHeaders::header)) {
            case Looks.Read<Header>(Header header) ->
                new ReadFile(
                        artefact,
                        looks.found(HEADER, List.of(Looks.subject(artefact)), values(header)),
                        Optional.of(header.file()));
            case Looks.Failed<Header> failed ->
                new ReadFile(
                        artefact,
                        looks.unreadable(HEADER, List.of(Looks.subject(artefact)), failed.unread()),
                        Optional.empty());
        };
    }

    private static Header header(ByteSource source) throws IOException, FormatFailure {
        List<Tensor> first = new ArrayList<>();
        SafetensorsFile file = SafetensorsFile.read(source, tensor -> {
            if (first.size() < MAX_TENSORS) {
                first.add(tensor);
            }
        });
        Map<Defect, List<String>> overlapping = new LinkedHashMap<>();
        file.defects().stream()
                .filter(defect -> defect.kind() == Defect.Kind.OVERLAP)
                .forEach(defect -> overlapping.put(defect, new ArrayList<>()));
        if (!overlapping.isEmpty()) {
            // Only now is it known which ranges matter, so the header is read once more.
            SafetensorsFile.read(
                    source,
                    tensor -> overlapping.forEach((defect, names) -> {
                        if (tensor.begin() < defect.end()
                                && tensor.end() > defect.begin()
                                && names.size() < MAX_NAMED) {
                            names.add(tensor.name());
                        }
                    }));
        }
        return new Header(file, first, overlapping);
    }

    private static Value.Fields values(Header header) {
        SafetensorsFile file = header.file();
        Map<String, Value> values = new TreeMap<>();
        values.put("size", Value.quantity(file.sizeBytes(), "bytes"));
        values.put("header", Value.quantity(file.headerBytes(), "bytes"));
        values.put("data", Value.quantity(file.dataBytes(), "bytes"));
        values.put("tensors", Value.number(file.tensorCount()));
        values.put(
                "firstTensors",
                Value.items(
                        header.first().stream().map(SafetensorsHeaders::tensor).toList()));
        values.put("parameters", Totals.perType(file.parameters()));
        values.put("total", Value.number(file.parameterCount()));
        values.put("metadata", metadata(file));
        values.put("metadataEntries", Value.number(file.metadataCount()));
        List<Value> defects = new ArrayList<>();
        for (Defect defect : file.defects()) {
            defects.add(defect(defect, header.overlapping().getOrDefault(defect, List.of())));
        }
        values.put("defects", Value.items(defects));
        Map<String, Value> counts = new TreeMap<>();
        file.defectCounts().forEach((kind, count) -> counts.put(word(kind), Value.number(count)));
        values.put("defectCounts", Value.fields(counts));
        return Value.fields(values);
    }

    private static Value tensor(Tensor tensor) {
        return Value.fields(Map.of(
                "name", Value.text(shown(tensor.name())),
                "dtype", Value.text(tensor.dtype().name()),
                "shape", Value.items(tensor.shape().stream().map(Value::number).toList())));
    }

    /** Keys are anybody's words, so they are values here and not names of ours. */
    private static Value metadata(SafetensorsFile file) {
        List<Value> entries = new ArrayList<>();
        file.metadata()
                .forEach((key, value) ->
                        entries.add(Value.fields(Map.of("key", Value.text(key), "value", Value.text(value)))));
        return Value.items(entries);
    }

    private static Value defect(Defect defect, List<String> names) {
        Map<String, Value> fields = new TreeMap<>();
        fields.put("kind", Value.text(word(defect.kind())));
        fields.put("begin", Value.number(defect.begin()));
        fields.put("end", Value.number(defect.end()));
        List<String> tensors = defect.tensor().isEmpty() ? names : List.of(defect.tensor());
        fields.put(
                "tensors",
                Value.texts(tensors.stream().map(SafetensorsHeaders::shown).toList()));
        return Value.fields(fields);
    }

    private static String word(Defect.Kind kind) {
        return switch (kind) {
            case TRUNCATED -> "truncated";
            case OVERLAP -> "overlap";
            case GAP -> "gap";
            case TRAILING -> "trailing";
            case SIZE -> "size";
        };
    }

    /** A name of bearable length. */
    static String shown(String name) {
        return name.length() <= 200 ? name : name.substring(0, 200) + "…";
    }
}
