package glasshouse.hub.filepage;

import glasshouse.hub.filepage.Changes.File;
import glasshouse.hub.filepage.Changes.Kind;
import glasshouse.hub.filepage.Changes.Line;
import glasshouse.hub.git.GitRepo;
import glasshouse.hub.git.LfsPointer;
import glasshouse.hub.git.TreeListing;
import glasshouse.hub.page.Wording;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.diff.Edit;
import org.eclipse.jgit.diff.EditList;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/** Compares two trees for people to read: so many files, so many lines, and a word where there is more. */
public final class Differ {
    private static final int MAX_FILES = 200;
    /** The most files and folders that are gone through for a page. */
    private static final long MAX_PATHS = 2_000_000;

    private static final int MAX_LINES = 600;
    private static final int MAX_LINES_PER_FILE = 200;
    private static final int MAX_BLOB_BYTES = 512 << 10;
    private static final int MAX_LINE = 500;
    private static final int CONTEXT = 3;

    private final ObjectReader reader;
    private final boolean content;
    private int linesLeft = MAX_LINES;

    private Differ(ObjectReader reader, boolean content) {
        this.reader = reader;
        this.content = content;
    }

    /**
     * What differs.
     *
     * @param before the tree before, where there is one
     * @param content whether the reader may see lines of files
     */
    public static Changes between(GitRepo repo, Optional<ObjectId> before, ObjectId after, boolean content)
            throws IOException {
        try (ObjectReader reader = repo.jgit().newObjectReader();
                TreeWalk walk = new TreeWalk(reader)) {
            if (before.isPresent()) {
                walk.addTree(before.get());
            } else {
                walk.addTree(new EmptyTreeIterator());
            }
            walk.addTree(after);
            walk.setRecursive(true);
            walk.setFilter(TreeListing.atMost(MAX_PATHS, TreeFilter.ANY_DIFF));
            Differ differ = new Differ(reader, content);
            List<File> files = new ArrayList<>();
            try {
                while (walk.next()) {
                    if (files.size() == MAX_FILES) {
                        return new Changes(files, true);
                    }
                    files.add(differ.file(walk));
                }
                return new Changes(files, false);
            } catch (TreeListing.TooManyPaths many) {
                return new Changes(files, true);
            }
        }
    }

    private File file(TreeWalk walk) throws IOException {
        FileMode old = walk.getFileMode(0);
        FileMode fresh = walk.getFileMode(1);
        Kind kind = old == FileMode.MISSING ? Kind.ADDED : fresh == FileMode.MISSING ? Kind.DELETED : Kind.CHANGED;
        String path = walk.getPathString();
        if (old == FileMode.GITLINK || fresh == FileMode.GITLINK) {
            return note(path, kind, "a submodule");
        }
        if (!content) {
            return note(path, kind, "the files of this entry are given on request");
        }
        Optional<byte[]> a = bytes(old, walk.getObjectId(0));
        Optional<byte[]> b = bytes(fresh, walk.getObjectId(1));
        if (a.isEmpty() || b.isEmpty()) {
            return note(path, kind, "too large to compare here");
        }
        Optional<LfsPointer> was = LfsPointer.parse(a.get());
        Optional<LfsPointer> is = LfsPointer.parse(b.get());
        if (was.isPresent() || is.isPresent()) {
            return note(path, kind, large(was, is));
        }
        if (RawText.isBinary(a.get()) || RawText.isBinary(b.get())) {
            return note(
                    path, kind, Wording.bytes(a.get().length) + " → " + Wording.bytes(b.get().length) + ", not text");
        }
        if (linesLeft <= 0) {
            return note(path, kind, "not shown: the change is long");
        }
        return lines(path, kind, new RawText(a.get()), new RawText(b.get()));
    }

    private static File note(String path, Kind kind, String note) {
        return new File(path, kind, Optional.of(note), List.of());
    }

    private static String large(Optional<LfsPointer> was, Optional<LfsPointer> is) {
        String before = was.map(p ->
                        Wording.bytes(p.sizeBytes()) + " (" + p.sha256().hex().substring(0, 12) + "…)")
                .orElse("not a large file");
        String after = is.map(p ->
                        Wording.bytes(p.sizeBytes()) + " (" + p.sha256().hex().substring(0, 12) + "…)")
                .orElse("none");
        return was.isEmpty() ? "large file: " + after : "large file: " + before + " → " + after;
    }

    private Optional<byte[]> bytes(FileMode mode, ObjectId id) throws IOException {
        if (mode == FileMode.MISSING) {
            return Optional.of(new byte[0]);
        }
        ObjectLoader blob = reader.open(id, Constants.OBJ_BLOB);
        return blob.getSize() > MAX_BLOB_BYTES ? Optional.empty() : Optional.of(blob.getCachedBytes(MAX_BLOB_BYTES));
    }

    private File lines(String path, Kind kind, RawText a, RawText b) {
        EditList edits = new HistogramDiff().diff(RawTextComparator.DEFAULT, a, b);
        List<Line> lines = new ArrayList<>();
        int shownA = 0;
        boolean cut = false;
        for (Edit edit : edits) {
            int start = Math.max(shownA, edit.getBeginA() - CONTEXT);
            if (start > shownA || lines.isEmpty() && start > 0) {
                lines.add(new Line('@', 0, 0, "line " + (edit.getBeginB() + 1)));
            }
            int shift = edit.getBeginB() - edit.getBeginA();
            for (int i = start; i < edit.getBeginA(); i++) {
                lines.add(new Line(' ', i + 1, i + 1 + shift, text(a, i)));
            }
            for (int i = edit.getBeginA(); i < edit.getEndA() && lines.size() < MAX_LINES_PER_FILE; i++) {
                lines.add(new Line('-', i + 1, 0, text(a, i)));
            }
            for (int i = edit.getBeginB(); i < edit.getEndB() && lines.size() < MAX_LINES_PER_FILE; i++) {
                lines.add(new Line('+', 0, i + 1, text(b, i)));
            }
            if (lines.size() >= MAX_LINES_PER_FILE) {
                cut = true;
                break;
            }
            int end = Math.min(a.size(), edit.getEndA() + CONTEXT);
            int next = edits.indexOf(edit) + 1 < edits.size()
                    ? edits.get(edits.indexOf(edit) + 1).getBeginA()
                    : end;
            int shiftAfter = edit.getEndB() - edit.getEndA();
            for (int i = edit.getEndA(); i < Math.min(end, next); i++) {
                lines.add(new Line(' ', i + 1, i + 1 + shiftAfter, text(a, i)));
            }
            shownA = Math.min(end, next);
        }
        linesLeft -= lines.size();
        return new File(path, kind, cut ? Optional.of("only the first lines are shown") : Optional.empty(), lines);
    }

    private static String text(RawText text, int line) {
        String whole = text.getString(line);
        return whole.length() > MAX_LINE ? whole.substring(0, MAX_LINE) + " …" : whole;
    }
}
