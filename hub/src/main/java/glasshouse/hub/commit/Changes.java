package glasshouse.hub.commit;

import glasshouse.core.entry.RevisionId;
import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import glasshouse.hub.git.GitRepo;
import glasshouse.hub.git.LfsPointer;
import glasshouse.hub.git.TreeEdit;
import glasshouse.hub.git.TreeItem;
import glasshouse.hub.git.TreeListing;
import glasshouse.hub.rules.Effort;
import glasshouse.hub.rules.LfsRules;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;

/**
 * Turns the operations of a commit into changes of a tree. A large file that {@code .gitattributes} does not send to git-lfs gets a
 * line there: without it, git would check the pointer out instead of the file.
 */
final class Changes {
    private final TreeListing trees;
    private final GitRepo repo;
    private final List<Operation> operations;
    private final Map<String, LfsPointer> pointers;
    private final Predicate<LfsPointer> held;

    /**
     * What is to change.
     *
     * @param pointers of large files, by the SHA-256 of their content
     * @param held whether the entry holds what a pointer names: for those that are in it already
     */
    Changes(
            TreeListing trees,
            GitRepo repo,
            List<Operation> operations,
            Map<String, LfsPointer> pointers,
            Predicate<LfsPointer> held) {
        this.trees = trees;
        this.repo = repo;
        this.operations = List.copyOf(operations);
        this.pointers = Map.copyOf(pointers);
        this.held = held;
    }

    void apply(TreeEdit edit, ObjectReader reader, ObjectInserter inserter, Optional<RevisionId> base)
            throws IOException {
        Map<String, String> rules = new HashMap<>();
        Set<String> large = new LinkedHashSet<>();
        for (Operation operation : operations) {
            String path = operation.path().value();
            large.remove(path);
            rules.remove(path);
            switch (operation) {
                case Operation.Put put -> {
                    edit.at(path, new TreeEdit.Change.Put(put.blob(), FileMode.REGULAR_FILE));
                    if (put.path().fileName().equals(LfsRules.FILE)) {
                        rules.put(path, text(reader, put.blob()));
                    }
                }
                case Operation.PutLarge put -> {
                    LfsPointer pointer = pointers.get(put.sha256().hex());
                    if (pointer == null) {
                        throw new IllegalStateException("no pointer for " + path);
                    }
                    ObjectId blob = inserter.insert(Constants.OBJ_BLOB, pointer.bytes());
                    edit.at(path, new TreeEdit.Change.Put(blob, FileMode.REGULAR_FILE));
                    large.add(path);
                }
                case Operation.Delete delete -> {
                    edit.at(path, new TreeEdit.Change.Delete());
                    if (delete.path().fileName().equals(LfsRules.FILE)) {
                        rules.put(path, "");
                    }
                }
                case Operation.DeleteFolder delete -> edit.at(path, new TreeEdit.Change.DeleteFolder());
                case Operation.Rename rename -> rename(edit, base, rename, large);
            }
        }
        addRules(edit, inserter, base, rules, large);
    }

    private void rename(TreeEdit edit, Optional<RevisionId> base, Operation.Rename rename, Set<String> large)
            throws IOException {
        String from = rename.from().value();
        TreeItem item = (base.isEmpty() ? Optional.<TreeItem>empty() : trees.find(repo, base.get(), from))
                .filter(found -> found.type() == TreeItem.Type.FILE)
                .orElseThrow(
                        () -> Problem.of(Code.ARTEFACT_NOT_FOUND, "A file with this name doesn't exist: `" + from + "`")
                                .refusal());
        if (item.pointer().isPresent() && !held.test(item.pointer().get())) {
            throw Problem.of(Code.INVALID, "the content of `" + from + "` is not held by this entry")
                    .because("it names the object sha256:"
                            + item.pointer().get().sha256().hex())
                    .mend("upload it through git-lfs first, or delete the file")
                    .refusal();
        }
        edit.at(from, new TreeEdit.Change.Delete());
        edit.at(rename.path().value(), new TreeEdit.Change.Put(ObjectId.fromString(item.oid()), FileMode.REGULAR_FILE));
        if (item.pointer().isPresent()) {
            large.add(rename.path().value());
        }
    }

    private void addRules(
            TreeEdit edit,
            ObjectInserter inserter,
            Optional<RevisionId> base,
            Map<String, String> changed,
            Set<String> large)
            throws IOException {
        if (large.isEmpty()) {
            return;
        }
        LfsRules.Source before = LfsRules.of(trees, repo, base);
        LfsRules.Source source = folder -> {
            String path = folder.isEmpty() ? LfsRules.FILE : folder + "/" + LfsRules.FILE;
            return changed.containsKey(path) ? Optional.ofNullable(changed.get(path)) : before.read(folder);
        };
        LfsRules rules = new LfsRules(source, new Effort());
        StringBuilder lines = new StringBuilder();
        for (String path : large) {
            if (!rules.isLarge(path)) {
                lines.append(LfsRules.line(path));
            }
        }
        if (lines.isEmpty()) {
            return;
        }
        String text = source.read("").orElse("");
        String joined = text + (text.isEmpty() || text.endsWith("\n") ? "" : "\n") + lines;
        byte[] bytes = joined.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > LfsRules.MAX_BYTES) {
            throw Problem.of(Code.TOO_LARGE, "`.gitattributes` would have more than " + LfsRules.MAX_BYTES + " bytes")
                    .because("each large file that no pattern there names gets a line")
                    .mend("commit a pattern for them first, such as `*.bin filter=lfs diff=lfs merge=lfs -text`")
                    .refusal();
        }
        edit.at(
                LfsRules.FILE,
                new TreeEdit.Change.Put(inserter.insert(Constants.OBJ_BLOB, bytes), FileMode.REGULAR_FILE));
    }

    private static String text(ObjectReader reader, ObjectId blob) throws IOException {
        byte[] bytes = reader.open(blob, Constants.OBJ_BLOB).getCachedBytes();
        return bytes.length > LfsRules.MAX_BYTES ? "" : new String(bytes, StandardCharsets.UTF_8);
    }
}
