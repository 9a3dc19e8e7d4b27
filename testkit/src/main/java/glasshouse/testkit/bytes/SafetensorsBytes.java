package glasshouse.testkit.bytes;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes safetensors files as their description says, and wrong ones on request. */
public final class SafetensorsBytes {
    private final Map<String, String> members = new LinkedHashMap<>();
    private long at;
    private long data = -1;

    /** Adds a tensor behind the last one; {@code bits} is the width of an element of that dtype. */
    public SafetensorsBytes tensor(String name, String dtype, int bits, long... shape) {
        long elements = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        long end = at + elements * bits / 8;
        return range(name, dtype, at, end, shape);
    }

    /** Adds a tensor at a range of its own, fitting or not. */
    public SafetensorsBytes range(String name, String dtype, long begin, long end, long... shape) {
        String extents = Arrays.stream(shape).mapToObj(Long::toString).collect(Collectors.joining(","));
        raw(
                name,
                "{\"dtype\":\"" + dtype + "\",\"shape\":[" + extents + "],\"data_offsets\":[" + begin + "," + end
                        + "]}");
        at = Math.max(at, end);
        return this;
    }

    /** Adds the metadata object. */
    public SafetensorsBytes metadata(Map<String, String> metadata) {
        return raw(
                "__metadata__",
                metadata.entrySet().stream()
                        .map(entry -> quoted(entry.getKey()) + ":" + quoted(entry.getValue()))
                        .collect(Collectors.joining(",", "{", "}")));
    }

    /** Adds a member with any JSON as its value. */
    public SafetensorsBytes raw(String name, String json) {
        members.put(name, json);
        return this;
    }

    /** Writes this many bytes of data, not as many as the tensors need. */
    public SafetensorsBytes data(long bytes) {
        data = bytes;
        return this;
    }

    /** The file. */
    public byte[] write() {
        String header = members.entrySet().stream()
                .map(member -> quoted(member.getKey()) + ":" + member.getValue())
                .collect(Collectors.joining(",", "{", "}"));
        int padding = (8 - header.getBytes(StandardCharsets.UTF_8).length % 8) % 8;
        byte[] content = new byte[Math.toIntExact(data < 0 ? at : data)];
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte) (i * 31 + 7);
        }
        return withHeader(header + " ".repeat(padding), content);
    }

    /** A file with this header, whatever it is, and this data. */
    public static byte[] withHeader(String header, byte[] data) {
        byte[] bytes = header.getBytes(StandardCharsets.UTF_8);
        return withLength(bytes.length, bytes, data);
    }

    /** A file whose length field says this, whatever the header's length is. */
    public static byte[] withLength(long length, byte[] header, byte[] data) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(length)
                .array());
        file.writeBytes(header);
        file.writeBytes(data);
        return file.toByteArray();
    }

    private static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        text.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                json.append('\\').append((char) c);
            } else if (c < 0x20) {
                json.append(String.format("\\u%04x", c));
            } else {
                json.append((char) c);
            }
        });
        return json.append('"').toString();
    }
}
