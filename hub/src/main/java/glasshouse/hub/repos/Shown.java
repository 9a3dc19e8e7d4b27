package glasshouse.hub.repos;

import glasshouse.core.entry.EntryKind;
import glasshouse.core.entry.RevisionId;
import glasshouse.format.card.CardFile;
import glasshouse.format.source.FormatFailure;
import glasshouse.hub.git.BlobSource;
import glasshouse.hub.git.GitRepo;
import glasshouse.hub.git.TreeItem;
import glasshouse.hub.git.TreeListing;
import glasshouse.hub.index.Entry;
import glasshouse.hub.web.Json;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevWalk;
import tools.jackson.databind.JsonNode;

/**
 * What is shown of an entry at a revision.
 *
 * @param card front matter of its {@code README.md}, a JSON object
 * @param weights {@code {"parameters", "total"}}, where they were counted
 */
record Shown(
        Optional<RevisionId> revision,
        Instant modifiedAt,
        JsonNode card,
        List<String> tags,
        Optional<JsonNode> weights) {
    private static final String CARD = "README.md";

    Shown {
        tags = List.copyOf(tags);
    }

    /** As the index knows the head: what lists show. It may be some moments behind a push. */
    static Shown ofIndex(Entry entry) {
        Entry.Head head = entry.head();
        return new Shown(
                head.revision(),
                head.modifiedAt(),
                Json.parse(head.card().getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                head.tags(),
                head.weights().map(text -> Json.parse(text.getBytes(java.nio.charset.StandardCharsets.UTF_8))));
    }

    /** As the repository has it now: what a client reads right after it pushed. */
    static Shown at(GitRepo repo, Entry entry, RevisionId revision, TreeListing trees) throws IOException {
        if (entry.head().revision().equals(Optional.of(revision))) {
            return ofIndex(entry);
        }
        JsonNode card = card(repo, revision, trees);
        return new Shown(
                Optional.of(revision), committedAt(repo, revision), card, tags(entry.kind(), card), Optional.empty());
    }

    private static List<String> tags(EntryKind kind, JsonNode card) {
        return CardTags.of(kind, card);
    }

    private static Instant committedAt(GitRepo repo, RevisionId revision) throws IOException {
        try (RevWalk walk = new RevWalk(repo.jgit())) {
            return walk.parseCommit(ObjectId.fromString(revision.value()))
                    .getCommitterIdent()
                    .getWhenAsInstant();
        }
    }

    /** The front matter at a revision; empty where there is none that can be read. */
    static JsonNode card(GitRepo repo, RevisionId revision, TreeListing trees) throws IOException {
        Optional<TreeItem> file = trees.find(repo, revision, CARD)
                .filter(item -> item.type() == TreeItem.Type.FILE
                        && item.pointer().isEmpty()
                        && item.blobBytes() <= BlobSource.MAX_BYTES);
        if (file.isEmpty()) {
            return Json.object();
        }
        try {
            CardFile card = CardFile.read(BlobSource.open(repo, file.get().oid()));
            return Json.mapper().valueToTree(card.plainMetadata());
        } catch (FormatFailure notACard) {
            return Json.object();
        }
    }
}
