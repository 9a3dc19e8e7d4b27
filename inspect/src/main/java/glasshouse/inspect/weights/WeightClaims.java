package glasshouse.inspect.weights;

import glasshouse.core.entry.ArtefactPath;
import glasshouse.core.know.Claim;
import glasshouse.core.know.Evidence;
import glasshouse.core.know.Quote;
import glasshouse.core.know.Unread;
import glasshouse.core.know.Unread.Cause;
import glasshouse.core.know.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What weight files state about themselves, held against their bytes: a header states which bytes are there, an index which files
 * and tensors. Sound files are told in one claim, unsound ones in one each.
 */
public final class WeightClaims {
    private static final String INTEGRITY = "weights whole";
    private static final String SHARDS = "shards complete";
    private static final String SIZE = "total size";

    private WeightClaims() {}

    public static List<Claim> of(List<Evidence> all) {
        List<Claim> claims = new ArrayList<>();
        List<Evidence> sound = new ArrayList<>();
        for (Evidence one : all) {
            if (one.topic().equals(SafetensorsHeaders.HEADER)) {
                Optional<Claim> unsound = header(one);
                unsound.ifPresentOrElse(claims::add, () -> sound.add(one));
            } else if (one.topic().equals(SafetensorsHeaders.INDEX)) {
                claims.add(shards(one));
                size(one).ifPresent(claims::add);
            }
        }
        if (!sound.isEmpty()) {
            claims.add(sound(sound));
        }
        return claims;
    }

    private static Claim sound(List<Evidence> sound) {
        String files = sound.size() == 1
                ? "`" + path(sound.getFirst()) + "` is"
                : String.format(Locale.ROOT, "%d safetensors files are", sound.size());
        return new Claim(
                sound.size() == 1 ? path(sound.getFirst()) : "",
                INTEGRITY,
                Value.text("the data that the header describes"),
                Optional.empty(),
                new Claim.Supported(Value.number(sound.size())),
                files + " as the header says: no byte is missing, shared or left over",
                sound);
    }

    private static Optional<Claim> header(Evidence file) {
        if (file.outcome() != Evidence.Outcome.FOUND) {
            Unread unread = file.unread().getFirst();
            boolean wrong = unread.cause() == Cause.CORRUPT || unread.cause() == Cause.TRUNCATED;
            return Optional.of(claim(
                    file,
                    INTEGRITY,
                    Value.text("a safetensors file, by its name"),
                    wrong
                            ? new Claim.Contradicted(Value.text(unread.cause().word()), unread.why())
                            : new Claim.NotCheckable(unread.why()),
                    "`" + path(file) + "` "
                            + (wrong ? "is no whole safetensors file: " + unread.why() : "was not read")));
        }
        List<Value> defects = file.values().items("defects");
        if (defects.isEmpty()) {
            return Optional.empty();
        }
        List<String> words = new ArrayList<>();
        file.values().fields("defectCounts").fields().keySet().forEach(kind -> words.add(words(file, kind)));
        String why = String.join("; ", words);
        return Optional.of(claim(
                file,
                INTEGRITY,
                Value.text("the data that the header describes"),
                new Claim.Contradicted(file.values().fields("defectCounts"), why),
                "`" + path(file) + "` is not as its header says: " + why));
    }

    private static String words(Evidence file, String kind) {
        long count = file.values().fields("defectCounts").whole(kind).orElse(0L);
        Value.Fields first = file.values().items("defects").stream()
                .filter(defect -> defect instanceof Value.Fields fields
                        && fields.text("kind").orElse("").equals(kind))
                .map(defect -> (Value.Fields) defect)
                .findFirst()
                .orElse(Value.NONE);
        long bytes = first.whole("end").orElse(0L) - first.whole("begin").orElse(0L);
        String tensors = first.items("tensors").stream()
                .filter(Value.Text.class::isInstance)
                .map(text -> "`" + ((Value.Text) text).text() + "`")
                .reduce((a, b) -> a + ", " + b)
                .orElse("");
        return switch (kind) {
            case "truncated" ->
                "the header describes " + first.whole("end").orElse(0L) + " bytes of data, the file has "
                        + first.whole("begin").orElse(0L);
            case "trailing" -> bytes + " bytes follow the last tensor";
            case "gap" ->
                places(count) + " where no tensor is, the first of " + bytes + " bytes at byte "
                        + first.whole("begin").orElse(0L) + " of the data";
            case "overlap" -> places(count) + " where tensors overlap, the first of " + bytes + " bytes: " + tensors;
            default ->
                count + (count == 1 ? " tensor has" : " tensors have")
                        + " another size than shape and dtype need, the first " + tensors;
        };
    }

