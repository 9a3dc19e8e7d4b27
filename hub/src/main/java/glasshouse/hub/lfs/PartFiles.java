package glasshouse.hub.lfs;

import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import glasshouse.hub.lfs.SignedLinks.Claim;
import glasshouse.hub.web.Call;
import glasshouse.store.object.Intake;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Parts of uploads, until all have come: a file for each upload, each part at its place in it, in any order and side by side. They
 * are not synced and do not outlive the process: an upload counts from when it was put together and checked.
 */
final class PartFiles {
    private static final Duration PATIENCE = Duration.ofHours(12);
    private static final int MOST_UPLOADS_OF_AN_ENTRY = 64;
    private static final int PIECE_BYTES = 1 << 20;

    private final Path folder;
    private final PartPlan plan;
    private final InstantSource clock;
    private final Map<String, Pending> pending = new ConcurrentHashMap<>();

    /** An upload on its way. */
    private static final class Pending {
        final Path file;
        final Map<Integer, String> etags = new ConcurrentHashMap<>();
        volatile Instant touched;

        Pending(Path file, Instant touched) {
            this.file = file;
            this.touched = touched;
        }
    }

    /** @param folder of its own: what lies there from before is removed */
    PartFiles(Path folder, PartPlan plan, InstantSource clock) throws IOException {
        this.folder = folder;
        this.plan = plan;
        this.clock = clock;
        Files.createDirectories(folder);
        try (Stream<Path> left = Files.list(folder)) {
            for (Path file : left.toList()) {
                Files.delete(file);
            }
        }
    }

    /** How many bytes a part has. */
    long length(Claim claim) {
        if (claim.part() < 1 || claim.part() > plan.parts(claim.sizeBytes())) {
            throw Problem.of(Code.INVALID, "there is no part " + claim.part()).refusal();
        }
        return plan.length(claim.sizeBytes(), claim.part());
    }

    /** Takes a part; its tag must be told again when the parts are put together. */
    String take(Claim claim, Call call) throws IOException {
        Pending upload = upload(claim);
        long offset = plan.offset(claim.sizeBytes(), claim.part());
        long length = length(claim);
        CRC32C sum = new CRC32C();
        upload.etags.remove(claim.part());
        long taken;
        try (FileChannel file = FileChannel.open(upload.file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            long[] at = {0};
            taken = call.pourBody(piece -> {
                if (at[0] + piece.remaining() > length) {
                    throw tooMany(length);
                }
                sum.update(piece.duplicate());
                while (piece.hasRemaining()) {
                    at[0] += file.write(piece, offset + at[0]);
                }
            });
        }
        if (taken != length) {
            throw Problem.of(Code.INVALID, "the part is not whole")
                    .because(length + " bytes were announced and " + taken + " came")
                    .refusal();
        }
        String etag = "\"%08x-%d\"".formatted(sum.getValue(), claim.part());
        upload.etags.put(claim.part(), etag);
        upload.touched = clock.instant();
        return etag;
    }

    private static RuntimeException tooMany(long length) {
        return Problem.of(Code.INVALID, "the part is longer than announced")
                .because(length + " bytes were announced")
                .refusal();
    }

    private Pending upload(Claim claim) throws IOException {
        expire();
        String key = key(claim);
        Pending there = pending.get(key);
        if (there != null) {
            return there;
        }
        String entry = claim.entry() + "-";
        if (pending.keySet().stream().filter(other -> other.startsWith(entry)).count() >= MOST_UPLOADS_OF_AN_ENTRY) {
            throw Problem.of(Code.RATE_LIMITED, "too many uploads in parts are on their way to this entry")
                    .mend("wait until some are complete")
                    .after(Duration.ofMinutes(1))
                    .refusal();
        }
        return pending.computeIfAbsent(key, k -> new Pending(folder.resolve(k), clock.instant()));
    }

    private void expire() throws IOException {
        Instant eldest = clock.instant().minus(PATIENCE);
        List<String> gone = new ArrayList<>();
        pending.forEach((key, upload) -> {
            if (upload.touched.isBefore(eldest)) {
                gone.add(key);
            }
        });
        for (String key : gone) {
            remove(key);
        }
    }

    /** Hands all parts on, in order, after they were found to be those that the client means. */
    void putTogether(Claim claim, JsonNode parts, Intake into) throws IOException {
        @Nullable Pending upload = pending.get(key(claim));
        int count = plan.parts(claim.sizeBytes());
        if (upload == null || upload.etags.size() != count || parts.size() != count) {
            throw Problem.of(Code.INVALID, "not all parts are here")
                    .because((upload == null ? 0 : upload.etags.size()) + " of " + count + " have come")
                    .mend("upload the file again")
                    .refusal();
        }
        for (JsonNode part : parts) {
            String etag = upload.etags.get(part.path("partNumber").asInt(0));
            if (etag == null || !bare(etag).equals(bare(part.path("etag").asString("")))) {
                throw Problem.of(Code.INVALID, "a part is not the one that came")
                        .at("part " + part.path("partNumber").asInt(0))
                        .refusal();
            }
        }
        ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES);
        try (FileChannel file = FileChannel.open(upload.file, StandardOpenOption.READ)) {
            while (file.read(piece) >= 0) {
                into.write(piece.flip());
                piece.clear();
            }
        }
    }

    private static String bare(String etag) {
        return etag.replace("\"", "").replace("W/", "");
    }

    /** Removes what came of an upload. */
    void forget(Claim claim) throws IOException {
        remove(key(claim));
    }

    private void remove(String key) throws IOException {
        Pending upload = pending.remove(key);
        if (upload != null) {
            Files.deleteIfExists(upload.file);
        }
    }

    private static String key(Claim claim) {
        return claim.entry() + "-" + claim.sha256() + "-" + claim.sizeBytes();
    }
}
