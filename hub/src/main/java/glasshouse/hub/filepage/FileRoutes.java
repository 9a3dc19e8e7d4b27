package glasshouse.hub.filepage;

import glasshouse.core.access.Action;
import glasshouse.core.entry.ArtefactPath;
import glasshouse.core.entry.RevisionId;
import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import glasshouse.format.source.ByteSource;
import glasshouse.hub.git.BlobSource;
import glasshouse.hub.git.GitRepo;
import glasshouse.hub.git.LastCommits;
import glasshouse.hub.git.Revisions;
import glasshouse.hub.git.TreeItem;
import glasshouse.hub.git.TreeListing;
import glasshouse.hub.page.EntryFrame;
import glasshouse.hub.page.EntryFrames;
import glasshouse.hub.page.Pages;
import glasshouse.hub.web.Address;
import glasshouse.hub.web.Call;
import glasshouse.hub.web.Guard;
import glasshouse.hub.web.Handler;
import glasshouse.hub.web.Method;
import glasshouse.hub.web.Reply;
import glasshouse.hub.web.Route;
import glasshouse.hub.web.Surface;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/** Folders, files, history and commits of an entry. */
public final class FileRoutes {
    private static final int FOLDER_PAGE = 50;
    private static final int MAX_PAGE = 1_000_000;
    private static final int MAX_MESSAGE = 10_000;

    private final Pages pages;
    private final EntryFrames frames;
    private final TreeListing trees;
    private final LargeFiles large;

    public FileRoutes(Pages pages, EntryFrames frames, TreeListing trees, LargeFiles large) {
        this.large = large;
        this.pages = pages;
        this.frames = frames;
        this.trees = trees;
    }

    public List<Route> routes() {
        Guard see = Guard.entry(Action.SEE);
        return List.of(
                page("/{entry}/tree/{rev}/{path?*}", see, this::tree, "A folder of a revision."),
                page(
                        "/{entry}/blob/{rev}/{path*}",
                        Guard.entry(Action.READ_FILES),
                        this::blob,
                        "A file of a revision."),
                page(
                        "/{entry}/commits/{rev}/{path?*}",
                        see,
                        this::history,
                        "The commits that lead to a revision; with a path, those that changed it."),
                page("/{entry}/commit/{sha}", see, this::commit, "A commit and what it changed."),
                page("/{entry}/at", see, this::at, "Sends on to the files of the revision `?rev=`."));
    }

    private static Route page(String pattern, Guard guard, Handler handler, String about) {
        return new Route(Method.GET, pattern, Surface.PAGE, guard, handler, about);
    }

    private Reply at(Call call) {
        String word = call.query("rev")
                .map(String::strip)
                .filter(w -> !w.isEmpty())
                .orElse(call.entry().defaultBranch());
        return Reply.seeOther("/" + call.entry().pagePath() + "/tree/" + Address.encodeSegment(word));
    }

    private Reply tree(Call call) throws IOException {
        String folder = call.optionalPath("path")
                .map(path -> new ArtefactPath(path).value())
                .orElse("");
        EntryFrame frame =
                frames.at(call, EntryFrame.Part.FILES, folder.isEmpty() ? "Files" : folder, call.path("rev"));
        GitRepo repo = frames.repo(call);
        if (frame.revision().isEmpty() && folder.isEmpty()) {
            return pages.reply(
                    "file/tree.jte", new TreePage(frame, "", List.of(), false, Optional.empty(), Optional.empty()));
        }
        RevisionId revision = EntryFrames.revision(frame);
        Optional<String> after = call.query("after");
        TreeListing.Page page = trees.list(repo, revision, folder, false, after, FOLDER_PAGE)
                .orElseThrow(() -> Problem.of(
                                Code.ARTEFACT_NOT_FOUND, "no folder `" + folder + "` in `" + frame.word() + "`")
                        .refusal());
        var last = LastCommits.of(
                repo, revision, page.items().stream().map(TreeItem::path).toList());
        List<TreePage.Row> rows = page.items().stream()
                .map(item -> new TreePage.Row(
                        item,
                        Optional.ofNullable(last.get(item.path()))
                                .map(c -> new TreePage.Change(c.id().value(), c.title(), c.at()))))
                .toList();
        return pages.reply(
                "file/tree.jte",
                new TreePage(
                        frame, folder, rows, after.isPresent(), page.next(), readme(frame, repo, revision, folder)));
    }

