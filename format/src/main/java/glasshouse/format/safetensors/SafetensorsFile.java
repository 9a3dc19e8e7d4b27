package glasshouse.format.safetensors;

import glasshouse.format.source.ByteSource;
import glasshouse.format.source.FormatFailure;
import glasshouse.format.source.Place;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A safetensors file, read up to the end of its header.
 *
 * <pre>
 * file     = length header data
 * length   = 8 bytes, unsigned, little-endian: the bytes of the header, 2 to 100,000,000
 * header   = UTF-8 JSON object, no byte-order mark, first byte `{`, may be padded with spaces at its end;
 *            no key twice in one object
 *   "__metadata__" : object of strings, optional, at most once
 *   any other key  : a tensor's name : { "dtype": name, "shape": [n…], "data_offsets": [begin, end] }, in any order;
 *                    other keys beside these are skipped
 *   n, begin, end  = integers, 0 to 2^63 - 1; begin ≤ end; counted from the first byte of data
 * data     = the elements of each tensor at [begin, end), little-endian, row-major;
 *            elements of less than 8 bits are packed, and a tensor fills whole bytes
 * </pre>
 *
 * <p>The ranges must tile the data: no overlap, no gap, no byte after the last. A file that breaks this rule was still read, and
 * says so in {@link #defects()}; a header that breaks the grammar is a {@link FormatFailure}.
 *
 * @param sizeBytes how large the file is
 * @param headerBytes what {@code length} says
 * @param dataBytes how far the header's ranges reach, counted from the end of the header
 * @param tensorCount how many tensors
 * @param parameters elements per dtype, where there are any
 * @param metadata the entries of {@code __metadata__}, the first {@value #MAX_METADATA} of them, long values cut
 * @param metadataCount how many entries there are
 * @param defects the first of each kind, in order of place, tensors of wrong size first
 * @param defectCounts how many there are of each kind
 */
public record SafetensorsFile(
        long sizeBytes,
        long headerBytes,
        long dataBytes,
        long tensorCount,
        SortedMap<DType, Long> parameters,
        Map<String, String> metadata,
        int metadataCount,
        List<Defect> defects,
        Map<Defect.Kind, Long> defectCounts) {

    /** The longest header that is read: the limit of the format's own reader. */
    public static final long MAX_HEADER_BYTES = 100_000_000;

    /** The most dimensions of a tensor. */
    public static final int MAX_DIMENSIONS = 64;

    /** The longest name of a tensor, in characters. */
    public static final int MAX_NAME_LENGTH = 16_384;

    /** Entries of {@code __metadata__} that are kept. */
    public static final int MAX_METADATA = 64;

    /** Characters of a value of {@code __metadata__} that are kept. */
    public static final int MAX_METADATA_VALUE = 1_024;

    /** The longest text anywhere in a header, in characters. Training tools put whole configurations into one value. */
    public static final int MAX_TEXT = 8_000_000;

    public SafetensorsFile {
        parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
        metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
        defects = List.copyOf(defects);
        defectCounts = Collections.unmodifiableSortedMap(new TreeMap<>(defectCounts));
    }

    /** All elements. */
    public long parameterCount() {
        return parameters.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Reads a header and keeps no tensor. */
    public static SafetensorsFile read(ByteSource source) throws IOException, FormatFailure {
        return read(source, tensor -> {});
    }

    /**
     * Reads a header.
     *
     * @param tensors gets each tensor in the order of the header, before it is known whether the header is sound to its end
     * @throws FormatFailure where the header is not one
     * @throws IOException where the bytes cannot be read
     */
    public static SafetensorsFile read(ByteSource source, Consumer<Tensor> tensors) throws IOException, FormatFailure {
        long size = source.sizeBytes();
        if (size < 8) {
            throw FormatFailure.truncated(
                    Place.ofByte(size), "the file has " + size + " bytes; the length of the header needs 8");
        }
        long length = ByteBuffer.wrap(source.readFully(0, 8))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getLong();
        if (length < 0 || length > MAX_HEADER_BYTES) {
            String said = "the header is said to have " + Long.toUnsignedString(length) + " bytes";
            // What no file could hold is no length, whatever we agree to read.
            throw length < 0 || length > size - 8
                    ? FormatFailure.corrupt(Place.ofByte(0), said + ", the whole file has " + size)
                    : FormatFailure.limit(Place.ofByte(0), said + "; at most " + MAX_HEADER_BYTES + " are read");
        }
        if (length < 2) {
            throw FormatFailure.corrupt(Place.ofByte(0), "a header of " + length + " bytes holds no JSON object");
        }
        if (length > size - 8) {
            throw FormatFailure.truncated(
                    Place.ofByte(size),
                    "the header is said to have " + length + " bytes; the file ends after " + (size - 8) + " of them");
        }
        if (source.readFully(8, 1)[0] != '{') {
            throw FormatFailure.corrupt(Place.ofByte(8), "the header does not start with `{`");
        }
        return HeaderReader.read(source, size, length, tensors);
    }
}
