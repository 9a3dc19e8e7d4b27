package glasshouse.hub.transport;

import glasshouse.core.entry.ArtefactPath;
import glasshouse.hub.git.GitRepo;
import glasshouse.hub.git.Incoming;
import glasshouse.hub.git.LfsPointer;
import glasshouse.hub.git.TreeListing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.internal.storage.file.Pack;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectIdOwnerMap;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevTag;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/**
 * Looks at the objects that a push brings, and at no others: at each new commit, at what it changes against its parents, and only
 * into trees that are new. So a push costs what it holds, not what the repository holds.
 *
 * <p>INVARIANT: of an object of the repository, everything that it leads to is there too. Whatever came in was looked at here, and
 * what is taken away is taken with everything that leads to it. So it is enough to ask for the objects that new ones name.
 */
final class NewObjects implements AutoCloseable {
    private static final int POINTERS_AT_ONCE = 1000;
    private static final int ENOUGH_FAULTS = 50;

    private static final class Seen extends ObjectIdOwnerMap.Entry {
        Seen(AnyObjectId id) {
            super(id);
        }
    }

    private final GitRepo repo;
    private final ObjectRules rules;
    private final Collection<Pack> packs;
    private final ObjectReader reader;
    private final RevWalk walk;
    private final ObjectIdOwnerMap<Seen> seen = new ObjectIdOwnerMap<>();
    /** The pointers that were not asked for yet, each with a path: a path may have had several, one commit after the other. */
    private final Map<LfsPointer, String> pointers = new LinkedHashMap<>();

    private final List<ObjectId> roots = new ArrayList<>();
    private boolean repeated;
    private final List<String> faults = new ArrayList<>();

    NewObjects(GitRepo repo, Incoming incoming, ObjectRules rules) {
        this.repo = repo;
        this.rules = rules;
        this.packs = incoming.objects().getPacks();
        this.reader = incoming.jgit().newObjectReader();
        this.walk = new RevWalk(reader);
        walk.setRetainBody(false);
    }

    /** What is wrong with what the tips lead to, in sentences for whoever pushed; empty where all is well. */
    List<String> check(List<ObjectId> tips) throws IOException {
        try {
            Deque<ObjectId> commits = new ArrayDeque<>();
            for (ObjectId tip : tips) {
                commits.add(commitOf(tip));
            }
            while (!commits.isEmpty() && faults.size() < ENOUGH_FAULTS) {
                visit(commits.pop(), commits);
            }
            checkPointers();
            checkPaths();
        } catch (MissingObjectException missing) {
            faults.add("the object " + missing.getObjectId().name() + " is missing; fetch it, or push all of it");
        } catch (IncorrectObjectTypeException wrong) {
            faults.add("a branch or tag leads to a commit, and nothing else: " + wrong.getMessage());
        }
        return faults;
    }

    private ObjectId commitOf(ObjectId tip) throws IOException {
        RevObject object = walk.parseAny(tip);
        while (object instanceof RevTag tag) {
            object = walk.parseAny(tag.getObject());
        }
        if (object instanceof RevCommit) {
            return object;
        }
        throw new IncorrectObjectTypeException(object, Constants.TYPE_COMMIT);
    }

    private boolean isNew(AnyObjectId id) throws IOException {
        for (Pack pack : packs) {
            if (pack.hasObject(id)) {
                return true;
            }
        }
        return false;
    }

    private boolean firstTime(AnyObjectId id) {
        if (seen.contains(id)) {
            return false;
        }
        seen.add(new Seen(id));
        return true;
    }

    private void require(ObjectId id) throws IOException {
        if (!repo.jgit().getObjectDatabase().has(id)) {
            throw new MissingObjectException(id, "object");
        }
    }

    private void visit(ObjectId id, Deque<ObjectId> commits) throws IOException {
        if (!isNew(id)) {
            require(id);
            return;
        }
        if (!firstTime(id)) {
            return;
        }
        RevCommit commit = walk.parseCommit(id);
        try (TreeWalk trees = new TreeWalk(reader)) {
            ObjectId root = commit.getTree().getId();
            trees.addTree(root);
            for (RevCommit parent : commit.getParents()) {
                commits.add(parent.getId());
                trees.addTree(walk.parseCommit(parent).getTree());
            }
            if (!isNew(root)) {
                require(root);
            } else if (firstTime(root)) {
                roots.add(root);
                visit(trees);
            }
        }
    }

