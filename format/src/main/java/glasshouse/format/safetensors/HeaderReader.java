package glasshouse.format.safetensors;

import glasshouse.format.json.JsonStream;
import glasshouse.format.source.ByteSource;
import glasshouse.format.source.FormatFailure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/** Walks through a header token by token; the state of one reading. */
final class HeaderReader {
    private static final int SHOWN = 120;

    private final JsonStream json;
    private final long sizeBytes;
    private final long headerBytes;
    private final Consumer<Tensor> tensors;
    private final Layout layout = new Layout();
    private final TreeMap<DType, Long> parameters = new TreeMap<>();
    private final Map<String, String> metadata = new TreeMap<>();
    private final List<Defect> wrongSizes = new ArrayList<>();
    private long wrongSizeCount;
    private int metadataCount;
    private long tensorCount;
    private long elementsInAll;

    private HeaderReader(JsonStream json, long sizeBytes, long headerBytes, Consumer<Tensor> tensors) {
        this.json = json;
        this.sizeBytes = sizeBytes;
        this.headerBytes = headerBytes;
        this.tensors = tensors;
    }

    static SafetensorsFile read(ByteSource source, long sizeBytes, long headerBytes, Consumer<Tensor> tensors)
            throws IOException, FormatFailure {
        JsonStream.Limits limits = new JsonStream.Limits(8, SafetensorsFile.MAX_NAME_LENGTH, SafetensorsFile.MAX_TEXT);
        try (JsonStream json = JsonStream.ofRange(source, 8, headerBytes, limits)) {
            return new HeaderReader(json, sizeBytes, headerBytes, tensors).header();
        }
    }

    private SafetensorsFile header() throws IOException, FormatFailure {
        json.expect(JsonToken.START_OBJECT, "the header is not an object");
        NameSet names = new NameSet();
        while (member()) {
            String name = json.text();
            if (!names.add(name)) {
                throw json.corrupt("the header has the key `" + shown(name) + "` twice");
            }
            if (name.equals("__metadata__")) {
                metadata();
            } else {
                tensor(name);
            }
        }
        if (json.next().isPresent()) {
            throw json.corrupt("something stands after the header's object");
        }
        return result();
    }

    private SafetensorsFile result() {
        Layout.Found found = layout.defects(sizeBytes - 8 - headerBytes);
        List<Defect> defects = new ArrayList<>(wrongSizes);
        defects.addAll(found.first);
        Map<Defect.Kind, Long> counts = found.counts;
        if (wrongSizeCount > 0) {
            counts.put(Defect.Kind.SIZE, wrongSizeCount);
        }
        return new SafetensorsFile(
                sizeBytes,
                headerBytes,
                found.dataEnd,
                tensorCount,
                parameters,
                metadata,
                metadataCount,
                defects,
                counts);
    }

    /** Steps to the next key of an object; no where it ends. */
    private boolean member() throws IOException, FormatFailure {
        return switch (json.next().orElse(JsonToken.NOT_AVAILABLE)) {
            case PROPERTY_NAME -> true;
            case END_OBJECT -> false;
            default -> throw json.corrupt("the header ends before its object does");
        };
    }

    private void metadata() throws IOException, FormatFailure {
        json.expect(JsonToken.START_OBJECT, "`__metadata__` is not an object");
        NameSet names = new NameSet();
        while (member()) {
            String key = json.text();
            if (!names.add(key)) {
                throw json.corrupt("`__metadata__` has the key `" + shown(key) + "` twice");
            }
            json.expect(JsonToken.VALUE_STRING, "`__metadata__` has a value that is not a text");
            if (metadataCount++ < SafetensorsFile.MAX_METADATA) {
                metadata.put(cut(key, SHOWN), cut(json.text(), SafetensorsFile.MAX_METADATA_VALUE));
            }
        }
    }

