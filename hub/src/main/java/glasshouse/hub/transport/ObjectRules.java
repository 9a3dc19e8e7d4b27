package glasshouse.hub.transport;

import glasshouse.core.entry.EntryId;
import glasshouse.hub.git.LfsPointer;
import glasshouse.hub.git.Quota;
import glasshouse.hub.index.HeldObjects;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the objects of a push must be like.
 *
 * @param entry that is pushed to
 * @param held says which large files it has
 * @param regularFileBytes a blob of this size or more belongs into git-lfs
 */
record ObjectRules(EntryId entry, HeldObjects held, long regularFileBytes) {

    /** What is wrong with a blob of this size at a path, or the empty text. */
    String sizeFault(String path, long bytes) {
        if (bytes < regularFileBytes) {
            return "";
        }
        return "`" + path + "` has " + Quota.amount(bytes) + "; files of " + Quota.amount(regularFileBytes)
                + " and more belong into git-lfs: git lfs migrate import --include=\"" + path + "\"";
    }

    /** What is wrong with some pointers, each given with a path where it is. */
    List<String> pointerFaults(Map<LfsPointer, String> pointers) {
        Map<String, Long> sizes = held.sizesOf(
                entry, pointers.keySet().stream().map(p -> p.sha256().hex()).toList());
        List<String> faults = new ArrayList<>();
        pointers.forEach((pointer, path) -> {
            Long size = sizes.get(pointer.sha256().hex());
            if (size == null) {
                faults.add("`" + path + "` points to the object "
                        + pointer.sha256().hex() + ", which is not here: git lfs push --all origin");
            } else if (size != pointer.sizeBytes()) {
                faults.add("`" + path + "` says that the object "
                        + pointer.sha256().hex() + " has " + pointer.sizeBytes() + " bytes; it has " + size);
            }
        });
        return faults;
    }
}
