package glasshouse.hub.commit;

import glasshouse.core.entry.ArtefactPath;
import glasshouse.core.entry.Digest;
import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import glasshouse.hub.git.Draft;
import glasshouse.hub.git.LfsPointer;
import glasshouse.hub.web.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.Base64Variant;
import tools.jackson.core.Base64Variants;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;

/**
 * Reads what a commit does, and writes the files in it as they come. A body is lines of JSON,
 *
 * <pre>{"key": "header", "value": {"summary", "description"?, "parentCommit"?}}
 * {"key": "file", "value": {"path", "content", "encoding"?: "base64" | "utf-8", "oldPath"?}}
 * {"key": "lfsFile", "value": {"path", "algo": "sha256", "oid", "size"?, "oldPath"?}}
 * {"key": "deletedFile" | "deletedFolder" | "deletedEntry", "value": {"path"}}</pre>
 *
 * or one JSON object {@code {"summary", "description"?, "parentCommit"?, "files": [], "lfsFiles": [], "deletedFiles": [], …}} with
 * the same values. For one thread.
 */
final class CommitBody {
    /** The most operations of one commit. */
    static final int MAX_OPERATIONS = 50_000;

    private static final Base64Variant BASE64 =
            Base64Variants.MIME_NO_LINEFEEDS.withReadPadding(Base64Variant.PaddingReadBehaviour.PADDING_ALLOWED);

    /** What one line may have beside base64 of a regular file: its path, and room for a header. */
    private static final long LINE_EXTRA_BYTES = 512 << 10;

    /** How much a commit may bring. */
    @FunctionalInterface
    interface Allowance {
        /** Refuses where so many bytes of regular files are too many. */
        void check(long bytes) throws IOException;
    }

    private final Draft draft;
    private final long regularFileBytes;
    private final Allowance allowance;
    private final List<Operation> operations = new ArrayList<>();
    private @Nullable Header header;
    private long bytes;
    private int lines;

    CommitBody(Draft draft, long regularFileBytes, Allowance allowance) {
        this.draft = draft;
        this.regularFileBytes = regularFileBytes;
        this.allowance = allowance;
    }

    Header header() {
        if (header == null) {
            throw Problem.of(Code.INVALID, "the commit has no line with the key `header`")
                    .mend("send `{\"key\": \"header\", \"value\": {\"summary\": \"…\"}}` first")
                    .refusal();
        }
        return header;
    }

    List<Operation> operations() {
        return List.copyOf(operations);
    }

    /** The bytes of all regular files so far. */
    long bytes() {
        return bytes;
    }

    /** Reads lines of JSON. */
    void readLines(InputStream body, Path temporary) throws IOException {
        new Lines(temporary, regularFileBytes * 4 / 3 + LINE_EXTRA_BYTES).read(body, this::line);
    }

    /** Reads one JSON object. */
    void readObject(JsonNode body) throws IOException {
        header = headerOf(scalars(body));
        for (JsonNode file : body.path("files")) {
            JsonNode content = file.get("content");
            Map<String, String> fields = scalars(file);
            add(file(fields, content == null ? null : decoded(fields, content.asString(""))));
        }
        for (JsonNode file : body.path("lfsFiles")) {
            add(largeFile(scalars(file)));
        }
        for (String key : List.of("deletedFiles", "deletedFolders", "deletedEntries")) {
            for (JsonNode gone : body.path(key)) {
                add(deletion(scalars(gone), key.equals("deletedFolders")));
            }
        }
    }

    private static Map<String, String> scalars(JsonNode object) {
        Map<String, String> fields = new HashMap<>();
        object.properties().forEach(field -> {
            if (field.getValue().isValueNode()
                    && !field.getValue().isNull()
                    && !field.getKey().equals("content")) {
                fields.put(field.getKey(), field.getValue().asString(""));
            }
        });
        return fields;
    }

