package glasshouse.inspect.weights;

import glasshouse.core.entry.ArtefactPath;
import glasshouse.core.know.Evidence;
import glasshouse.core.know.Subject;
import glasshouse.core.know.Unread;
import glasshouse.core.know.Value;
import glasshouse.format.safetensors.SafetensorsFile;
import glasshouse.format.safetensors.SafetensorsIndex;
import glasshouse.format.safetensors.Tensor;
import glasshouse.inspect.inspector.Looks;
import glasshouse.inspect.revision.Artefact;
import glasshouse.inspect.weights.SafetensorsHeaders.ReadFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Holds an index against the files that it names: which are there, and whether each tensor is where the index says. */
final class ShardCheck {
    private static final int MAX_NAMED = 16;

    private final Looks looks;
    private final Artefact index;
    private final SafetensorsIndex content;
    private final Map<String, ReadFile> files;
    private final Set<String> missingFiles = new TreeSet<>();
    private final Set<String> missingTensors = new TreeSet<>();
    private final List<String> extraTensors = new ArrayList<>();
    private final List<Unread> unread = new ArrayList<>();
    private final List<Subject> subjects = new ArrayList<>();
    private long extraTensorCount;
    private long presentFiles;
    private long tensorBytes;

    ShardCheck(Looks looks, Artefact index, SafetensorsIndex content, Map<String, ReadFile> files) {
        this.looks = looks;
        this.index = index;
        this.content = content;
        this.files = files;
    }

    /** Where a file stands that an index names; the empty text where it names something outside the entry. */
    static String pathOf(String indexPath, String file) {
        String path = indexPath.substring(0, indexPath.lastIndexOf('/') + 1) + file;
        return ArtefactPath.fault(path).isEmpty() ? path : "";
    }

    Evidence evidence() {
        subjects.add(Looks.subject(index));
        Set<String> shards = new TreeSet<>(content.weightMap().values());
        content.weightMap().keySet().forEach(missingTensors::add);
        for (String shard : shards) {
            ReadFile file = files.get(pathOf(index.path().value(), shard));
            if (file == null) {
                missingFiles.add(shard);
            } else {
                presentFiles++;
                subjects.add(Looks.subject(file.artefact()));
                shard(shard, file);
            }
        }
        return looks.found(SafetensorsHeaders.INDEX, subjects, values(shards.size()), unread);
    }

    private void shard(String shard, ReadFile file) {
        if (file.header().isEmpty()) {
            unread.addAll(file.evidence().unread());
            content.weightMap().forEach((tensor, where) -> {
                if (where.equals(shard)) {
                    missingTensors.remove(tensor); // nobody can say
                }
            });
            return;
        }
        Looks.Result<SafetensorsFile> result =
                looks.read(file.artefact(), source -> SafetensorsFile.read(source, tensor -> tensor(shard, tensor)));
        if (result instanceof Looks.Failed<SafetensorsFile> failed) {
            unread.add(failed.unread());
        }
    }

    private void tensor(String shard, Tensor tensor) {
        tensorBytes += tensor.sizeBytes();
        if (shard.equals(content.weightMap().get(tensor.name()))) {
            missingTensors.remove(tensor.name());
        } else if (extraTensorCount++ < MAX_NAMED) {
            extraTensors.add(tensor.name());
        }
    }

    private Value.Fields values(int shards) {
        // Tensors of files that are not there are not missing on their own.
        content.weightMap().forEach((tensor, file) -> {
            if (missingFiles.contains(file)) {
                missingTensors.remove(tensor);
            }
        });
        Map<String, Value> values = new TreeMap<>();
        values.put("files", Value.number(shards));
        values.put("presentFiles", Value.number(presentFiles));
        values.put("missingFiles", names(missingFiles));
        values.put("missingFileCount", Value.number(missingFiles.size()));
        values.put("tensors", Value.number(content.weightMap().size()));
        values.put("missingTensors", names(missingTensors));
        values.put("missingTensorCount", Value.number(missingTensors.size()));
        values.put("extraTensors", names(extraTensors));
        values.put("extraTensorCount", Value.number(extraTensorCount));
        content.totalSize().ifPresent(size -> values.put("totalSize", Value.quantity(size, "bytes")));
        if (missingFiles.isEmpty() && unread.isEmpty()) {
            values.put("tensorBytes", Value.quantity(tensorBytes, "bytes"));
        }
        return Value.fields(values);
    }

    private static Value names(Iterable<String> names) {
        List<String> first = new ArrayList<>();
        for (String name : names) {
            if (first.size() == MAX_NAMED) {
                break;
            }
            first.add(SafetensorsHeaders.shown(name));
        }
        return Value.texts(first);
    }
}