    private void tensor(String name) throws IOException, FormatFailure {
        String of = "tensor `" + shown(name) + "`";
        json.expect(JsonToken.START_OBJECT, of + " is not described by an object");
        @Nullable DType dtype = null;
        long @Nullable [] shape = null;
        long @Nullable [] offsets = null;
        while (member()) {
            String key = json.text();
            boolean twice = switch (key) {
                case "dtype" -> dtype != null;
                case "shape" -> shape != null;
                case "data_offsets" -> offsets != null;
                default -> false;
            };
            if (twice) {
                throw json.corrupt(of + " has `" + key + "` twice");
            }
            switch (key) {
                case "dtype" -> dtype = dtype(of);
                case "shape" -> shape = numbers(of + ": `shape`", SafetensorsFile.MAX_DIMENSIONS);
                case "data_offsets" -> offsets = numbers(of + ": `data_offsets`", 2);
                default -> {
                    json.next();
                    json.skip();
                }
            }
        }
        if (dtype == null || shape == null || offsets == null) {
            throw json.corrupt(
                    of + " has no `" + (dtype == null ? "dtype" : shape == null ? "shape" : "data_offsets") + "`");
        }
        if (offsets.length != 2 || offsets[0] > offsets[1]) {
            throw json.corrupt(of + ": `data_offsets` is not a begin and an end");
        }
        add(of, name, dtype, shape, offsets);
    }

    private void add(String of, String name, DType dtype, long[] shape, long[] offsets) throws FormatFailure {
        long elements = 1;
        long bits;
        try {
            for (long extent : shape) {
                elements = Math.multiplyExact(elements, extent);
            }
            bits = Math.multiplyExact(elements, (long) dtype.bits());
            elementsInAll = Math.addExact(elementsInAll, elements);
        } catch (ArithmeticException e) {
            throw json.corrupt(of + ": its shape has more elements than 64 bits can count");
        }
        tensorCount++;
        parameters.merge(dtype, elements, Long::sum);
        layout.add(offsets[0], offsets[1]);
        if (bits % 8 != 0 || bits / 8 != offsets[1] - offsets[0]) {
            if (wrongSizeCount++ < Layout.MAX_REPORTED) {
                wrongSizes.add(new Defect(Defect.Kind.SIZE, offsets[0], offsets[1], cut(name, SHOWN)));
            }
        }
        List<Long> extents = new ArrayList<>(shape.length);
        for (long extent : shape) {
            extents.add(extent);
        }
        tensors.accept(new Tensor(name, dtype, extents, offsets[0], offsets[1], elements));
    }

    private DType dtype(String of) throws IOException, FormatFailure {
        json.expect(JsonToken.VALUE_STRING, of + ": `dtype` is not a text");
        String name = json.text();
        return DType.parse(name)
                .orElseThrow(() -> json.corrupt(of + ": `" + shown(name) + "` is no dtype that we know"));
    }

    private long[] numbers(String of, int most) throws IOException, FormatFailure {
        json.expect(JsonToken.START_ARRAY, of + " is not an array");
        long[] numbers = new long[most];
        int count = 0;
        while (true) {
            JsonToken token = json.next().orElse(JsonToken.NOT_AVAILABLE);
            if (token == JsonToken.END_ARRAY) {
                return Arrays.copyOf(numbers, count);
            }
            if (token != JsonToken.VALUE_NUMBER_INT) {
                throw json.corrupt(of + " has something that is not a whole number");
            }
            if (count == most) {
                throw FormatFailure.limit(json.place(), of + " has more than " + most + " numbers");
            }
            numbers[count++] = number(of);
        }
    }

    private long number(String of) throws IOException, FormatFailure {
        String digits = json.text();
        if (digits.startsWith("-")) {
            throw json.corrupt(of + " has a negative number");
        }
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            throw json.corrupt(of + " has a number above 2^63 - 1");
        }
    }

    private static String shown(String text) {
        return cut(text, SHOWN).replaceAll("\\p{Cntrl}", "?");
    }

    private static String cut(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
        return text.substring(0, end) + "…";
    }
}
