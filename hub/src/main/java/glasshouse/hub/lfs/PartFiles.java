package glasshouse.hub.lfs;

import glasshouse.core.entry.EntryId;
import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import glasshouse.hub.git.Quota;
import glasshouse.hub.lfs.SignedLinks.Claim;
import glasshouse.hub.web.Call;
import glasshouse.hub.web.Pouring;
import glasshouse.store.disk.NoSpace;
import glasshouse.store.object.Intake;
import glasshouse.store.object.ObjectStore;
import glasshouse.store.object.Sha256;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Parts of uploads, until all have come: a file for each upload of an account, each part at its place in it, in any order and side
 * by side. They are not synced and do not outlive the process: an upload counts from when it was put together and checked. Until
 * then each part takes room in the quota, as what it will become does.
 */
final class PartFiles {
    private static final Duration PATIENCE = Duration.ofHours(12);
    private static final int MOST_UPLOADS_OF_AN_ACCOUNT = 64;
    private static final int PIECE_BYTES = 1 << 20;

    private final Path folder;
    private final PartPlan plan;
    private final ObjectStore store;
    private final InstantSource clock;
    private final AtomicLong arriving = new AtomicLong();
    private final Map<Key, Pending> pending = new HashMap<>();

    /** Keeps room for bytes that come, or refuses them. */
    @FunctionalInterface
    interface Room {
        Quota.Reservation reserve(long bytes) throws IOException;
    }

    /** What is one upload. Of the account too: whoever may propose may send, and must not reach into what others send. */
    private record Key(EntryId entry, String account, Sha256 sha256, long sizeBytes) {
        static Key of(Claim claim) {
            return new Key(claim.entry(), claim.account(), claim.sha256(), claim.sizeBytes());
        }

        String fileName() {
            return entry + "-" + account + "-" + sha256 + "-" + sizeBytes;
        }
    }

    /** A part that is here, and the room that it takes. */
    private record Part(String etag, Quota.Reservation room) {}

    /** An upload on its way. There is one only while something of it is here or coming. */
    private static final class Pending {
        final Path file;
        final Map<Integer, Part> parts = new HashMap<>();
        int coming;
        Instant touched;

        Pending(Path file, Instant touched) {
            this.file = file;
            this.touched = touched;
        }
    }

