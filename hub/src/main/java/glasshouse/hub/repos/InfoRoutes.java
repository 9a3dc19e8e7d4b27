package glasshouse.hub.repos;

import glasshouse.core.access.Action;
import glasshouse.core.entry.RevisionId;
import glasshouse.hub.git.GitRepo;
import glasshouse.hub.git.Repositories;
import glasshouse.hub.git.Revisions;
import glasshouse.hub.git.TreeListing;
import glasshouse.hub.index.Downloads;
import glasshouse.hub.index.Entry;
import glasshouse.hub.recent.Recent;
import glasshouse.hub.web.Call;
import glasshouse.hub.web.Guard;
import glasshouse.hub.web.Json;
import glasshouse.hub.web.Method;
import glasshouse.hub.web.Reply;
import glasshouse.hub.web.Route;
import glasshouse.hub.web.Surface;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** What an entry is, as a whole, now or at a revision. */
public final class InfoRoutes {
    private static final long RECENT_BYTES = 16L << 20;

    private final Repositories repositories;
    private final TreeListing trees;
    private final Downloads downloads;
    private final Siblings siblings;
    private final Recent<Question, byte[]> recent = new Recent<>(RECENT_BYTES, json -> json.length);

    /** Everything that an answer depends on. */
    private record Question(
            Entry entry,
            Optional<RevisionId> revision,
            List<String> fields,
            boolean blobs,
            boolean securityStatus,
            Downloads.Count downloads) {}

    public InfoRoutes(Repositories repositories, TreeListing trees, Downloads downloads) {
        this.repositories = repositories;
        this.trees = trees;
        this.downloads = downloads;
        this.siblings = new Siblings(trees);
    }

    public List<Route> routes() {
        return List.of(
                new Route(
                        Method.GET,
                        "/api/{kinds}/{entry}",
                        Surface.API,
                        Guard.entry(Action.SEE),
                        call -> info(call, "HEAD"),
                        "An entry at the head of its default branch; `expand` for chosen fields alone, `blobs` for sizes."),
                new Route(
                        Method.GET,
                        "/api/{kinds}/{entry}/revision/{rev}",
                        Surface.API,
                        Guard.entry(Action.SEE),
                        call -> info(call, call.path("rev")),
                        "An entry at a revision: branch, tag, commit or `refs/…`."),
                new Route(
                        Method.GET,
                        "/api/{kinds}/{entry}/auth-check",
                        Surface.API,
                        Guard.entry(Action.READ_FILES),
                        call -> Reply.json(Json.object()),
                        "Whether the caller may read the files of an entry: 200, or why not."),
                new Route(
                        Method.GET,
                        "/api/{kinds}/{entry}/auth-check/write",
                        Surface.API,
                        Guard.entry(Action.WRITE),
                        call -> Reply.json(Json.object()),
                        "Whether the caller may change an entry: 200, or why not."));
    }

    private Reply info(Call call, String word) throws IOException {
        Entry entry = call.entry();
        List<String> expand = call.queryAll("expand");
        List<String> fields =
                expand.isEmpty() ? InfoFields.whole(entry.kind()) : InfoFields.asked(entry.kind(), expand);
        GitRepo repo = repositories.open(entry.id());
        // An entry made elsewhere can be without a commit; it is still there, and has no files.
        Optional<RevisionId> revision =
                word.equals("HEAD") ? Revisions.head(repo, entry) : Optional.of(Revisions.require(repo, entry, word));
        boolean blobs = call.queryFlag("blobs");
        boolean security = call.queryFlag("securityStatus");
        Question question = new Question(entry, revision, fields, blobs, security, downloads.of(entry.id()));
        Optional<byte[]> known = recent.get(question);
        byte[] answer = known.isPresent() ? known.get() : Json.bytes(answer(repo, question));
        if (known.isEmpty()) {
            recent.keep(question, answer);
        }
        return Reply.jsonBytes(answer);
    }

    private ObjectNode answer(GitRepo repo, Question question) throws IOException {
        Entry entry = question.entry();
        Optional<RevisionId> revision = question.revision();
        Shown shown = revision.isPresent() ? Shown.at(repo, entry, revision.get(), trees) : Shown.ofIndex(entry);
        ObjectNode answer = InfoFields.answer(
                new InfoFields.Subject(entry, shown, question.downloads(), () -> {
                    if (revision.isEmpty()) {
                        return Json.array();
                    }
                    return question.blobs()
                            ? siblings.withBlobs(repo, revision.get(), Siblings.MAX)
                            : siblings.names(repo, revision.get(), Siblings.MAX);
                }),
                question.fields());
        if (question.securityStatus()) {
            // No inspector looks for malware yet, and the answer says so.
            answer.putObject("securityRepoStatus").put("scansDone", false).putArray("filesWithIssues");
        }
        return answer;
    }
}
