package glasshouse.inspect.weights;

import glasshouse.core.know.Evidence;
import glasshouse.core.know.Subject;
import glasshouse.core.know.Unread;
import glasshouse.core.know.Value;
import glasshouse.format.safetensors.DType;
import glasshouse.format.safetensors.SafetensorsFile;
import glasshouse.format.safetensors.SafetensorsIndex;
import glasshouse.inspect.inspector.Looks;
import glasshouse.inspect.weights.SafetensorsHeaders.ReadFile;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Counts the parameters of a revision. Which of several files make the model is told by their names, and the evidence says by
 * which rule: {@code index}, {@code model.safetensors}, {@code only-file}, or {@code all-files} where no name tells.
 */
final class Totals {
    private static final String MAIN = "model.safetensors";

    private final Looks looks;
    private final Map<String, ReadFile> files;
    private final Map<String, SafetensorsIndex> indexes;

    Totals(Looks looks, Map<String, ReadFile> files, Map<String, SafetensorsIndex> indexes) {
        this.looks = looks;
        this.files = files;
        this.indexes = indexes;
    }

    Evidence evidence() {
        Optional<Map.Entry<String, SafetensorsIndex>> index = mainIndex();
        String basis;
        List<String> counted;
        List<Unread> unread = new ArrayList<>();
        if (index.isPresent()) {
            basis = "index";
            counted = new ArrayList<>();
            String path = index.get().getKey();
            for (String shard : new TreeSet<>(index.get().getValue().weightMap().values())) {
                String file = ShardCheck.pathOf(path, shard);
                if (files.containsKey(file)) {
                    counted.add(file);
                } else {
                    unread.add(new Unread(Unread.Cause.TRUNCATED, path, "a file that it names is not there"));
                }
            }
        } else if (files.containsKey(MAIN)) {
            basis = MAIN;
            counted = List.of(MAIN);
        } else {
            basis = files.size() == 1 ? "only-file" : "all-files";
            counted = List.copyOf(files.keySet());
        }
        return sum(basis, counted, unread.isEmpty() ? unread : unread.subList(0, 1));
    }

    private Optional<Map.Entry<String, SafetensorsIndex>> mainIndex() {
        List<Map.Entry<String, SafetensorsIndex>> atRoot = indexes.entrySet().stream()
                .filter(entry -> !entry.getKey().contains("/"))
                .toList();
        SafetensorsIndex main = indexes.get(MAIN + ".index.json");
        if (main != null) {
            return Optional.of(Map.entry(MAIN + ".index.json", main));
        }
        return atRoot.size() == 1 && !files.containsKey(MAIN) ? Optional.of(atRoot.getFirst()) : Optional.empty();
    }

    private Evidence sum(String basis, List<String> counted, List<Unread> missing) {
        SortedMap<DType, BigInteger> sums = new TreeMap<>();
        List<Subject> subjects = new ArrayList<>();
        List<Unread> unread = new ArrayList<>(missing);
        for (String path : counted) {
            ReadFile file = files.get(path);
            if (file == null) {
                continue;
            }
            subjects.add(Looks.subject(file.artefact()));
            Optional<SafetensorsFile> header = file.header();
            if (header.isEmpty()) {
                unread.addAll(file.evidence().unread());
            } else {
                header.get()
                        .parameters()
                        .forEach((dtype, n) -> sums.merge(dtype, BigInteger.valueOf(n), BigInteger::add));
            }
        }
        SortedMap<String, Value> perType = new TreeMap<>();
        sums.forEach((dtype, n) -> perType.put(dtype.name(), Value.number(new BigDecimal(n))));
        BigInteger total = sums.values().stream().reduce(BigInteger.ZERO, BigInteger::add);
        Value.Fields values = Value.fields(Map.of(
                "basis", Value.text(basis),
                "files", Value.number(subjects.size()),
                "parameters", Value.fields(perType),
                "total", Value.number(new BigDecimal(total))));
        return looks.found(SafetensorsHeaders.PARAMETERS, subjects, values, unread);
    }

    static Value perType(SortedMap<DType, Long> parameters) {
        SortedMap<String, Value> perType = new TreeMap<>();
        parameters.forEach((dtype, n) -> perType.put(dtype.name(), Value.number(n)));
        return Value.fields(perType);
    }
}
