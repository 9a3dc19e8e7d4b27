package glasshouse.hub.tree;

import glasshouse.hub.git.LastCommits.Last;
import glasshouse.hub.git.TreeItem;
import glasshouse.hub.web.Json;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** A file or folder as the Hub's clients read it. */
final class ItemJson {
    private ItemJson() {}

    static ObjectNode of(TreeItem item, Optional<Last> last) {
        ObjectNode json = Json.object()
                .put("type", isDirectory(item) ? "directory" : "file")
                .put("oid", item.oid())
                .put("size", item.sizeBytes())
                .put("path", item.path());
        item.pointer()
                .ifPresent(pointer -> json.putObject("lfs")
                        .put("oid", pointer.sha256().hex())
                        .put("size", pointer.sizeBytes())
                        .put("pointerSize", item.blobBytes()));
        last.ifPresent(commit -> json.putObject("lastCommit")
                .put("id", commit.id().value())
                .put("title", commit.title())
                .put("date", Json.time(commit.at())));
        return json;
    }

    /** The clients know two types; a commit of another repository is shown as a folder with nothing in it. */
    private static boolean isDirectory(TreeItem item) {
        return item.isFolder() || item.type() == TreeItem.Type.SUBMODULE;
    }
}
