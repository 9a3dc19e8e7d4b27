package glasshouse.hub.history;

import glasshouse.hub.git.GitRepo;
import glasshouse.hub.git.Repositories;
import glasshouse.hub.web.Call;
import glasshouse.hub.web.Json;
import glasshouse.hub.web.Reply;
import java.io.IOException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefDatabase;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Lists branches, tags and pull requests. */
final class RefList {
    private static final String CONVERTS = "refs/convert/";
    private static final String PULL_REQUESTS = "refs/pr/";

    private final Repositories repositories;

    RefList(Repositories repositories) {
        this.repositories = repositories;
    }

    Reply answer(Call call) throws IOException {
        GitRepo repo = repositories.open(call.entry().id());
        ObjectNode answer = Json.object();
        list(repo, Constants.R_HEADS, Constants.R_HEADS, answer.putArray("branches"));
        list(repo, CONVERTS, CONVERTS, answer.putArray("converts"));
        list(repo, Constants.R_TAGS, Constants.R_TAGS, answer.putArray("tags"));
        if (call.queryFlag("include_prs")) {
            // A pull request has no name but its ref.
            list(repo, PULL_REQUESTS, "", answer.putArray("pullRequests"));
        }
        return Reply.json(answer);
    }

    private static void list(GitRepo repo, String prefix, String leftOut, ArrayNode into) throws IOException {
        RefDatabase refs = repo.jgit().getRefDatabase();
        for (Ref ref : refs.getRefsByPrefix(prefix)) {
            ObjectId target = ref.getObjectId();
            if (target == null) {
                continue;
            }
            if (prefix.equals(Constants.R_TAGS)) {
                ObjectId peeled = refs.peel(ref).getPeeledObjectId();
                target = peeled == null ? target : peeled;
            }
            into.addObject()
                    .put("name", ref.getName().substring(leftOut.length()))
                    .put("ref", ref.getName())
                    .put("targetCommit", target.name());
        }
    }
}