    private void visit(TreeWalk trees) throws IOException {
        trees.setRecursive(false);
        trees.setFilter(new Changed());
        while (trees.next() && faults.size() < ENOUGH_FAULTS) {
            ObjectId id = trees.getObjectId(0);
            FileMode mode = trees.getFileMode(0);
            String fault = nameFault(trees);
            if (!fault.isEmpty()) {
                faults.add("`" + printable(trees.getPathString()) + "` is not a path: " + fault);
            } else if (mode != FileMode.GITLINK) {
                // A submodule is a commit of another repository: nothing of it is here.
                object(trees, id);
            }
        }
    }

    private void object(TreeWalk trees, ObjectId id) throws IOException {
        if (!isNew(id)) {
            require(id);
        } else if (firstTime(id)) {
            if (trees.isSubtree()) {
                trees.enterSubtree();
            } else {
                blob(trees.getPathString(), id);
            }
        } else if (trees.isSubtree()) {
            repeated = true;
        }
    }

    /** Only folders that are named again and again make more paths than a push has objects. */
    private void checkPaths() throws IOException {
        if (!repeated || !faults.isEmpty()) {
            return;
        }
        PathCount paths = new PathCount(reader, this::isNew, TreeListing.MAX_PATHS);
        for (ObjectId root : roots) {
            if (paths.isTooMany(root)) {
                faults.add(
                        "a commit has more than " + TreeListing.MAX_PATHS
                                + " files and folders, since it names the same folders again and again; leave most of them out");
                return;
            }
        }
    }

    private void blob(String path, ObjectId id) throws IOException {
        long bytes = reader.getObjectSize(id, Constants.OBJ_BLOB);
        String fault = rules.sizeFault(path, bytes);
        if (!fault.isEmpty()) {
            faults.add(fault);
        }
        // Of a link too: the same blob may be a file at another place, and it is looked at once.
        if (bytes < LfsPointer.MAX_BYTES) {
            LfsPointer.parse(reader.open(id, Constants.OBJ_BLOB).getCachedBytes(LfsPointer.MAX_BYTES))
                    .ifPresent(pointer -> pointers.putIfAbsent(pointer, path));
            if (pointers.size() >= POINTERS_AT_ONCE) {
                checkPointers();
            }
        }
    }

    private void checkPointers() {
        faults.addAll(rules.pointerFaults(pointers));
        pointers.clear();
    }

    /** What is wrong with the name where the walk stands. Most names are plain, and then their letters are all there is to see. */
    private static String nameFault(TreeWalk at) {
        byte[] path = at.getRawPath();
        int start = path.length;
        while (start > 0 && path[start - 1] != '/') {
            start--;
        }
        boolean plain = path.length <= ArtefactPath.MAX_BYTES && path.length - start <= ArtefactPath.MAX_SEGMENT_BYTES;
        for (int i = start; plain && i < path.length; i++) {
            byte c = path[i];
            plain = c >= 'a' && c <= 'z'
                    || c >= 'A' && c <= 'Z'
                    || c >= '0' && c <= '9'
                    || c == '_'
                    || c == '-'
                    || c == '.' && i > start;
        }
        return plain ? "" : slowNameFault(path);
    }

    private static String slowNameFault(byte[] path) {
        try {
            return ArtefactPath.fault(StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(path))
                    .toString());
        } catch (CharacterCodingException e) {
            return "a path is valid UTF-8";
        }
    }

    private static String printable(String path) {
        String brief = path.length() > 200 ? path.substring(0, 200) + "…" : path;
        return brief.replaceAll("\\p{Cntrl}", "?");
    }

    /** What the first tree has and none of the others has in the same place. */
    private static final class Changed extends TreeFilter {
        @Override
        public boolean include(TreeWalk at) {
            if (at.getRawMode(0) == 0) {
                return false;
            }
            for (int i = 1; i < at.getTreeCount(); i++) {
                if (at.getRawMode(i) == at.getRawMode(0) && at.idEqual(0, i)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public boolean shouldBeRecursive() {
            return false;
        }

        @Override
        public TreeFilter clone() {
            return this;
        }
    }

    @Override
    public void close() {
        walk.close();
        reader.close();
    }
}
