package glasshouse.hub.history;

import glasshouse.core.entry.RevisionId;
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
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Ref;
import tools.jackson.databind.JsonNode;

/** Makes and deletes tags. */
final class Tags {
    private final Repositories repositories;
    private final Committer committer;

    Tags(Repositories repositories, Committer committer) {
        this.repositories = repositories;
        this.committer = committer;
    }

    Reply create(Call call) throws IOException {
        Entry entry = call.entry();
        GitRepo repo = repositories.open(entry.id());
        RevisionId revision = Revisions.require(repo, entry, call.path("rev"));
        JsonNode body = call.jsonOrEmpty();
        String name = body.path("tag").asString("");
        Optional<Message> message = Optional.of(body.path("message").asString(""))
                .filter(text -> !text.isBlank())
                .map(text -> new Message(call.account(), text.replace("\0", "")));
        repo.writing().lock();
        try {
            RefNames.fresh(repo, Constants.R_TAGS, name);
            committer.tag(repo, name, revision, message);
        } finally {
            repo.writing().unlock();
        }
        return Reply.json(Json.object().put("success", true));
    }

    Reply delete(Call call) throws IOException {
        Entry entry = call.entry();
        GitRepo repo = repositories.open(entry.id());
        String name = call.path("tag");
        repo.writing().lock();
        try {
            Ref ref = RefNames.require(repo, entry, Constants.R_TAGS, name);
            RevisionId revision = Revisions.find(repo, entry, ref.getName())
                    .orElseGet(() -> new RevisionId(ref.getObjectId().name()));
            committer.delete(repo, ref, revision);
        } finally {
            repo.writing().unlock();
        }
        return Reply.json(Json.object().put("success", true));
    }
}
