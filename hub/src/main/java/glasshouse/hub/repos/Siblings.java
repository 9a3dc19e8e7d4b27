package glasshouse.hub.repos;

import glasshouse.core.entry.RevisionId;
import glasshouse.hub.git.GitRepo;
import glasshouse.hub.git.TreeItem;
import glasshouse.hub.git.TreeListing;
import glasshouse.hub.web.Json;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The files of a revision as the answer about an entry names them. A revision can have a million, an answer must not: it names
 * {@value #MAX} at the most. Clients take a list of more than 50,000 for incomplete and ask for the tree instead.
 */
final class Siblings {
    /** The most files that an answer about one entry names. */
    static final int MAX = 50_001;

    /** The most files that an answer names for each of several entries. */
    static final int MAX_IN_LISTS = 1_000;

    private static final int PAGE = 2_000;

    /** The most files and folders that are gone through for an answer. */
    private static final int MAX_LISTED = 4 * MAX;

    private final TreeListing trees;

    Siblings(TreeListing trees) {
        this.trees = trees;
    }

    /** {@code [{"rfilename"}]}. */
    ArrayNode names(GitRepo repo, RevisionId revision, int max) throws IOException {
        ArrayNode siblings = Json.array();
        for (String path : trees.paths(repo, revision, max)) {
            siblings.addObject().put("rfilename", path);
        }
        return siblings;
    }

    /** As {@link #names}, each with {@code size}, {@code blobId} and, for a large file, {@code lfs}. */
    ArrayNode withBlobs(GitRepo repo, RevisionId revision, int max) throws IOException {
        ArrayNode siblings = Json.array();
        Optional<String> after = Optional.empty();
        int listed = 0;
        do {
            Optional<TreeListing.Page> page = trees.list(repo, revision, "", true, after, PAGE);
            List<TreeItem> items = page.map(TreeListing.Page::items).orElse(List.of());
            for (TreeItem item : items) {
                boolean file = item.type() == TreeItem.Type.FILE || item.type() == TreeItem.Type.LINK;
                if (file && siblings.size() < max) {
                    add(siblings, item);
                }
            }
            listed += items.size();
            after = page.flatMap(TreeListing.Page::next);
            // Folders within folders without a file: they are listed too, and there may be any number.
        } while (after.isPresent() && siblings.size() < max && listed < MAX_LISTED);
        return siblings;
    }

    private static void add(ArrayNode siblings, TreeItem item) {
        ObjectNode sibling = siblings.addObject()
                .put("rfilename", item.path())
                .put("size", item.sizeBytes())
                .put("blobId", item.oid());
        item.pointer()
                .ifPresent(pointer -> sibling.putObject("lfs")
                        .put("sha256", pointer.sha256().hex())
                        .put("size", pointer.sizeBytes())
                        .put("pointerSize", item.blobBytes()));
    }
}
