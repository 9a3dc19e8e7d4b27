package glasshouse.hub.filepage;

import glasshouse.core.access.Action;
import glasshouse.core.entry.ArtefactPath;
import glasshouse.core.entry.RevisionId;
import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import glasshouse.hub.git.GitRepo;
import glasshouse.hub.git.TreeItem;
import glasshouse.hub.git.TreeListing;
import glasshouse.hub.page.EntryFrame;
import glasshouse.hub.page.EntryFrames;
import glasshouse.hub.page.Pages;
import glasshouse.hub.web.Address;
import glasshouse.hub.web.Call;
import glasshouse.hub.web.Guard;
import glasshouse.hub.web.Method;
import glasshouse.hub.web.Reply;
import glasshouse.hub.web.Route;
import glasshouse.hub.web.Surface;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Folders, files, history and commits of an entry. */
public final class FileRoutes {
    private static final int FOLDER_PAGE = 100;

    private final Pages pages;
    private final EntryFrames frames;
    private final TreeListing trees;

    public FileRoutes(Pages pages, EntryFrames frames, TreeListing trees) {
        this.pages = pages;
        this.frames = frames;
        this.trees = trees;
    }

    public List<Route> routes() {
        Guard see = Guard.entry(Action.SEE);
        return List.of(
                new Route(
                        Method.GET,
                        "/{entry}/tree/{rev}/{path?*}",
                        Surface.PAGE,
                        see,
                        this::tree,
                        "A folder of a revision."),
                new Route(
                        Method.GET,
                        "/{entry}/at",
                        Surface.PAGE,
                        see,
                        this::at,
                        "Sends on to the files of the revision `?rev=`."));
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
        List<TreePage.Row> rows = page.items().stream()
                .map(item -> new TreePage.Row(item, Optional.empty()))
                .toList();
        return pages.reply(
                "file/tree.jte", new TreePage(frame, folder, rows, after.isPresent(), page.next(), Optional.empty()));
    }

    static boolean isPlainFile(TreeItem item) {
        return item.type() == TreeItem.Type.FILE && item.pointer().isEmpty();
    }
}
