package glasshouse.hub.history;

import glasshouse.core.entry.RevisionId;
import glasshouse.hub.git.GitRepo;
import glasshouse.hub.git.Repositories;
import glasshouse.hub.git.Revisions;
import glasshouse.hub.web.Call;
import glasshouse.hub.web.Json;
import glasshouse.hub.web.Reply;
import java.io.IOException;
import java.time.Instant;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Lists commits, the latest first, a page at a time. */
final class CommitLog {
    private static final int PAGE = 50;
    private static final int MAX_PAGE = 1000;

    private final Repositories repositories;
    private final CommitCount counts = new CommitCount();

    CommitLog(Repositories repositories) {
        this.repositories = repositories;
    }

    Reply answer(Call call) throws IOException {
        GitRepo repo = repositories.open(call.entry().id());
        RevisionId revision = Revisions.require(repo, call.entry(), call.path("rev"));
        int limit = call.queryInt("limit", PAGE, 1, MAX_PAGE);
        int page = call.queryInt("p", 0, 0, CommitCount.MAX / limit);
        boolean formatted = call.queryAll("expand").contains("formatted");
        int total = counts.of(repo, revision);
        ArrayNode commits = Json.array();
        try (RevWalk walk = new RevWalk(repo.jgit())) {
            walk.markStart(walk.parseCommit(ObjectId.fromString(revision.value())));
            for (int skipped = 0; skipped < page * limit && walk.next() != null; skipped++) {
                // walks on
            }
            for (RevCommit commit; commits.size() < limit && (commit = walk.next()) != null; ) {
                walk.parseBody(commit);
                commits.add(json(commit, formatted));
            }
        }
        Reply reply = Reply.json(commits).header("X-Total-Count", Integer.toString(total));
        return (page + 1L) * limit >= total
                ? reply
                : reply.header("Link", "<" + next(call, revision, limit, page + 1, formatted) + ">; rel=\"next\"");
    }

    /** The next page is one of the same history, even if the branch moves on meanwhile. */
    private static String next(Call call, RevisionId revision, int limit, int page, boolean formatted) {
        return call.address()
                .link("/api/" + call.entry().kind().apiSegment() + "/"
                        + call.entry().name() + "/commits/" + revision + "?limit=" + limit + "&p=" + page
                        + (formatted ? "&expand%5B%5D=formatted" : ""));
    }

    private static ObjectNode json(RevCommit commit, boolean formatted) {
        String title = commit.getShortMessage();
        String full = commit.getFullMessage().strip();
        int end = full.indexOf("\n\n");
        String message = end < 0 ? "" : full.substring(end + 2).strip();
        ObjectNode json = Json.object()
                .put("id", commit.name())
                .put("title", title)
                .put("message", message)
                .put("date", Json.time(Instant.ofEpochSecond(commit.getCommitTime())));
        json.putArray("authors").addObject().put("user", commit.getAuthorIdent().getName());
        json.putArray("parents");
        for (RevCommit parent : commit.getParents()) {
            json.withArray("parents").add(parent.name());
        }
        if (formatted) {
            json.putObject("formatted").put("title", html(title)).put("message", html(message));
        }
        return json;
    }

    private static String html(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
