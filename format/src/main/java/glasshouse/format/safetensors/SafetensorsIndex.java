package glasshouse.format.safetensors;

import glasshouse.format.json.JsonStream;
import glasshouse.format.source.ByteSource;
import glasshouse.format.source.FormatFailure;
import glasshouse.format.source.Place;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import tools.jackson.core.JsonToken;

/**
 * The index of a model whose tensors are spread over several files ({@code model.safetensors.index.json}).
 *
 * <pre>
 * file       = UTF-8 JSON object, at most 32 MiB; no key twice
 *   "weight_map" : { tensor's name : path of its file, relative to the folder of the index }
 *   "metadata"   : object, optional
 *     "total_size" : the bytes of all tensors; an integer, or a float that is one (some writers make such)
 *   any other key : skipped
 * </pre>
 *
 * @param weightMap the file of each tensor, in the order of the index
 * @param totalSize what {@code total_size} says, where it does
 */
public record SafetensorsIndex(Map<String, String> weightMap, OptionalLong totalSize) {
    /** The largest index that is read: three times that of the largest model seen, and what bounds the memory. */
    public static final long MAX_BYTES = 32 << 20;

    private static final JsonStream.Limits LIMITS = new JsonStream.Limits(16, SafetensorsFile.MAX_NAME_LENGTH, 1 << 16);

    public SafetensorsIndex {
        weightMap = Collections.unmodifiableMap(weightMap);
    }

    /**
     * Reads an index.
     *
     * @throws FormatFailure where it is not one
     * @throws IOException where the bytes cannot be read
     */
    public static SafetensorsIndex read(ByteSource source) throws IOException, FormatFailure {
        if (source.sizeBytes() > MAX_BYTES) {
            throw FormatFailure.limit(
                    Place.ofByte(MAX_BYTES),
                    "the index has " + source.sizeBytes() + " bytes; at most " + MAX_BYTES + " are read");
        }
        try (JsonStream json = JsonStream.ofFile(source, LIMITS)) {
            return read(json);
        }
    }

    private static SafetensorsIndex read(JsonStream json) throws IOException, FormatFailure {
        json.expect(JsonToken.START_OBJECT, "the index is not an object");
        Map<String, String> weightMap = new LinkedHashMap<>();
        OptionalLong totalSize = OptionalLong.empty();
        NameSet keys = new NameSet();
        boolean mapped = false;
        while (member(json)) {
            String key = json.text();
            if (!keys.add(key)) {
                throw json.corrupt("the index has a key twice");
            }
            if (key.equals("weight_map")) {
                weightMap(json, weightMap);
                mapped = true;
            } else if (key.equals("metadata")) {
                totalSize = totalSize(json);
            } else {
                json.next();
                json.skip();
            }
        }
        if (json.next().isPresent()) {
            throw json.corrupt("something stands after the index's object");
        }
        if (!mapped) {
            throw json.corrupt("the index has no `weight_map`");
        }
        return new SafetensorsIndex(weightMap, totalSize);
    }

    private static void weightMap(JsonStream json, Map<String, String> into) throws IOException, FormatFailure {
        json.expect(JsonToken.START_OBJECT, "`weight_map` is not an object");
        Map<String, String> files = new HashMap<>(); // one text per file, not one per tensor
        while (member(json)) {
            String tensor = json.text();
            json.expect(JsonToken.VALUE_STRING, "`weight_map` has a value that is not a text");
            String file = files.computeIfAbsent(json.text(), name -> name);
            if (into.put(tensor, file) != null) {
                throw json.corrupt("`weight_map` has a tensor twice");
            }
        }
    }

    private static OptionalLong totalSize(JsonStream json) throws IOException, FormatFailure {
        json.expect(JsonToken.START_OBJECT, "`metadata` is not an object");
        OptionalLong totalSize = OptionalLong.empty();
        NameSet keys = new NameSet();
        while (member(json)) {
            String key = json.text();
            if (!keys.add(key)) {
                throw json.corrupt("`metadata` has a key twice");
            }
            JsonToken value = json.next().orElse(JsonToken.NOT_AVAILABLE);
            if (key.equals("total_size")) {
                totalSize = OptionalLong.of(whole(json, value));
            } else {
                json.skip();
            }
        }
        return totalSize;
    }

    private static long whole(JsonStream json, JsonToken value) throws IOException, FormatFailure {
        if (value == JsonToken.VALUE_NUMBER_INT || value == JsonToken.VALUE_NUMBER_FLOAT) {
            String digits = json.text();
            try {
                if (digits.matches("[0-9]{1,19}(\\.0{1,8})?")) {
                    return Long.parseLong(digits.replaceAll("\\..*", ""));
                }
            } catch (NumberFormatException e) {
                // above 2^63 - 1: told below
            }
        }
        throw json.corrupt("`total_size` is not a number of bytes");
    }

    private static boolean member(JsonStream json) throws IOException, FormatFailure {
        return switch (json.next().orElse(JsonToken.NOT_AVAILABLE)) {
            case PROPERTY_NAME -> true;
            case END_OBJECT -> false;
            default -> throw json.corrupt("the index ends before its object does");
        };
    }
}
