package glasshouse.store.part;

import glasshouse.store.disk.Disk;
import glasshouse.store.disk.DiskFile;
import glasshouse.store.disk.NoSpace;
import glasshouse.store.object.Expectation;
import glasshouse.store.object.FolderStore;
import glasshouse.store.object.ObjectMismatch;
import glasshouse.store.object.Stored;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Uploads in parts, in a folder on the disk of a {@link FolderStore}:
 *
 * <pre>
 * (upload id)/plan                 what is to come: see {@link PlanFile}; where it is missing or damaged there is no upload
 * (upload id)/data                 the parts, each at its final place; gaps read as zeros
 * (upload id)/part-00001-1a2b3c4d  empty; says that part 1 is complete, and the CRC32C of its bytes
 * </pre>
 *
 * Nothing here is durable before the upload is assembled, and nothing of it is trusted: a part that a loss of power has damaged
 * does not have its checksum, and is asked for again.
 */
public final class FolderParts implements PartialObjects {
    private static final long EARLY_SYNC_BYTES = 32L << 20;

    private final Disk disk;
    private final Path folder;
    private final FolderStore store;
    private final Executor background;

    /** Guards what uploads there are, here and on disk. Taken after the locks of an upload, never before. */
    private final ReentrantLock table = new ReentrantLock();

    private final Map<UploadId, OpenUpload> uploads = new HashMap<>();

    /**
     * @param folder on the same disk as the store
     * @param background runs the hashing ahead; what it refuses or delays is done when an upload is assembled
     */
    public static FolderParts open(Disk disk, Path folder, FolderStore store, Executor background) throws IOException {
        disk.createFolders(folder);
        return new FolderParts(disk, folder, store, background);
    }

    private FolderParts(Disk disk, Path folder, FolderStore store, Executor background) {
        this.disk = disk;
        this.folder = folder;
        this.store = store;
        this.background = background;
    }

    @Override
    public void begin(UploadId id, UploadPlan plan) throws IOException {
        table.lock();
        try {
            Optional<OpenUpload> known = find(id);
            if (known.isPresent() && !known.get().isOver()) {
                if (!known.get().plan.equals(plan)) {
                    throw new IllegalArgumentException("upload `" + id + "` was begun with another plan");
                }
                return;
            }
            requireRoom(plan.sizeBytes());
            UploadFiles files = files(id);
            files.create(plan);
            uploads.put(id, new OpenUpload(id, plan, files, List.of()));
        } finally {
            table.unlock();
        }
    }

    @Override
    public Optional<UploadPlan> plan(UploadId id) throws IOException {
        return known(id).filter(upload -> !upload.isOver()).map(upload -> upload.plan);
    }

    @Override
    public PartWriter put(UploadId id, int number) throws IOException {
        OpenUpload upload = required(id);
        if (!upload.plan.hasPart(number)) {
            throw new IllegalArgumentException(
                    "upload `" + id + "` has " + upload.plan.parts() + " parts and no part " + number);
        }
        requireRoom(upload.plan.sizeOf(number));
        int turn = upload.takeTurn(number);
        DiskFile data;
        try {
            data = disk.openToChange(upload.files.data());
        } catch (NoSuchFileException ended) {
            throw new UnknownUpload(id);
        }
        return new FolderPartWriter(upload, number, turn, data, () -> inBackground(upload));
    }

    private void requireRoom(long bytes) throws IOException {
        long usable = store.usableBytes();
        if (bytes >= usable) {
            throw new NoSpace("the store has room for " + usable + " bytes more; " + bytes + " are wanted");
        }
    }

    @Override
    public List<Part> parts(UploadId id) throws IOException {
        OpenUpload upload = required(id);
        if (upload.isOver()) {
            throw new UnknownUpload(id);
        }
        return upload.parts();
    }

    @Override
    public Stored assemble(UploadId id) throws IOException {
        OpenUpload upload = required(id);
        upload.complete.lock();
        try {
            List<Integer> missing = upload.missing();
            if (!missing.isEmpty()) {
                throw new MissingParts(id, missing);
            }
            upload.end();
            boolean hashed = false;
            try (DiskFile data = disk.openToChange(upload.files.data())) {
                hashAll(upload, data);
                // INVARIANT: from here on it is an object or nothing. A failed sync is not tried again on the same
                // file: the
                // system tells of lost bytes once.
                hashed = true;
                return becomeObject(upload, data);
            } finally {
                if (hashed) {
                    forget(upload);
                } else {
                    upload.resume();
                }
            }
        } finally {
            upload.complete.unlock();
        }
    }