    private static String places(long count) {
        return count == 1 ? "a place" : count + " places";
    }

    private static Claim shards(Evidence index) {
        if (index.outcome() == Evidence.Outcome.UNREADABLE) {
            Unread unread = index.unread().getFirst();
            return claim(
                    index,
                    SHARDS,
                    Value.text("an index of shards, by its name"),
                    new Claim.NotCheckable(unread.where() + ": " + unread.why()),
                    "`" + path(index) + "` cannot be read");
        }
        Value.Fields values = index.values();
        long files = values.whole("files").orElse(0L);
        long tensors = values.whole("tensors").orElse(0L);
        List<String> wrong = new ArrayList<>();
        count(values, "missingFile", "missingFiles", "file", "missing", wrong);
        count(values, "missingTensor", "missingTensors", "tensor", "not in its file", wrong);
        count(values, "extraTensor", "extraTensors", "tensor", "in a file and not in the index", wrong);
        Claim.Outcome outcome;
        if (!wrong.isEmpty()) {
            outcome = new Claim.Contradicted(values, String.join("; ", wrong));
        } else if (index.outcome() == Evidence.Outcome.PARTLY) {
            outcome = new Claim.NotCheckable("a file that it names cannot be read");
        } else {
            outcome = new Claim.Supported(
                    Value.number(values.whole("presentFiles").orElse(0L)));
        }
        String stated = "`" + path(index) + "` names " + tensors + " tensors in " + files + " files";
        String sentence = switch (outcome) {
            case Claim.Contradicted c -> stated + ": " + c.why();
            case Claim.Supported s -> stated + ", and all are there";
            case Claim.NotCheckable n -> stated;
            case Claim.Attested a -> stated;
            case Claim.Claimed c -> stated;
        };
        return claim(index, SHARDS, Value.quantity(files, "files"), outcome, sentence);
    }

    private static void count(
            Value.Fields values, String name, String list, String noun, String wrong, List<String> into) {
        long count = values.whole(name + "Count").orElse(0L);
        if (count > 0) {
            String first = values.items(list).stream()
                    .filter(Value.Text.class::isInstance)
                    .map(text -> ((Value.Text) text).text())
                    .findFirst()
                    .orElse("");
            into.add(count + " " + noun + (count == 1 ? " is " : "s are ") + wrong
                    + (count == 1 ? ": `" : ", the first `") + first + "`");
        }
    }

    private static Optional<Claim> size(Evidence index) {
        Optional<Long> stated = index.values().whole("totalSize");
        if (stated.isEmpty()) {
            return Optional.empty();
        }
        Optional<Long> found = index.values().whole("tensorBytes");
        Claim.Outcome outcome;
        String sentence = "`" + path(index) + "` states a `total_size` of " + stated.get();
        if (found.isEmpty()) {
            outcome = new Claim.NotCheckable("not all of its files are there to be read");
        } else if (found.get().equals(stated.get())) {
            outcome = new Claim.Supported(Value.quantity(found.get(), "bytes"));
            sentence += ", and the tensors have as many bytes";
        } else {
            outcome = new Claim.Contradicted(
                    Value.quantity(found.get(), "bytes"), "the tensors have " + found.get() + " bytes");
            sentence += "; the tensors have " + found.get() + " bytes";
        }
        return Optional.of(claim(index, SIZE, Value.quantity(stated.get(), "bytes"), outcome, sentence));
    }

    private static Claim claim(Evidence about, String name, Value claimed, Claim.Outcome outcome, String sentence) {
        Quote quote = new Quote(new ArtefactPath(path(about)), 0, "");
        return new Claim(path(about), name, claimed, Optional.of(quote), outcome, sentence, List.of(about));
    }

    /** Subjects are in the order of their paths; an index is the one whose name says so. */
    private static String path(Evidence evidence) {
        return evidence.subjects().stream()
                .map(subject -> subject.path().value())
                .filter(path -> !evidence.topic().equals(SafetensorsHeaders.INDEX) || path.endsWith(".json"))
                .findFirst()
                .orElse("");
    }
}