    /**
     * Parts in a folder.
     *
     * @param folder of its own: what lies there from before is removed
     * @param store where the parts go in the end; it says how much the disk can take
     */
    PartFiles(Path folder, PartPlan plan, ObjectStore store, InstantSource clock) throws IOException {
        this.folder = folder;
        this.plan = plan;
        this.store = store;
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
    String take(Claim claim, Room room, Call call) throws IOException {
        long length = length(claim);
        try (Arrival arrival = new Arrival(claim, length, room)) {
            long usable = store.usableBytes();
            if (arriving.addAndGet(length) >= usable) {
                throw new NoSpace("the store has room for " + usable + " bytes more, and more are coming");
            }
            long taken = call.pourBody(arrival);
            if (taken != length) {
                throw Problem.of(Code.INVALID, "the part is not whole")
                        .because(length + " bytes were announced and " + taken + " came")
                        .refusal();
            }
            return arrival.keep();
        } finally {
            arriving.addAndGet(-length);
        }
    }

    /** A part while it comes. Nothing is noted of it before its first byte, and nothing stays unless it is kept. */
    private final class Arrival implements Pouring.Sink, AutoCloseable {
        private final Claim claim;
        private final long length;
        private final Room room;
        private final CRC32C sum = new CRC32C();
        private @Nullable Pending upload;
        private @Nullable FileChannel file;
        private Quota.@Nullable Reservation reserved;
        private long at;

        Arrival(Claim claim, long length, Room room) {
            this.claim = claim;
            this.length = length;
            this.room = room;
        }

        private FileChannel begun() throws IOException {
            if (file == null) {
                upload = enter(claim);
                reserved = room.reserve(length);
                file = FileChannel.open(upload.file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            }
            return file;
        }

        @Override
        public void take(ByteBuffer piece) throws IOException {
            if (at + piece.remaining() > length) {
                throw tooMany(length);
            }
            FileChannel into = begun();
            sum.update(piece.duplicate());
            long offset = plan.offset(claim.sizeBytes(), claim.part());
            while (piece.hasRemaining()) {
                at += into.write(piece, offset + at);
            }
        }

        String keep() {
            String etag = "\"%08x-%d\"".formatted(sum.getValue(), claim.part());
            note(claim, Objects.requireNonNull(upload), new Part(etag, Objects.requireNonNull(reserved)));
            reserved = null;
            return etag;
        }

        @Override
        public void close() throws IOException {
            if (reserved != null) {
                reserved.close();
            }
            if (file != null) {
                file.close();
            }
            if (upload != null) {
                leave(claim, upload);
            }
        }
    }

    private static RuntimeException tooMany(long length) {
        return Problem.of(Code.INVALID, "the part is longer than announced")
                .because(length + " bytes were announced")
                .refusal();
    }

    private synchronized Pending enter(Claim claim) throws IOException {
        expire();
        Key key = Key.of(claim);
        Pending upload = pending.get(key);
        if (upload == null) {
            if (pending.keySet().stream()
                            .filter(other -> other.account().equals(claim.account()))
                            .count()
                    >= MOST_UPLOADS_OF_AN_ACCOUNT) {
                throw Problem.of(Code.RATE_LIMITED, "too many of your uploads in parts are on their way")
                        .because("at most " + MOST_UPLOADS_OF_AN_ACCOUNT + " of an account are kept")
                        .mend("wait until some are complete; what is left lying is removed after " + PATIENCE.toHours()
                                + " hours")
                        .after(Duration.ofMinutes(1))
                        .refusal();
            }
            upload = new Pending(folder.resolve(key.fileName()), clock.instant());
            pending.put(key, upload);
        }
        upload.coming++;
        Part before = upload.parts.remove(claim.part());
        if (before != null) {
            before.room().close();
        }
        return upload;
    }

    private synchronized void note(Claim claim, Pending upload, Part part) {
        if (pending.get(Key.of(claim)) != upload) {
            part.room().close();
            throw Problem.of(Code.INVALID, "the upload was completed or given up meanwhile")
                    .mend("ask for new addresses with a batch request, and upload the file again")
                    .refusal();
        }
        Part other = upload.parts.put(claim.part(), part);
        if (other != null) {
            other.room().close();
        }
        upload.touched = clock.instant();
    }

    private synchronized void leave(Claim claim, Pending upload) throws IOException {
        upload.coming--;
        Key key = Key.of(claim);
        if (upload.coming == 0 && upload.parts.isEmpty() && pending.get(key) == upload) {
            remove(key);
        }
    }

    /** Removes what nobody has added to for {@link #PATIENCE}. */
    synchronized void expire() throws IOException {
        Instant eldest = clock.instant().minus(PATIENCE);
        List<Key> gone = new ArrayList<>();
        pending.forEach((key, upload) -> {
            if (upload.coming == 0 && upload.touched.isBefore(eldest)) {
                gone.add(key);
            }
        });
        for (Key key : gone) {
            remove(key);
        }
    }

    /** Hands all parts on, in order, after they were found to be those that the client means. */
    void putTogether(Claim claim, JsonNode parts, Intake into) throws IOException {
        ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES);
        try (FileChannel file = FileChannel.open(whole(claim, parts), StandardOpenOption.READ)) {
            while (file.read(piece) >= 0) {
                into.write(piece.flip());
                piece.clear();
            }
        }
    }

    private synchronized Path whole(Claim claim, JsonNode parts) {
        @Nullable Pending upload = pending.get(Key.of(claim));
        int count = plan.parts(claim.sizeBytes());
        if (upload == null || upload.parts.size() != count || parts.size() != count) {
            throw Problem.of(Code.INVALID, "not all parts are here")
                    .because((upload == null ? 0 : upload.parts.size()) + " of " + count + " have come")
                    .mend("upload the parts that are missing")
                    .refusal();
        }
        for (JsonNode part : parts) {
            Part here = upload.parts.get(part.path("partNumber").asInt(0));
            if (here == null || !bare(here.etag()).equals(bare(part.path("etag").asString("")))) {
                throw Problem.of(Code.INVALID, "a part is not the one that came")
                        .at("part " + part.path("partNumber").asInt(0))
                        .refusal();
            }
        }
        upload.touched = clock.instant();
        return upload.file;
    }

    private static String bare(String etag) {
        return etag.replace("\"", "").replace("W/", "");
    }

    /** Removes what came of an upload. */
    synchronized void forget(Claim claim) throws IOException {
        remove(Key.of(claim));
    }

    private void remove(Key key) throws IOException {
        Pending upload = pending.remove(key);
        if (upload != null) {
            upload.parts.values().forEach(part -> part.room().close());
            Files.deleteIfExists(upload.file);
        }
    }
}