    /** Hashes what was not hashed ahead. Parts that turn out damaged are asked for again, all at once. */
    private static void hashAll(OpenUpload upload, DiskFile data) throws IOException {
        List<Integer> damaged = new ArrayList<>();
        while (damaged.isEmpty() && upload.hash.next() <= upload.plan.parts()) {
            if (!upload.hash.add(upload, data)) {
                damaged.add(upload.hash.next());
            }
        }
        if (!damaged.isEmpty()) {
            for (int number = damaged.getFirst() + 1; number <= upload.plan.parts(); number++) {
                if (!RunningHash.isWhole(upload.part(number), upload.plan, data)) {
                    damaged.add(number);
                }
            }
            for (int number : damaged) {
                upload.forget(number);
            }
            throw new MissingParts(upload.id, damaged);
        }
    }

    private Stored becomeObject(OpenUpload upload, DiskFile data) throws IOException {
        Stored actual = new Stored(upload.hash.value(), upload.plan.sizeBytes());
        Expectation expected = Expectation.of(upload.plan.sha256(), upload.plan.sizeBytes());
        if (!expected.isMetBy(actual)) {
            throw ObjectMismatch.of(expected, actual);
        }
        return store.adopt(upload.files.data(), data, actual);
    }

    private void inBackground(OpenUpload upload) {
        try {
            background.execute(() -> hashAhead(upload));
        } catch (RejectedExecutionException busy) {
            // The part is complete all the same.
        }
    }

    /** As far as there is no gap. Whatever goes wrong here goes wrong again, and is told, when the upload is assembled. */
    private void hashAhead(OpenUpload upload) {
        if (!upload.complete.tryLock()) {
            // Somebody is at it and sees the new part when done with the one at hand, or is ending the upload.
            return;
        }
        try (DiskFile data = disk.openToChange(upload.files.data())) {
            long unsynced = 0;
            while (upload.isComplete(upload.hash.next()) && upload.hash.add(upload, data)) {
                unsynced += upload.plan.partSizeBytes();
                if (unsynced >= EARLY_SYNC_BYTES) {
                    unsynced = 0;
                    syncEarly(upload, data);
                }
            }
        } catch (IOException later) {
            // Assembling reads again.
        } finally {
            upload.complete.unlock();
        }
    }

    /** So that the disk is at work while the client is still sending. */
    private void syncEarly(OpenUpload upload, DiskFile data) throws IOException {
        boolean synced = false;
        try {
            data.sync();
            synced = true;
        } finally {
            if (!synced) {
                // INVARIANT: the system tells of lost bytes once, so this upload must not be synced again and believed.
                upload.end();
                forget(upload);
            }
        }
    }

    @Override
    public boolean abort(UploadId id) throws IOException {
        return abortIf(id, upload -> true);
    }

    private boolean abortIf(UploadId id, Question asked) throws IOException {
        Optional<OpenUpload> known = known(id);
        if (known.isEmpty()) {
            return false;
        }
        OpenUpload upload = known.get();
        upload.complete.lock();
        try {
            if (!asked.of(upload.files)) {
                return false;
            }
            boolean first = !upload.isOver();
            if (first) {
                upload.end();
            }
            forget(upload);
            return first;
        } finally {
            upload.complete.unlock();
        }
    }

    private interface Question {
        boolean of(UploadFiles files) throws IOException;
    }

    /**
     * Forgets an upload that has ended. As long as its files cannot be deleted it stays known as ended, since they look like those
     * of one that goes on.
     */
    private void forget(OpenUpload upload) {
        table.lock();
        try {
            upload.files.delete();
            uploads.remove(upload.id, upload);
        } catch (IOException later) {
            // Tried again when it is begun again or is idle.
        } finally {
            table.unlock();
        }
    }

    @Override
    public List<UploadId> expire(Instant idleSince) throws IOException {
        List<UploadId> expired = new ArrayList<>();
        for (String name : disk.list(folder)) {
            if (UploadId.isOne(name)) {
                UploadId id = new UploadId(name);
                if (abortIf(id, files -> files.isIdle(idleSince)) || deleteRemains(id, idleSince)) {
                    expired.add(id);
                }
            }
        }
        return expired;
    }

    /** Of an upload that was begun or deleted only in part. */
    private boolean deleteRemains(UploadId id, Instant idleSince) throws IOException {
        table.lock();
        try {
            UploadFiles files = files(id);
            if (find(id).isPresent() || !files.isIdle(idleSince)) {
                return false;
            }
            files.delete();
            return true;
        } finally {
            table.unlock();
        }
    }

    private OpenUpload required(UploadId id) throws IOException {
        return known(id).orElseThrow(() -> new UnknownUpload(id));
    }

    private Optional<OpenUpload> known(UploadId id) throws IOException {
        table.lock();
        try {
            return find(id);
        } finally {
            table.unlock();
        }
    }

    /** With {@link #table} held. */
    private Optional<OpenUpload> find(UploadId id) throws IOException {
        OpenUpload open = uploads.get(id);
        if (open != null) {
            return Optional.of(open);
        }
        Optional<OpenUpload> read = files(id).read(id);
        read.ifPresent(upload -> uploads.put(id, upload));
        return read;
    }

    private UploadFiles files(UploadId id) {
        return new UploadFiles(disk, folder.resolve(id.text()));
    }
}
