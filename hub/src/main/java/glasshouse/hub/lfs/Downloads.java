package glasshouse.hub.lfs;

import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import glasshouse.core.problem.Refusal;
import glasshouse.hub.index.HeldObjects;
import glasshouse.hub.lfs.SignedLinks.Claim;
import glasshouse.hub.lfs.SignedLinks.Deed;
import glasshouse.hub.web.ByteRange;
import glasshouse.hub.web.Call;
import glasshouse.hub.web.Reply;
import glasshouse.store.object.ObjectStore;
import glasshouse.store.object.Sha256;
import glasshouse.store.object.StoredObject;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;

/** Gives objects out. */
final class Downloads {
    private final ObjectStore store;
    private final HeldObjects held;
    private final SignedLinks links;

    Downloads(ObjectStore store, HeldObjects held, SignedLinks links) {
        this.store = store;
        this.held = held;
        this.links = links;
    }

    Reply get(Call call) throws IOException {
        Claim claim = links.require(call, Deed.DOWNLOAD);
        Sha256 sha = claim.sha256();
        if (!held.holds(claim.entry(), sha.hex())) {
            throw missing();
        }
        long size = store.sizeBytes(sha).orElseThrow(Downloads::missing);
        String etag = "\"" + sha.hex() + "\"";
        boolean current = call.header("If-Range").map(etag::equals).orElse(true);
        ByteRange range = ByteRange.parse(current ? call.header("Range").orElse("") : "", size);
        Reply reply = switch (range) {
            case ByteRange.Whole() -> Reply.region(200, size, to -> send(sha, 0, size, to));
            case ByteRange.Part part ->
                Reply.region(206, part.length(), to -> send(sha, part.from(), part.length(), to))
                        .header("Content-Range", "bytes " + part.from() + "-" + part.to() + "/" + size);
            case ByteRange.Outside() -> Reply.empty(416).header("Content-Range", "bytes */" + size);
        };
        return reply.header("Content-Type", "application/octet-stream")
                .header("Content-Disposition", "attachment")
                .header("X-Content-Type-Options", "nosniff")
                .header("Accept-Ranges", "bytes")
                .header("Cache-Control", "private, max-age=0")
                .header("ETag", etag);
    }

    private void send(Sha256 sha, long from, long length, WritableByteChannel to) throws IOException {
        try (StoredObject object = store.open(sha).orElseThrow(() -> new IOException(sha + " has gone"))) {
            object.transferTo(from, length, to);
        }
    }

    private static Refusal missing() {
        return Problem.of(Code.NOT_FOUND, "this entry has no such object").refusal();
    }
}
