package glasshouse.hub.repos;

import glasshouse.core.entry.ArtefactPath;
import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import glasshouse.hub.git.LfsPointer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Reads the files that a client wants a new entry to begin with. */
final class FirstFiles {
    /** The most files that an entry can begin with. */
    static final int MAX = 100;

    private static final Pattern LICENCE = Pattern.compile("[a-z0-9][a-z0-9.+-]{0,59}");

    private FirstFiles() {}

    /** The files by path: {@code files}, and a card that states {@code license} where none is among them. */
    static Map<String, byte[]> of(JsonNode body) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        JsonNode sent = body.path("files");
        if (sent.size() > MAX) {
            throw Problem.of(Code.TOO_LARGE, "an entry begins with at most " + MAX + " files")
                    .mend("commit the rest afterwards")
                    .refusal();
        }
        for (JsonNode file : sent) {
            String path = EntryRequest.text(file, "path").orElse("");
            byte[] content = content(file);
            if (GitAttributes.isLarge(new ArtefactPath(path).value())) {
                throw Problem.of(Code.INVALID, "files of this kind go to git-lfs")
                        .at(path)
                        .mend("create the entry without it, then upload it")
                        .refusal();
            }
            if (LfsPointer.parse(content).isPresent()) {
                // A new entry holds no object yet, so the pointer could only name what somebody else has uploaded.
                throw Problem.of(Code.INVALID, "the content of the file is a pointer of git-lfs")
                        .at(path)
                        .because("a new entry holds no large files that it could point to")
                        .mend("create the entry without it, then upload the file itself")
                        .refusal();
            }
            if (files.putIfAbsent(path, content) != null) {
                throw Problem.of(Code.INVALID, "the file is there twice")
                        .at(path)
                        .refusal();
            }
        }
        Optional<String> licence = EntryRequest.text(body, "license");
        if (licence.isPresent()) {
            if (!LICENCE.matcher(licence.get()).matches()) {
                throw Problem.of(Code.INVALID, "`license` is not a licence's identifier")
                        .mend("write one such as `apache-2.0`")
                        .refusal();
            }
            byte[] card = ("---\nlicense: " + licence.get() + "\n---\n").getBytes(StandardCharsets.UTF_8);
            files.putIfAbsent("README.md", card);
        }
        return files;
    }

    private static byte[] content(JsonNode file) {
        String content = file.path("content").asString("");
        String encoding = file.path("encoding").asString("utf-8");
        try {
            return switch (encoding) {
                case "base64" -> Base64.getDecoder().decode(content);
                case "utf-8" -> content.getBytes(StandardCharsets.UTF_8);
                default ->
                    throw Problem.of(Code.INVALID, "`encoding` is `base64` or `utf-8`")
                            .refusal();
            };
        } catch (IllegalArgumentException e) {
            throw Problem.of(Code.INVALID, "the content of a file is not base64")
                    .refusal();
        }
    }
}
