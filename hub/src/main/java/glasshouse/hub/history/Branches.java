package glasshouse.hub.history;

import glasshouse.core.entry.RevisionId;
import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import glasshouse.hub.git.Committer;
import glasshouse.hub.git.Committer.Message;
import glasshouse.hub.git.GitRepo;
import glasshouse.hub.git.Repositories;
import glasshouse.hub.git.Revisions;
import glasshouse.hub.index.Entry;
import glasshouse.hub.web.Call;
import glasshouse.hub.web.Json;
import glasshouse.hub.web.Reply;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Ref;
import tools.jackson.databind.JsonNode;

/** Makes, deletes and squashes branches. */
final class Branches {
    private final Repositories repositories;
    private final Committer committer;

    Branches(Repositories repositories, Committer committer) {
        this.repositories = repositories;
        this.committer = committer;
    }

    Reply create(Call call) throws IOException {
        Entry entry = call.entry();
        String name = call.path("branch");
        JsonNode body = call.jsonOrEmpty();
        String start = body.path("startingPoint").asString("");
        boolean empty = body.path("emptyBranch").asBoolean(false);
        GitRepo repo = repositories.open(entry.id());
        repo.writing().lock();
        try {
            String ref = RefNames.checked(Constants.R_HEADS, name);
            Optional<RevisionId> before = Committer.head(repo, ref);
            boolean overwrite = before.isPresent() && body.path("overwrite").asBoolean(false);
            if (overwrite && start.isEmpty() && !empty) {
                return made(call, name);
            }
            if (!overwrite) {
                RefNames.fresh(repo, Constants.R_HEADS, name);
            }
            RevisionId target = empty
                    ? committer.commitTree(
                            repo, Constants.EMPTY_TREE_ID, List.of(), new Message(call.account(), "initial commit"))
                    : Revisions.require(repo, entry, start.isEmpty() ? Constants.HEAD : start);
            committer.move(repo, ref, before, Optional.of(target), false);
            return made(call, name);
        } finally {
            repo.writing().unlock();
        }
    }

    private static Reply made(Call call, String name) {
        return Reply.json(Json.object()
                .put("success", true)
                .put(
                        "url",
                        call.address()
                                .link("/" + call.entry().hubPath() + "/tree/"
                                        + glasshouse.hub.web.Address.encodeSegment(name))));
    }

    /** Whether a call to {@link #create} would throw away what the default branch has. */
    static boolean overwritesDefault(Call call) throws IOException {
        return call.path("branch").equals(call.entry().defaultBranch())
                && call.jsonOrEmpty().path("overwrite").asBoolean(false);
    }

    Reply delete(Call call) throws IOException {
        Entry entry = call.entry();
        String name = call.path("branch");
        if (name.equals(entry.defaultBranch())) {
            throw Problem.of(Code.FORBIDDEN, "Cannot delete refs/heads/" + name)
                    .because("it is the default branch")
                    .mend("choose another default branch first")
                    .refusal();
        }
        GitRepo repo = repositories.open(entry.id());
        repo.writing().lock();
        try {
            Ref ref = RefNames.require(repo, entry, Constants.R_HEADS, name);
            committer.delete(repo, ref, new RevisionId(ref.getObjectId().name()));
        } finally {
            repo.writing().unlock();
        }
        return Reply.json(Json.object().put("success", true));
    }

    /** Makes one commit without a past of all that a branch has. */
    Reply squash(Call call) throws IOException {
        Entry entry = call.entry();
        GitRepo repo = repositories.open(entry.id());
        String message = call.jsonOrEmpty().path("message").asString("").strip();
        repo.writing().lock();
        try {
            String ref = Revisions.ref(repo, entry, call.path("branch"))
                    .map(Ref::getName)
                    .filter(found -> !found.startsWith(Constants.R_TAGS))
                    .orElseThrow(() -> RefNames.missing(entry, "branch", call.path("branch")));
            RevisionId head =
                    Committer.head(repo, ref).orElseThrow(() -> RefNames.missing(entry, "branch", call.path("branch")));
            String text = message.isEmpty() ? "Super-squash branch '" + call.path("branch") + "'" : message;
            RevisionId squashed = committer.commitTree(
                    repo, Committer.tree(repo, head), List.of(), new Message(call.account(), text.replace("\0", "")));
            committer.move(repo, ref, Optional.of(head), Optional.of(squashed), false);
            return Reply.json(Json.object().put("success", true).put("commitOid", squashed.value()));
        } finally {
            repo.writing().unlock();
        }
    }
}
