package glasshouse.hub.job;

import glasshouse.core.entry.EntryId;
import glasshouse.hub.git.GitRepo;
import glasshouse.hub.git.LfsPointer;
import glasshouse.hub.index.HeldObjects;
import glasshouse.hub.index.HeldObjects.Held;
import glasshouse.store.object.ObjectStore;
import glasshouse.store.object.Sha256;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.revwalk.ObjectWalk;
import org.eclipse.jgit.revwalk.RevObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out which objects of the store an entry holds: those that some pointer in some revision of it names. */
final class HeldWalk {
    private static final Logger LOG = LoggerFactory.getLogger(HeldWalk.class);
    private static final int BATCH = 1000;

    private final HeldObjects held;
    private final ObjectStore objects;

    HeldWalk(HeldObjects held, ObjectStore objects) {
        this.held = held;
        this.objects = objects;
    }

    /** Goes through all blobs of all refs. */
    void run(GitRepo repo, Instant now, Steps steps) throws IOException {
        List<ObjectId> tips = new ArrayList<>();
        for (Ref ref : repo.jgit().getRefDatabase().getRefs()) {
            if (!ref.isSymbolic() && ref.getObjectId() != null) {
                tips.add(ref.getObjectId());
            }
        }
        try {
            walk(repo, tips, now, steps);
        } catch (IOException | RuntimeException e) {
            if (Broken.of(e).isEmpty() || tips.size() < 2) {
                throw e;
            }
            LOG.warn("the repository of {} is broken; what can be read of it is gone through ref by ref", repo.id(), e);
            for (ObjectId tip : tips) {
                one(repo, tip, now, steps);
            }
        }
    }

    private void one(GitRepo repo, ObjectId tip, Instant now, Steps steps) throws IOException {
        try {
            walk(repo, List.of(tip), now, steps);
        } catch (IOException | RuntimeException e) {
            if (Broken.of(e).isEmpty()) {
                throw e;
            }
        }
    }

    private void walk(GitRepo repo, List<ObjectId> tips, Instant now, Steps steps) throws IOException {
        List<Held> found = new ArrayList<>();
        try (ObjectReader reader = repo.jgit().newObjectReader();
                ObjectWalk walk = new ObjectWalk(reader)) {
            for (ObjectId tip : tips) {
                walk.markStart(walk.parseAny(tip));
            }
            while (walk.next() != null) {
                steps.check();
            }
            for (RevObject object = walk.nextObject(); object != null; object = walk.nextObject()) {
                if (object.getType() == Constants.OBJ_BLOB) {
                    steps.check();
                    pointer(reader, object, found);
                    if (found.size() >= BATCH) {
                        held.holdAll(repo.id(), found, now);
                        found.clear();
                    }
                }
            }
        } finally {
            EntryId id = repo.id();
            held.holdAll(id, found, now);
        }
    }

    private void pointer(ObjectReader reader, ObjectId blob, List<Held> found) throws IOException {
        if (reader.getObjectSize(blob, Constants.OBJ_BLOB) >= LfsPointer.MAX_BYTES) {
            return;
        }
        byte[] bytes = reader.open(blob, Constants.OBJ_BLOB).getCachedBytes(LfsPointer.MAX_BYTES);
        LfsPointer.parse(bytes).ifPresent(pointer -> hold(pointer, found));
    }

    private void hold(LfsPointer pointer, List<Held> found) {
        try {
            OptionalLong size = objects.sizeBytes(new Sha256(pointer.sha256().hex()));
            if (size.isPresent() && size.getAsLong() == pointer.sizeBytes()) {
                found.add(new Held(pointer.sha256().hex(), pointer.sizeBytes()));
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