    /** What a folder says of itself; the root's is the card, which has its own page. */
    private Optional<String> readme(EntryFrame frame, GitRepo repo, RevisionId revision, String folder)
            throws IOException {
        if (folder.isEmpty() || !frame.rights().readFiles()) {
            return Optional.empty();
        }
        String path = folder + "/README.md";
        Optional<TreeItem> item = trees.find(repo, revision, path)
                .filter(file ->
                        file.type() == TreeItem.Type.FILE && file.pointer().isEmpty());
        if (item.isEmpty()) {
            return Optional.empty();
        }
        FileView view = new Viewing(frame, path, false, 1, 1)
                .of(
                        item.get().blobBytes(),
                        Optional.of(BlobSource.open(repo, item.get().oid())));
        return view instanceof FileView.Prose prose ? Optional.of(prose.html()) : Optional.empty();
    }

    private Reply blob(Call call) throws IOException {
        String path = call.artefact().value();
        EntryFrame frame = frames.at(call, EntryFrame.Part.FILES, path, call.path("rev"));
        GitRepo repo = frames.repo(call);
        TreeItem item = trees.find(repo, EntryFrames.revision(frame), path)
                .orElseThrow(
                        () -> Problem.of(Code.ARTEFACT_NOT_FOUND, "no file `" + path + "` in `" + frame.word() + "`")
                                .refusal());
        if (item.isFolder()) {
            return Reply.seeOther(frame.tree(path));
        }
        boolean plain = call.queryFlag("plain");
        int from = call.queryInt("from", 1, 1, Integer.MAX_VALUE / 2);
        Viewing viewing = new Viewing(frame, path, plain, from, call.queryInt("page", 1, 1, MAX_PAGE));
        FileView view = item.type() == TreeItem.Type.SUBMODULE
                ? new FileView.Facts("This is a commit of another repository: " + item.oid())
                : viewing.of(item.sizeBytes(), source(call, repo, item));
        boolean other = view instanceof FileView.Prose || view instanceof FileView.Table;
        return pages.reply(
                "file/blob.jte",
                new BlobPage(frame, item, view, other ? Optional.of(frame.blob(path) + "?plain=1") : Optional.empty()));
    }

    private Optional<ByteSource> source(Call call, GitRepo repo, TreeItem item) throws IOException {
        return item.pointer().isPresent()
                ? large.open(call.entry(), item.pointer().get())
                : Optional.of(BlobSource.open(repo, item.oid()));
    }

    private Reply history(Call call) throws IOException {
        String path =
                call.optionalPath("path").map(p -> new ArtefactPath(p).value()).orElse("");
        EntryFrame frame = frames.at(call, EntryFrame.Part.HISTORY, "History", call.path("rev"));
        Optional<String> after = call.query("after").filter(RevisionId::isOne);
        History.Page page = frame.revision().isEmpty()
                ? new History.Page(List.of(), Optional.empty())
                : History.read(frames.repo(call), frame.revision().get(), path, after);
        return pages.reply(
                "file/history.jte", new HistoryPage(frame, path, page.rows(), after.isPresent(), page.next()));
    }

    private Reply commit(Call call) throws IOException {
        EntryFrame frame = frames.atHead(call, EntryFrame.Part.HISTORY, "Commit " + call.path("sha"));
        GitRepo repo = frames.repo(call);
        RevisionId id = Revisions.require(repo, call.entry(), call.path("sha"));
        try (RevWalk walk = new RevWalk(repo.jgit())) {
            RevCommit commit = walk.parseCommit(ObjectId.fromString(id.value()));
            Optional<ObjectId> before = commit.getParentCount() == 0
                    ? Optional.empty()
                    : Optional.of(
                            walk.parseCommit(commit.getParent(0)).getTree().getId());
            Changes changes = Differ.between(
                    repo, before, commit.getTree(), frame.rights().readFiles());
            String message = commit.getFullMessage().strip();
            int end = message.indexOf('\n');
            HistoryPage.Row row = History.row(commit);
            return pages.reply(
                    "file/commit.jte",
                    new CommitPage(
                            frame,
                            id.value(),
                            row.title(),
                            end < 0
                                    ? ""
                                    : message.substring(end)
                                            .strip()
                                            .substring(
                                                    0,
                                                    Math.min(
                                                            MAX_MESSAGE,
                                                            message.substring(end)
                                                                    .strip()
                                                                    .length())),
                            row.author(),
                            row.at(),
                            Arrays.stream(commit.getParents())
                                    .map(RevCommit::name)
                                    .toList(),
                            changes));
        }
    }
}
