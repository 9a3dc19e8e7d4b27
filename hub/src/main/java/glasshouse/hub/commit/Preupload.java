package glasshouse.hub.commit;

import glasshouse.core.entry.ArtefactPath;
import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import glasshouse.hub.git.BlobSource;
import glasshouse.hub.git.GitRepo;
import glasshouse.hub.git.LfsPointer;
import glasshouse.hub.git.Repositories;
import glasshouse.hub.git.TreeItem;
import glasshouse.hub.git.TreeListing;
import glasshouse.hub.rules.Effort;
import glasshouse.hub.rules.IgnoreRules;
import glasshouse.hub.rules.LfsRules;
import glasshouse.hub.web.BodyLimit;
import glasshouse.hub.web.Call;
import glasshouse.hub.web.Json;
import glasshouse.hub.web.Reply;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Tells a client how each file of a commit to come is to be sent, and what is there already. */
final class Preupload {
    private static final int MAX_FILES = 10_000;
    private static final String GIT_IGNORE = ".gitignore";

    private final Repositories repositories;
    private final TreeListing trees;
    private final long regularFileBytes;

    Preupload(Repositories repositories, TreeListing trees, long regularFileBytes) {
        this.repositories = repositories;
        this.trees = trees;
        this.regularFileBytes = regularFileBytes;
    }

    private record File(ArtefactPath path, long sizeBytes, byte[] sample) {}

    Reply answer(Call call) throws IOException {
        GitRepo repo = repositories.open(call.entry().id());
        Destination destination = Destination.of(repo, call.entry(), call.path("rev"));
        JsonNode body = call.json(BodyLimit.FILES);
        List<File> files = files(body);
        Map<String, TreeItem> there = destination.head().isEmpty()
                ? Map.of()
                : trees.find(
                        repo,
                        destination.head().get(),
                        files.stream().map(file -> file.path().value()).toList());
        LfsRules.Source before = LfsRules.of(trees, repo, destination.head());
        Optional<String> sent = text(body, "gitAttributes");
        Effort effort = new Effort();
        LfsRules rules =
                new LfsRules(folder -> folder.isEmpty() && sent.isPresent() ? sent : before.read(folder), effort);
        IgnoreRules ignore = new IgnoreRules(ignoreText(body, repo, destination), effort);
        ObjectNode answer = Json.object();
        ArrayNode answers = answer.putArray("files");
        for (File file : files) {
            String path = file.path().value();
            ObjectNode one = answers.addObject()
                    .put("path", path)
                    .put("uploadMode", isLarge(file, rules) ? "lfs" : "regular")
                    .put("shouldIgnore", ignore.ignores(path));
            Optional.ofNullable(there.get(path))
                    .filter(item -> item.type() == TreeItem.Type.FILE)
                    .ifPresent(item -> one.put("oid", remoteOid(item)));
        }
        return Reply.json(answer);
    }

    /** What the client compares its file with: for a large one the SHA-256 of the content, not the name of the pointer. */
    private static String remoteOid(TreeItem item) {
        return item.pointer().map(LfsPointer::sha256).map(sha -> sha.hex()).orElse(item.oid());
    }

    private boolean isLarge(File file, LfsRules rules) throws IOException {
        if (file.sizeBytes() == 0) {
            return false;
        }
        return file.sizeBytes() >= regularFileBytes || rules.isLarge(file.path().value()) || isBinary(file);
    }

    /** Whether the first bytes are no text: a NUL, or not UTF-8. The sample may end within a character. */
    private static boolean isBinary(File file) {
        for (byte b : file.sample()) {
            if (b == 0) {
                return true;
            }
        }
        boolean whole = file.sample().length >= file.sizeBytes();
        CoderResult result = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(file.sample()), CharBuffer.allocate(file.sample().length + 1), whole);
        return result.isError();
    }

    private static List<File> files(JsonNode body) {
        if (!body.path("files").isArray()) {
            throw Problem.of(Code.INVALID, "`files` is missing").refusal();
        }
        if (body.path("files").size() > MAX_FILES) {
            throw Problem.of(Code.TOO_LARGE, "at most " + MAX_FILES + " files can be asked about at once")
                    .refusal();
        }
        List<File> files = new ArrayList<>();
        for (JsonNode file : body.path("files")) {
            ArtefactPath path = new ArtefactPath(file.path("path").asString(""));
            long size = file.path("size").asLong(-1);
            if (size < 0) {
                throw Problem.of(Code.INVALID, "the `size` of `" + path + "` is missing")
                        .refusal();
            }
            try {
                byte[] sample = Base64.getDecoder().decode(file.path("sample").asString(""));
                files.add(new File(path, size, sample));
            } catch (IllegalArgumentException e) {
                throw Problem.of(Code.INVALID, "the `sample` of `" + path + "` is not base64")
                        .refusal();
            }
        }
        return files;
    }

    private static Optional<String> text(JsonNode body, String field) {
        Optional<String> text =
                Optional.ofNullable(body.get(field)).filter(JsonNode::isString).map(node -> node.asString(""));
        if (text.isPresent() && text.get().length() > Effort.MAX_TEXT_BYTES) {
            throw Problem.of(Code.TOO_LARGE, "`" + field + "` has more than " + Effort.MAX_TEXT_BYTES + " bytes")
                    .mend("send fewer rules")
                    .refusal();
        }
        return text;
    }

    /** The rules that are sent, else those of the branch. */
    private String ignoreText(JsonNode body, GitRepo repo, Destination destination) throws IOException {
        Optional<String> sent = text(body, "gitIgnore");
        if (sent.isPresent() || destination.head().isEmpty()) {
            return sent.orElse("");
        }
        Optional<TreeItem> file = trees.find(repo, destination.head().get(), GIT_IGNORE)
                .filter(item -> item.type() == TreeItem.Type.FILE && item.blobBytes() <= Effort.MAX_TEXT_BYTES);
        return file.isPresent() ? new String(BlobSource.bytes(repo, file.get().oid()), StandardCharsets.UTF_8) : "";
    }
}
