package glasshouse.hub.job;

import glasshouse.core.entry.RevisionId;
import glasshouse.hub.git.Committer;
import glasshouse.hub.git.GitRepo;
import glasshouse.hub.git.LfsPointer;
import glasshouse.hub.git.TreeListing;
import glasshouse.hub.web.Json;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;
import tools.jackson.databind.JsonNode;

/**
 * What was counted in the files of a revision. From one revision to the next only the difference is looked at, so that a commit to a
 * million files costs what it changes.
 *
 * @param files how many
 * @param bytes their sizes, large files counted in full
 * @param kinds how many have a suffix that is a tag, by tag
 */
record Tally(long files, long bytes, Map<String, Long> kinds) {
    private static final Map<String, String> TAGS =
            Map.of("safetensors", "safetensors", "gguf", "gguf", "onnx", "onnx", "parquet", "format:parquet");

    static final Tally NOTHING = new Tally(0, 0, Map.of());

    Tally {
        kinds = Map.copyOf(kinds);
    }

    /** Whether a tag says which files there are, so that it goes when they go. */
    static boolean isFileTag(String tag) {
        return TAGS.containsValue(tag);
    }

    /** The tags that the files give. */
    List<String> tags() {
        return kinds.entrySet().stream()
                .filter(kind -> kind.getValue() > 0)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    String json() {
        var json = Json.object().put("files", files).put("bytes", bytes);
        var counts = json.putObject("kinds");
        new TreeMap<>(kinds).forEach(counts::put);
        return Json.text(json);
    }

    /** Reads what {@link #json} wrote; nothing where it is something else. */
    static Optional<Tally> parse(String text) {
        try {
            JsonNode json = Json.mapper().readTree(text);
            Map<String, Long> kinds = new TreeMap<>();
            json.path("kinds")
                    .properties()
                    .forEach(kind -> kinds.put(kind.getKey(), kind.getValue().asLong()));
            return Optional.of(
                    new Tally(json.path("files").asLong(), json.path("bytes").asLong(), kinds));
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    /** Counts all of a revision. */
    static Tally of(GitRepo repo, RevisionId revision, Steps steps) throws IOException {
        return NOTHING.after(repo, Optional.empty(), revision, steps);
    }

    /**
     * Counts a revision from what was counted at another.
     *
     * @param from where this was counted; nothing where it counts no files
     */
    Tally after(GitRepo repo, Optional<RevisionId> from, RevisionId to, Steps steps) throws IOException {
        return after(repo, from, to, steps, TreeListing.MAX_PATHS);
    }

    /** As above, for a revision of at most {@code max} files and folders. */
    Tally after(GitRepo repo, Optional<RevisionId> from, RevisionId to, Steps steps, long max) throws IOException {
        try (ObjectReader reader = repo.jgit().newObjectReader();
                TreeWalk walk = new TreeWalk(reader)) {
            if (from.isPresent()) {
                walk.addTree(Committer.tree(repo, from.get()));
            } else {
                walk.addTree(new EmptyTreeIterator());
            }
            walk.addTree(Committer.tree(repo, to));
            walk.setRecursive(true);
            walk.setFilter(TreeListing.atMost(max, TreeFilter.ANY_DIFF));
            Count count = new Count(this);
            long seen = 0;
            while (walk.next()) {
                if (++seen % 1000 == 0) {
                    steps.at(seen, 0, "counting files");
                }
                count.add(reader, walk, 0, -1);
                count.add(reader, walk, 1, 1);
            }
            return count.tally();
        }
    }

    private static final class Count {
        private long files;
        private long bytes;
        private final Map<String, Long> kinds;

        Count(Tally start) {
            files = start.files();
            bytes = start.bytes();
            kinds = new TreeMap<>(start.kinds());
        }

        void add(ObjectReader reader, TreeWalk walk, int side, int sign) throws IOException {
            FileMode mode = walk.getFileMode(side);
            if (mode == FileMode.MISSING || mode == FileMode.GITLINK || mode == FileMode.TREE) {
                return;
            }
            files += sign;
            bytes += sign * size(reader, walk.getObjectId(side), mode);
            String path = walk.getPathString();
            String tag = TAGS.get(path.substring(path.lastIndexOf('.') + 1));
            if (tag != null) {
                kinds.merge(tag, (long) sign, Long::sum);
            }
        }

        private static long size(ObjectReader reader, ObjectId blob, FileMode mode) throws IOException {
            long size = reader.getObjectSize(blob, Constants.OBJ_BLOB);
            if (size >= LfsPointer.MAX_BYTES || mode == FileMode.SYMLINK) {
                return size;
            }
            byte[] bytes = reader.open(blob, Constants.OBJ_BLOB).getCachedBytes(LfsPointer.MAX_BYTES);
            return LfsPointer.parse(bytes).map(LfsPointer::sizeBytes).orElse(size);
        }

        Tally tally() {
            return new Tally(files, bytes, kinds);
        }
    }
}