    private byte[] decoded(Map<String, String> fields, String content) {
        try {
            return isBase64(fields) ? BASE64.decode(content) : content.getBytes(StandardCharsets.UTF_8);
        } catch (IllegalArgumentException | JacksonException e) {
            throw notBase64(fields);
        }
    }

    private void line(byte[] line) throws IOException {
        lines++;
        Map<String, String> fields = new HashMap<>();
        String key = "";
        boolean content = false;
        try (JsonParser json = Json.mapper().createParser(line)) {
            JsonToken first = json.nextToken();
            if (first == null) {
                return;
            }
            while (first == JsonToken.START_OBJECT && json.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = json.currentName();
                JsonToken value = json.nextToken();
                if (name.equals("key")) {
                    key = json.getString();
                } else if (name.equals("value") && value == JsonToken.START_OBJECT) {
                    content = value(json, fields);
                } else {
                    json.skipChildren();
                }
            }
        } catch (JacksonException e) {
            throw Problem.of(Code.INVALID, "line " + lines + " of the commit is not JSON")
                    .because(String.valueOf(e.getOriginalMessage()))
                    .refusal();
        }
        switch (key) {
            case "header" -> header = headerOf(fields);
            case "file" -> add(file(fields, content ? content(line, fields) : null));
            case "lfsFile" -> add(largeFile(fields));
            case "deletedFile", "deletedEntry" -> add(deletion(fields, false));
            case "deletedFolder" -> add(deletion(fields, true));
            default ->
                throw Problem.of(Code.INVALID, "line " + lines + " of the commit has no key that is known")
                        .mend("the keys are `header`, `file`, `lfsFile`, `deletedFile` and `deletedFolder`")
                        .refusal();
        }
    }

