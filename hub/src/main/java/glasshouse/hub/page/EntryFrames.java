package glasshouse.hub.page;

import glasshouse.core.access.Action;
import glasshouse.core.entry.EntryKind;
import glasshouse.core.entry.RevisionId;
import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import glasshouse.hub.git.GitRepo;
import glasshouse.hub.git.Repositories;
import glasshouse.hub.git.Revisions;
import glasshouse.hub.index.Entry;
import glasshouse.hub.web.Call;
import java.io.IOException;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.eclipse.jgit.lib.Constants;

/** Makes the frame of an entry's pages. */
public final class EntryFrames {
    private final Pages pages;
    private final Repositories repositories;
    private final ToLongFunction<Entry> openTalks;

    /** @param openTalks how many discussions of an entry are open */
    public EntryFrames(Pages pages, Repositories repositories, ToLongFunction<Entry> openTalks) {
        this.pages = pages;
        this.repositories = repositories;
        this.openTalks = openTalks;
    }

    public GitRepo repo(Call call) {
        return repositories.open(call.entry().id());
    }

    /** The frame at the default branch, which may have no commit yet. */
    public EntryFrame atHead(Call call, EntryFrame.Part current, String title) throws IOException {
        Entry entry = call.entry();
        return frame(call, current, title, entry.defaultBranch(), Revisions.head(repo(call), entry));
    }

    /**
     * The frame at the revision that a word means.
     *
     * @throws glasshouse.core.problem.Refusal REVISION_NOT_FOUND
     */
    public EntryFrame at(Call call, EntryFrame.Part current, String title, String word) throws IOException {
        if (word.equals("HEAD") || word.equals(call.entry().defaultBranch())) {
            return atHead(call, current, title);
        }
        RevisionId revision = Revisions.require(repo(call), call.entry(), word);
        return frame(call, current, title, word, Optional.of(revision));
    }

    /** The revision of a frame, where a page needs one. */
    public static RevisionId revision(EntryFrame frame) {
        return frame.revision()
                .orElseThrow(() -> Problem.of(
                                Code.REVISION_NOT_FOUND, "`" + frame.entry().name() + "` has no commit yet")
                        .mend("push to it, or upload a file")
                        .refusal());
    }

    private EntryFrame frame(
            Call call, EntryFrame.Part current, String title, String word, Optional<RevisionId> revision)
            throws IOException {
        Entry entry = call.entry();
        String section = entry.kind().pageSegment();
        String name = entry.name().toString();
        Layout layout = pages.layout(call, title.isEmpty() ? name : title + " · " + name)
                .in(section)
                .at(canonical(call, entry));
        int refs = repo(call)
                .jgit()
                .getRefDatabase()
                .getRefsByPrefix(Constants.R_HEADS, Constants.R_TAGS)
                .size();
        var rights = new EntryFrame.Rights(
                call.may(Action.READ_FILES),
                call.may(Action.DISCUSS),
                call.may(Action.WRITE),
                call.may(Action.ADMINISTER));
        return new EntryFrame(layout, entry, current, word, revision, refs, openTalks.applyAsLong(entry), rights);
    }

    /** Our own address for a page that answers under the Hub's forms as well. */
    private static String canonical(Call call, Entry entry) {
        String uri = call.uri();
        String own = "/" + entry.pagePath();
        int from = uri.startsWith("/" + EntryKind.MODEL.pageSegment() + "/")
                        || uri.startsWith("/datasets/")
                        || uri.startsWith("/spaces/")
                        || uri.startsWith("/code/")
                ? 3
                : 2;
        int at = 0;
        for (int i = 0; i < from && at >= 0; i++) {
            at = uri.indexOf('/', at + 1);
        }
        int query = uri.indexOf('?');
        String rest = at >= 0 ? uri.substring(at) : query >= 0 ? uri.substring(query) : "";
        return own + rest;
    }
}
