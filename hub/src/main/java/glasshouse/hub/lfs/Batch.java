package glasshouse.hub.lfs;

import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import glasshouse.core.problem.Refusal;
import glasshouse.hub.git.Quota;
import glasshouse.hub.index.Entry;
import glasshouse.hub.index.HeldObjects;
import glasshouse.hub.index.People.Account;
import glasshouse.hub.lfs.SignedLinks.Claim;
import glasshouse.hub.lfs.SignedLinks.Deed;
import glasshouse.hub.web.BodyLimit;
import glasshouse.hub.web.Call;
import glasshouse.hub.web.Json;
import glasshouse.store.object.ObjectStore;
import glasshouse.store.object.Sha256;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Answers the question where objects can be sent to or had from. What is wrong with one object is told with that object. */
final class Batch {
    private static final int MAX_OBJECTS = 1000;
    /** Both spellings are in use among clients. */
    private static final Set<String> HASHES = Set.of("sha256", "sha_256");

    private final ObjectStore store;
    private final HeldObjects held;
    private final Quota quota;
    private final SignedLinks links;
    private final PartPlan plan;

    Batch(ObjectStore store, HeldObjects held, Quota quota, SignedLinks links, PartPlan plan) {
        this.store = store;
        this.held = held;
        this.quota = quota;
        this.links = links;
        this.plan = plan;
    }

    private record Wanted(String oid, long size) {
        boolean isSane() {
            return Sha256.isOne(oid) && size >= 0;
        }
    }

    ObjectNode answer(Call call) throws IOException {
        JsonNode ask = call.json(BodyLimit.LIST);
        if (!HASHES.contains(ask.path("hash_algo").asString("sha256"))) {
            throw Problem.of(Code.CONFLICT, "objects are named by sha256 here, and by nothing else")
                    .refusal();
        }
        List<Wanted> wanted = wanted(ask);
        boolean upload = ask.path("operation").asString("").equals("upload");
        boolean inParts = upload
                && names(ask.path("transfers")).contains("multipart")
                && wanted.stream().anyMatch(object -> plan.cuts(object.size()));
        Map<String, Long> sizes = held.sizesOf(
                call.entry().id(),
                wanted.stream().filter(Wanted::isSane).map(Wanted::oid).toList());
        ArrayNode objects = Json.array();
        Optional<Upload> uploading = upload ? Optional.of(new Upload(call, inParts, sizes)) : Optional.empty();
        for (Wanted object : wanted) {
            ObjectNode told = Json.object().put("oid", object.oid()).put("size", object.size());
            if (!object.isSane()) {
                error(
                        told,
                        422,
                        "an object has an `oid` of 64 lower-case hex digits and a `size` that is not negative");
            } else if (uploading.isPresent()) {
                uploading.get().tell(told, object);
            } else {
                download(call, told, object, sizes);
            }
            objects.add(told);
        }
        ObjectNode answer = Json.object().put("transfer", inParts ? "multipart" : "basic");
        answer.put("hash_algo", ask.path("hash_algo").asString("sha256"));
        answer.set("objects", objects);
        return answer;
    }

    private static List<Wanted> wanted(JsonNode ask) {
        JsonNode objects = ask.path("objects");
        if (!objects.isArray()) {
            throw Problem.of(Code.INVALID, "`objects` is not a list").refusal();
        }
        if (objects.size() > MAX_OBJECTS) {
            throw Problem.of(Code.TOO_LARGE, "a batch has at most " + MAX_OBJECTS + " objects")
                    .refusal();
        }
        List<Wanted> wanted = new ArrayList<>();
        for (JsonNode object : objects) {
            wanted.add(new Wanted(
                    object.path("oid").asString(""), object.path("size").asLong(-1)));
        }
        return wanted;
    }

    private static Set<String> names(JsonNode list) {
        Set<String> names = new HashSet<>();
        list.forEach(name -> names.add(name.asString("")));
        return names;
    }

    private void download(Call call, ObjectNode told, Wanted object, Map<String, Long> sizes) throws IOException {
        Long size = sizes.get(object.oid());
        if (size == null || store.sizeBytes(new Sha256(object.oid())).isEmpty()) {
            error(told, 404, "this entry has no such object");
            return;
        }
        // The pointer may say another size; what counts is what we have.
        told.put("size", size.longValue());
        action(told, call, "download", Deed.DOWNLOAD, new Sha256(object.oid()), size);
    }

    /** The answers to one request for uploads: what they take together must fit. */
    private final class Upload {
        private final Call call;
        private final boolean inParts;
        private final Map<String, Long> sizes;
        private final Entry entry;
        private final long leftBytes;
        private long promisedBytes;

        Upload(Call call, boolean inParts, Map<String, Long> sizes) throws IOException {
            this.call = call;
            this.inParts = inParts;
            this.sizes = sizes;
            this.entry = call.entry();
            this.leftBytes = Math.min(quota.leftBytes(entry), store.usableBytes());
        }

        void tell(ObjectNode told, Wanted object) throws IOException {
            Sha256 sha = new Sha256(object.oid());
            Long size = sizes.get(object.oid());
            if (size != null && size != object.size()) {
                error(told, 422, "the object is here with " + size + " bytes, not " + object.size());
                return;
            }
            if (size != null && store.sizeBytes(sha).equals(OptionalLong.of(size))) {
                // Held already: an answer without actions says so.
                return;
            }
            if (object.size() > Math.min(quota.limits().fileBytes(), leftBytes - promisedBytes)) {
                refuse(told, object);
                return;
            }
            promisedBytes += object.size();
            if (inParts && plan.cuts(object.size())) {
                parts(told, sha, object.size());
            } else {
                action(told, call, "upload", Deed.UPLOAD, sha, object.size());
            }
            action(told, call, "verify", Deed.VERIFY, sha, object.size());
        }

        private void refuse(ObjectNode told, Wanted object) throws IOException {
            try {
                quota.requireFile(entry, object.size());
                quota.require(entry, promisedBytes + object.size());
                error(told, 507, "the disk of this server is full");
            } catch (Refusal refusal) {
                Code code = refusal.problem().code();
                error(
                        told,
                        code == Code.TOO_LARGE ? 413 : 403,
                        refusal.problem().sentence());
            }
        }

        private void parts(ObjectNode told, Sha256 sha, long size) {
            ObjectNode upload = action(told, call, "upload", Deed.COMPLETE, sha, size);
            ObjectNode header = upload.putObject("header");
            header.put("chunk_size", Long.toString(plan.partBytes(size)));
            for (int part = 1; part <= plan.parts(size); part++) {
                header.put(
                        "%05d".formatted(part),
                        link(call, new Claim(Deed.PART, entry.id(), sha, size, part, account(call))));
            }
        }
    }

    private ObjectNode action(ObjectNode told, Call call, String name, Deed deed, Sha256 sha, long size) {
        told.put("authenticated", true);
        ObjectNode action = actions(told).putObject(name);
        action.put("href", link(call, new Claim(deed, call.entry().id(), sha, size, 0, account(call))));
        action.put("expires_in", deed.lifetime().toSeconds());
        return action;
    }

    private static ObjectNode actions(ObjectNode told) {
        return told.get("actions") instanceof ObjectNode there ? there : told.putObject("actions");
    }

    private String link(Call call, Claim claim) {
        return call.address().link(links.path(claim));
    }

    private static String account(Call call) {
        return call.caller().account().map(Account::id).orElse("");
    }

    private static void error(ObjectNode told, int code, String message) {
        told.putObject("error").put("code", code).put("message", message);
    }
}