    /** Reads the value of a line but for its content, which is decoded apart, once its encoding is known. */
    private static boolean value(JsonParser json, Map<String, String> fields) {
        boolean content = false;
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (name.equals("content")) {
                content = value == JsonToken.VALUE_STRING;
            } else if (value.isScalarValue() && value != JsonToken.VALUE_NULL) {
                fields.put(name, json.getString());
            }
            json.skipChildren();
        }
        return content;
    }

    private byte[] content(byte[] line, Map<String, String> fields) throws IOException {
        Limited content = new Limited(fields, (int) Math.min(line.length, regularFileBytes));
        try (JsonParser json = Json.mapper().createParser(line)) {
            while (!("content".equals(json.currentName()) && json.currentToken() == JsonToken.VALUE_STRING)) {
                if (json.nextToken() == null) {
                    throw new IllegalStateException("the content was there a moment ago");
                }
            }
            if (isBase64(fields)) {
                json.readBinaryValue(BASE64, content);
            } else {
                content.write(json.getString().getBytes(StandardCharsets.UTF_8));
            }
        } catch (JacksonException e) {
            throw notBase64(fields);
        }
        return content.taken.toByteArray();
    }

    private static boolean isBase64(Map<String, String> fields) {
        String encoding = fields.getOrDefault("encoding", "utf-8").toLowerCase(Locale.ROOT);
        return switch (encoding) {
            case "base64" -> true;
            case "utf-8", "utf8" -> false;
            default ->
                throw Problem.of(Code.INVALID, "`encoding` is `base64` or `utf-8`")
                        .refusal();
        };
    }

    private RuntimeException notBase64(Map<String, String> fields) {
        return Problem.of(Code.INVALID, "the content of `" + shown(fields) + "` is not base64")
                .refusal();
    }

    private static String shown(Map<String, String> fields) {
        return fields.getOrDefault("path", "?").replaceAll("\\p{Cntrl}", "?");
    }

    /** Refuses a file that is not small while it is decoded. */
    private final class Limited extends OutputStream {
        private final Map<String, String> fields;
        private final ByteArrayOutputStream taken;

        Limited(Map<String, String> fields, int size) {
            this.fields = fields;
            this.taken = new ByteArrayOutputStream(size);
        }

        @Override
        public void write(int one) {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] from, int at, int n) {
            if (taken.size() + (long) n >= regularFileBytes) {
                throw tooLarge(fields);
            }
            taken.write(from, at, n);
        }
    }

    private RuntimeException tooLarge(Map<String, String> fields) {
        return Problem.of(Code.TOO_LARGE, "`" + shown(fields) + "` is too large for a regular file")
                .because("files of " + regularFileBytes + " bytes and more are kept by git-lfs")
                .mend("upload it through git-lfs and commit it as `lfsFile`; the clients do that by themselves")
                .refusal();
    }

    private static Header headerOf(Map<String, String> fields) {
        return new Header(
                fields.getOrDefault("summary", ""),
                fields.getOrDefault("description", ""),
                Optional.ofNullable(fields.get("parentCommit"))
                        .filter(id -> !id.isEmpty())
                        .map(id -> id.toLowerCase(Locale.ROOT)));
    }

    private void add(List<Operation> more) {
        operations.addAll(more);
        if (operations.size() > MAX_OPERATIONS) {
            throw Problem.of(Code.TOO_LARGE, "a commit changes at most " + MAX_OPERATIONS + " files")
                    .mend("make several commits")
                    .refusal();
        }
    }

    private List<Operation> file(Map<String, String> fields, byte @Nullable [] content) throws IOException {
        ArtefactPath path = path(fields, "path");
        if (content == null) {
            if (!fields.containsKey("oldPath")) {
                throw Problem.of(Code.INVALID, "`" + path + "` has no content").refusal();
            }
            return List.of(new Operation.Rename(path(fields, "oldPath"), path));
        }
        if (content.length >= regularFileBytes) {
            throw tooLarge(fields);
        }
        bytes += content.length;
        allowance.check(bytes);
        // INVARIANT: a pointer is a pointer however it is sent: its object must be held, or it would open what others
        // hide.
        Optional<LfsPointer> pointer = LfsPointer.parse(content);
        Operation put = pointer.isPresent()
                ? new Operation.PutLarge(
                        path, pointer.get().sha256(), Optional.of(pointer.get().sizeBytes()))
                : new Operation.Put(path, draft.blob(content));
        return fields.containsKey("oldPath")
                ? List.of(new Operation.Delete(path(fields, "oldPath")), put)
                : List.of(put);
    }

    private static List<Operation> largeFile(Map<String, String> fields) {
        ArtefactPath path = path(fields, "path");
        String oid = fields.get("oid");
        if (oid == null && fields.containsKey("oldPath")) {
            return List.of(new Operation.Rename(path(fields, "oldPath"), path));
        }
        if (oid == null
                || !Digest.isSha256(oid)
                || !fields.getOrDefault("algo", "sha256").equals("sha256")) {
            throw Problem.of(Code.INVALID, "`" + path + "` has no `oid` that is a SHA-256 in 64 lower-case hex digits")
                    .refusal();
        }
        Operation put = new Operation.PutLarge(path, Digest.sha256(oid), size(fields, path));
        return fields.containsKey("oldPath")
                ? List.of(new Operation.Delete(path(fields, "oldPath")), put)
                : List.of(put);
    }

    private static Optional<Long> size(Map<String, String> fields, ArtefactPath path) {
        try {
            return Optional.ofNullable(fields.get("size")).map(Long::parseLong);
        } catch (NumberFormatException e) {
            throw Problem.of(Code.INVALID, "the `size` of `" + path + "` is not a whole number")
                    .refusal();
        }
    }

    private static List<Operation> deletion(Map<String, String> fields, boolean folder) {
        String given = fields.getOrDefault("path", "");
        ArtefactPath path = new ArtefactPath(given.endsWith("/") ? given.substring(0, given.length() - 1) : given);
        return List.of(folder || given.endsWith("/") ? new Operation.DeleteFolder(path) : new Operation.Delete(path));
    }

    private static ArtefactPath path(Map<String, String> fields, String name) {
        return new ArtefactPath(fields.getOrDefault(name, ""));
    }
}
