package glasshouse.hub.lfs;

import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import glasshouse.core.problem.Refusal;
import glasshouse.hub.git.Quota;
import glasshouse.hub.index.Entries;
import glasshouse.hub.index.Entry;
import glasshouse.hub.index.HeldObjects;
import glasshouse.hub.lfs.SignedLinks.Claim;
import glasshouse.hub.lfs.SignedLinks.Deed;
import glasshouse.hub.web.BodyLimit;
import glasshouse.hub.web.Call;
import glasshouse.hub.web.Json;
import glasshouse.hub.web.Reply;
import glasshouse.store.disk.NoSpace;
import glasshouse.store.object.Expectation;
import glasshouse.store.object.ObjectMismatch;
import glasshouse.store.object.ObjectStore;
import glasshouse.store.object.ObjectWriter;
import java.io.IOException;
import java.time.InstantSource;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/** Takes objects in: whole, or in parts. An entry holds an object from when its bytes were checked and are on disk. */
final class Uploads {
    private final ObjectStore store;
    private final HeldObjects held;
    private final Entries entries;
    private final Quota quota;
    private final SignedLinks links;
    private final PartFiles parts;
    private final InstantSource clock;

    Uploads(
            ObjectStore store,
            HeldObjects held,
            Entries entries,
            Quota quota,
            SignedLinks links,
            PartFiles parts,
            InstantSource clock) {
        this.store = store;
        this.held = held;
        this.entries = entries;
        this.quota = quota;
        this.links = links;
        this.parts = parts;
        this.clock = clock;
    }

    /** Takes bytes: an object, or a part of one where the address says so. */
    Reply put(Call call) throws Exception {
        boolean part = call.query("part").isPresent();
        Claim claim = links.require(call, part ? Deed.PART : Deed.UPLOAD);
        Entry entry = entry(claim);
        long length = part ? parts.length(claim) : claim.sizeBytes();
        if (call.contentLength().isPresent() && call.contentLength().get() != length) {
            throw mismatch(
                    length + " bytes were announced and " + call.contentLength().get() + " are sent");
        }
        boolean more = !held.holds(entry.id(), claim.sha256().hex());
        if (more) {
            quota.requireFile(entry, claim.sizeBytes());
        }
        PartFiles.Room room = bytes -> more ? quota.reserve(entry, bytes) : quota.nothing();
        try {
            if (part) {
                return Reply.empty(200).header("ETag", parts.take(claim, room, call));
            }
            return whole(claim, room, call);
        } catch (IOException e) {
            throw told(e);
        }
    }

    private Reply whole(Claim claim, PartFiles.Room room, Call call) throws IOException {
        try (var _ = room.reserve(claim.sizeBytes())) {
            try (ObjectWriter writer = store.begin(Expectation.of(claim.sha256(), claim.sizeBytes()))) {
                call.pourBody(writer::write);
                writer.commit();
            }
            hold(claim);
        }
        return Reply.empty(200);
    }

    private void hold(Claim claim) {
        held.hold(claim.entry(), claim.sha256().hex(), claim.sizeBytes(), clock.instant());
    }

    /**
     * Puts the parts of an object together. Where that fails for another reason than the bytes, the parts stay: to send a large file
     * again because a disk was full for a moment would be too much to ask.
     */
    Reply complete(Call call) throws Exception {
        Claim claim = links.require(call, Deed.COMPLETE);
        entry(claim);
        JsonNode said = call.json(BodyLimit.LIST);
        if (!said.path("oid").asString("").equals(claim.sha256().hex())) {
            throw Problem.of(Code.INVALID, "`oid` is not the object of this address")
                    .refusal();
        }
        // A client that did not hear the answer asks again.
        if (!isHere(claim)) {
            putTogether(claim, said.path("parts"));
        }
        parts.forget(claim);
        return Reply.json(Json.object().put("success", true));
    }

    private boolean isHere(Claim claim) throws IOException {
        OptionalLong size = OptionalLong.of(claim.sizeBytes());
        return held.sizeOf(claim.entry(), claim.sha256().hex()).equals(size)
                && store.sizeBytes(claim.sha256()).equals(size);
    }

    private void putTogether(Claim claim, JsonNode said) throws Exception {
        try (ObjectWriter writer = store.begin(Expectation.of(claim.sha256(), claim.sizeBytes()))) {
            parts.putTogether(claim, said, writer);
            writer.commit();
        } catch (ObjectMismatch e) {
            parts.forget(claim);
            throw told(e);
        } catch (IOException e) {
            throw told(e);
        }
        hold(claim);
    }

    /** Whether an object has arrived: the address says which, and so does the body, which adds nothing. */
    Reply verify(Call call) {
        Claim claim = links.require(call, Deed.VERIFY);
        OptionalLong size = held.sizeOf(claim.entry(), claim.sha256().hex());
        if (size.isEmpty()) {
            throw Problem.of(Code.NOT_FOUND, "this entry has no such object")
                    .mend("upload it again")
                    .refusal();
        }
        if (size.getAsLong() != claim.sizeBytes()) {
            throw mismatch("it has " + size.getAsLong() + " bytes");
        }
        return Reply.empty(200);
    }

    private Entry entry(Claim claim) {
        return entries.find(claim.entry())
                .orElseThrow(
                        () -> Problem.of(Code.NOT_FOUND, "the entry is gone").refusal());
    }

    private static Refusal mismatch(String why) {
        return Problem.of(Code.INVALID, "the bytes are not what was announced")
                .because(why)
                .mend("send it again; if it stays so, the file has changed meanwhile")
                .refusal();
    }

    /** What went wrong with the bytes, in words for whoever sent them. */
    private static Exception told(IOException fault) {
        return switch (fault) {
            case ObjectMismatch mismatch -> mismatch(String.valueOf(mismatch.getMessage()));
            case NoSpace full ->
                new Refusal(
                        Problem.of(Code.NO_SPACE, "the disk of this server is full")
                                .because(String.valueOf(full.getMessage()))
                                .mend("tell its administrator; nothing was lost"),
                        full);
            default -> fault;
        };
    }
}
