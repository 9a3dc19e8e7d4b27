package glasshouse.hub.history;

import glasshouse.hub.git.GitRepo;
import glasshouse.hub.index.Entry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;

/**
 * Finds where some blobs are: their path and the ref that leads there; first in what refs hold now, the default branch before
 * others, then in the past. Folders that were looked at are not looked at again, so a long history costs what has changed in it.
 */
final class PointerNames {
    private static final int MAX_FOLDERS = 200_000;
    private static final int MAX_COMMITS = 20_000;
    private static final int MAX_FOLDER_BYTES = 256 << 20;

    /**
     * Where a blob is.
     *
     * @param ref the ref whose revision holds it now; none where only the past does
     */
    record Place(String path, Optional<String> ref) {}

    private final ObjectReader reader;
    private final Set<ObjectId> wanted;
    private final Set<ObjectId> seen = new HashSet<>();
    private final Map<ObjectId, Place> found = new HashMap<>();

    private PointerNames(ObjectReader reader, Set<ObjectId> wanted) {
        this.reader = reader;
        this.wanted = wanted;
    }

    /** The places of those blobs that are found within bounds. */
    static Map<ObjectId, Place> of(GitRepo repo, Entry entry, Set<ObjectId> blobs) throws IOException {
        String main = Constants.R_HEADS + entry.defaultBranch();
        List<Ref> refs = new ArrayList<>(repo.jgit().getRefDatabase().getRefsByPrefix(Constants.R_REFS));
        refs.removeIf(ref -> ref.getObjectId() == null);
        refs.sort(Comparator.comparing((Ref ref) -> !ref.getName().equals(main)).thenComparing(Ref::getName));
        try (ObjectReader reader = repo.jgit().newObjectReader();
                RevWalk walk = new RevWalk(reader)) {
            PointerNames names = new PointerNames(reader, blobs);
            for (Ref ref : refs) {
                if (!names.isDone() && walk.peel(walk.parseAny(ref.getObjectId())) instanceof RevCommit tip) {
                    names.look(tip.getTree(), "", Optional.of(ref.getName()));
                    walk.markStart(tip);
                }
            }
            int n = 0;
            for (RevCommit commit; n < MAX_COMMITS && !names.isDone() && (commit = walk.next()) != null; n++) {
                names.look(commit.getTree(), "", Optional.empty());
            }
            return names.found;
        }
    }

    private boolean isDone() {
        return found.size() == wanted.size() || seen.size() >= MAX_FOLDERS;
    }

    private void look(ObjectId folder, String prefix, Optional<String> ref) throws IOException {
        if (isDone() || !seen.add(folder.copy())) {
            return;
        }
        CanonicalTreeParser entries = new CanonicalTreeParser();
        byte[] raw = reader.open(folder, Constants.OBJ_TREE).getCachedBytes(MAX_FOLDER_BYTES);
        for (entries.reset(raw); !entries.eof(); entries.next(1)) {
            ObjectId id = entries.getEntryObjectId();
            if (FileMode.TREE.equals(entries.getEntryRawMode())) {
                look(id, prefix + entries.getEntryPathString() + "/", ref);
            } else if (wanted.contains(id)) {
                found.putIfAbsent(id, new Place(prefix + entries.getEntryPathString(), ref));
            }
        }
    }
}
