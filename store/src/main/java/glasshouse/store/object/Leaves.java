package glasshouse.store.object;

import glasshouse.store.disk.Disk;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Sees to it that names in the leaf folders are durable before anybody rests on them.
 *
 * <p>A name can be seen as soon as it is renamed into place, but it outlives a crash only once its folder is synced, and so on
 * upwards. A process that was killed between the two leaves names that look as good as any. So a leaf is trusted only after this
 * process has synced it, and not while a rename in it waits for its sync: the leaf is then <i>settled</i>. Four bytes for each
 * leaf. Safe for many threads.
 */
public final class Leaves {
    private static final int SETTLED = 1;
    /** Counts what was put in place in a leaf, so that a long look at an object can tell whether it is still the same one. */
    private static final int ONE_CHANGE = 2;

    private final Disk disk;
    private final LeafFolders folders;
    private final AtomicIntegerArray states;
    /** Whether the branch folder of a stripe and its name are durable. Guarded by the stripe. */
    private final boolean[] branches = new boolean[LeafFolders.STRIPES];

    private final ReentrantLock[] stripes = new ReentrantLock[LeafFolders.STRIPES];

    /** An operation on the disk. */
    public interface Step {
        void run() throws IOException;
    }

    /** An operation on the disk that says whether there was anything to do. */
    public interface Removal {
        boolean run() throws IOException;
    }

    public Leaves(Disk disk, LeafFolders folders) {
        this.disk = disk;
        this.folders = folders;
        this.states = new AtomicIntegerArray(folders.leaves());
        for (int i = 0; i < stripes.length; i++) {
            stripes[i] = new ReentrantLock();
        }
    }

    /** Puts something in place in a leaf; durable when this returns. */
    public void change(int leaf, Step rename) throws IOException {
        ReentrantLock stripe = lock(leaf);
        try {
            makeFolders(leaf);
            // INVARIANT: unsettled before the name can be seen, settled only after the sync that followed. All under
            // the lock.
            states.set(leaf, (states.get(leaf) & ~SETTLED) + ONE_CHANGE);
            rename.run();
            disk.syncFolder(folders.leaf(leaf));
            states.set(leaf, states.get(leaf) | SETTLED);
        } finally {
            stripe.unlock();
        }
    }

    /** Does something to a leaf only if nothing was put in place there since {@link #changes} said this number. */
    public boolean changeIfStill(int leaf, int changes, Step step) throws IOException {
        ReentrantLock stripe = lock(leaf);
        try {
            if (changes(leaf) != changes) {
                return false;
            }
            step.run();
            disk.syncFolder(folders.leaf(leaf));
            return true;
        } finally {
            stripe.unlock();
        }
    }

    /** Takes something out of a leaf; durable when this returns. */
    public boolean remove(int leaf, Removal removal) throws IOException {
        ReentrantLock stripe = lock(leaf);
        try {
            boolean there = removal.run();
            if (there) {
                disk.syncFolder(folders.leaf(leaf));
            }
            return there;
        } finally {
            stripe.unlock();
        }
    }

    /** A number that changes when something is put in place in a leaf. */
    public int changes(int leaf) {
        return states.get(leaf) & ~SETTLED;
    }

    /** Makes durable what can be seen in a leaf. To be called after it was seen, and before anybody is told. */
    public void settle(int leaf) throws IOException {
        if ((states.get(leaf) & SETTLED) != 0) {
            return;
        }
        ReentrantLock stripe = lock(leaf);
        try {
            if ((states.get(leaf) & SETTLED) == 0) {
                makeFolders(leaf);
                disk.syncFolder(folders.leaf(leaf));
                states.set(leaf, states.get(leaf) | SETTLED);
            }
        } finally {
            stripe.unlock();
        }
    }

    private void makeFolders(int leaf) throws IOException {
        if (states.get(leaf) != 0) {
            return;
        }
        int stripe = folders.stripe(leaf);
        if (!branches[stripe]) {
            disk.createFolder(folders.branch(leaf));
            branches[stripe] = true;
        }
        disk.createFolder(folders.leaf(leaf));
    }

    private ReentrantLock lock(int leaf) {
        ReentrantLock stripe = stripes[folders.stripe(leaf)];
        stripe.lock();
        return stripe;
    }
}
