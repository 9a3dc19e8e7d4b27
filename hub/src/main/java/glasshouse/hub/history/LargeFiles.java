package glasshouse.hub.history;

import glasshouse.core.access.Action;
import glasshouse.core.entry.Digest;
import glasshouse.core.entry.EntryKind;
import glasshouse.core.entry.RepoName;
import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import glasshouse.hub.git.Committer;
import glasshouse.hub.git.GitRepo;
import glasshouse.hub.git.LfsPointer;
import glasshouse.hub.git.Quota;
import glasshouse.hub.git.Repositories;
import glasshouse.hub.index.Entries;
import glasshouse.hub.index.Entry;
import glasshouse.hub.index.HeldObjects;
import glasshouse.hub.web.Call;
import glasshouse.hub.web.Guard;
import glasshouse.hub.web.Json;
import glasshouse.hub.web.Reply;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Lists the large files of an entry, deletes them for good, and gives them to another entry without their bytes being sent. */
final class LargeFiles {
    private static final int PAGE = 1000;

    private final Repositories repositories;
    private final Committer committer;
    private final Entries entries;
    private final HeldObjects held;
    private final Quota quota;
    private final InstantSource clock;

    LargeFiles(
            Repositories repositories,
            Committer committer,
            Entries entries,
            HeldObjects held,
            Quota quota,
            InstantSource clock) {
        this.repositories = repositories;
        this.committer = committer;
        this.entries = entries;
        this.held = held;
        this.quota = quota;
        this.clock = clock;
    }

    Reply list(Call call) throws IOException {
        Entry entry = call.entry();
        GitRepo repo = repositories.open(entry.id());
        int limit = call.queryInt("limit", PAGE, 1, PAGE);
        List<HeldObjects.Item> page = held.page(entry.id(), call.query("cursor").orElse(""), limit + 1);
        boolean more = page.size() > limit;
        List<HeldObjects.Item> items = more ? page.subList(0, limit) : page;
        Map<String, ObjectId> blobs = new HashMap<>();
        items.forEach(item -> blobs.put(item.sha256(), pointerBlob(item.sha256(), item.sizeBytes())));
        Map<ObjectId, PointerNames.Place> places = PointerNames.of(repo, entry, Set.copyOf(blobs.values()));
        ArrayNode answer = Json.array();
        for (HeldObjects.Item item : items) {
            PointerNames.Place place = places.get(blobs.get(item.sha256()));
            ObjectNode json = answer.addObject()
                    .put("fileOid", item.sha256())
                    .put("oid", item.sha256())
                    .put("filename", place == null ? item.sha256() : place.path())
                    .put("size", item.sizeBytes())
                    .put("pushedAt", Json.time(item.since()));
            if (place != null) {
                place.ref().ifPresent(ref -> json.put("ref", ref));
            }
        }
        Reply reply = Reply.json(answer);
        return more
                ? reply.header("Link", "<" + next(call, limit, items.getLast().sha256()) + ">; rel=\"next\"")
                : reply;
    }

    private static String next(Call call, int limit, String after) {
        Entry entry = call.entry();
        return call.address()
                .link("/api/" + entry.kind().apiSegment() + "/" + entry.name() + "/lfs-files?limit=" + limit
                        + "&cursor=" + after);
    }

    /** The blob that stands for an object in a revision, as every client writes it. */
    private static ObjectId pointerBlob(String sha256, long sizeBytes) {
        byte[] pointer = new LfsPointer(Digest.sha256(sha256), sizeBytes).bytes();
        try (ObjectInserter.Formatter names = new ObjectInserter.Formatter()) {
            return names.idFor(Constants.OBJ_BLOB, pointer);
        }
    }

    Reply deleteMany(Call call) throws IOException {
        JsonNode deletions = call.json().path("deletions");
        List<String> named = new ArrayList<>();
        for (JsonNode sha : deletions.path("sha")) {
            named.add(sha.asString(""));
        }
        return delete(call, named, deletions.path("rewriteHistory").asBoolean(false));
    }

    Reply deleteOne(Call call) throws IOException {
        return delete(call, List.of(call.path("sha")), call.queryFlag("rewriteHistory"));
    }

    private Reply delete(Call call, List<String> named, boolean rewrite) throws IOException {
        if (named.size() > PAGE || !named.stream().allMatch(Digest::isSha256)) {
            throw Problem.of(Code.INVALID, "`sha` lists at most " + PAGE + " digests of 64 hex digits")
                    .refusal();
        }
        Entry entry = call.entry();
        Map<String, Long> sizes = held.sizesOf(entry.id(), named);
        for (String sha : named) {
            if (!sizes.containsKey(sha)) {
                throw Problem.of(Code.NOT_FOUND, "`" + entry.name() + "` has no large file sha256:" + sha)
                        .refusal();
            }
        }
        if (rewrite) {
            Set<ObjectId> blobs = new HashSet<>();
            sizes.forEach((sha, size) -> blobs.add(pointerBlob(sha, size)));
            HistoryRewrite.without(repositories.open(entry.id()), blobs, committer);
        }
        held.release(entry.id(), named);
        return Reply.json(Json.object().put("success", true).put("deleted", named.size()));
    }

    /** What {@link #duplicate} demands of the entry that is to get the files. */
    List<Guard.Demand> duplicateDemands(Call call) throws IOException {
        return List.of(
                new Guard.Demand.OnEntry(Action.READ_FILES, call.entry()),
                new Guard.Demand.OnEntry(Action.WRITE, target(call)));
    }

    private Entry target(Call call) throws IOException {
        JsonNode target = call.json().path("target");
        EntryKind kind = EntryKind.parse(target.path("type").asString("model"))
                .orElseThrow(() -> Problem.of(Code.INVALID, "the `type` of `target` is not known")
                        .refusal());
        RepoName name = RepoName.parse(target.path("name").asString(""));
        return entries.find(kind, name)
                .orElseThrow(() -> Problem.of(Code.ENTRY_NOT_FOUND, "no such entry, or you may not see it")
                        .refusal());
    }

    Reply duplicate(Call call) throws IOException {
        Entry target = target(call);
        Map<String, String> asked = new LinkedHashMap<>();
        for (JsonNode file : call.json().path("files")) {
            asked.put(file.path("sha256").asString(""), file.path("filename").asString(""));
        }
        if (asked.size() > PAGE) {
            throw Problem.of(Code.TOO_LARGE, "at most " + PAGE + " files can be given at once")
                    .refusal();
        }
        Map<String, Long> sizes = held.sizesOf(call.entry().id(), asked.keySet());
        Map<String, Long> there = held.sizesOf(target.id(), asked.keySet());
        List<HeldObjects.Held> given = new ArrayList<>();
        ArrayNode failed = Json.array();
        for (String sha : asked.keySet()) {
            Long size = sizes.get(sha);
            if (size == null) {
                failed.addObject().put("sha256", sha).put("error", "the source has no such file");
            } else if (!there.containsKey(sha)) {
                given.add(new HeldObjects.Held(sha, size));
            }
        }
        long bytes = given.stream().mapToLong(HeldObjects.Held::sizeBytes).sum();
        try (var _ = quota.reserve(target, bytes)) {
            held.holdAll(target.id(), given, clock.instant());
        }
        ObjectNode answer = Json.object();
        answer.set("failed", failed);
        return Reply.json(answer);
    }
}
