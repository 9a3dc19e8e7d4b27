package glasshouse.hub.download;

import glasshouse.core.access.Action;
import glasshouse.core.entry.RevisionId;
import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import glasshouse.hub.git.BlobSource;
import glasshouse.hub.git.GitRepo;
import glasshouse.hub.git.LfsPointer;
import glasshouse.hub.git.Repositories;
import glasshouse.hub.git.Revisions;
import glasshouse.hub.git.TreeItem;
import glasshouse.hub.git.TreeListing;
import glasshouse.hub.index.Downloads;
import glasshouse.hub.index.Entry;
import glasshouse.hub.index.HeldObjects;
import glasshouse.hub.index.People.Account;
import glasshouse.hub.web.Call;
import glasshouse.hub.web.Guard;
import glasshouse.hub.web.Method;
import glasshouse.hub.web.Place;
import glasshouse.hub.web.Reply;
import glasshouse.hub.web.Route;
import glasshouse.hub.web.Surface;
import glasshouse.store.object.ObjectStore;
import glasshouse.store.object.Sha256;
import glasshouse.store.object.StoredObject;
import java.io.IOException;
import java.util.List;

/** Serves files. */
public final class DownloadRoutes {
    private final Repositories repositories;
    private final TreeListing trees;
    private final ObjectStore store;
    private final HeldObjects held;
    private final Downloads downloads;

    public DownloadRoutes(
            Repositories repositories, TreeListing trees, ObjectStore store, HeldObjects held, Downloads downloads) {
        this.repositories = repositories;
        this.trees = trees;
        this.store = store;
        this.held = held;
        this.downloads = downloads;
    }

    public List<Route> routes() {
        return List.of(
                new Route(
                        Method.GET,
                        "/{entry}/resolve/{rev}/{path*}",
                        Surface.FILE,
                        Guard.entry(Action.READ_FILES),
                        this::resolve,
                        "A file, large ones in full; takes `Range`, `If-None-Match`, `If-Range`; `?download=true` to save it."),
                new Route(
                        Method.GET,
                        "/{entry}/raw/{rev}/{path*}",
                        Surface.FILE,
                        Guard.entry(Action.READ_FILES),
                        this::raw,
                        "A file as git holds it: of a large one, its pointer."));
    }

    private Reply resolve(Call call) throws IOException {
        GitRepo repo = repositories.open(call.entry().id());
        TreeItem item = find(call, repo);
        Content content = item.pointer().isPresent()
                ? large(call.entry(), item, item.pointer().get())
                : blob(repo, item);
        if (!call.isHead()) {
            downloads.count(
                    call.entry().id(), call.caller().account().map(Account::id).orElseGet(call::remote));
        }
        return FileReply.of(call, item.fileName(), ContentTypes.of(item.fileName()), content);
    }

    private Reply raw(Call call) throws IOException {
        GitRepo repo = repositories.open(call.entry().id());
        TreeItem item = find(call, repo);
        return FileReply.of(call, item.fileName(), ContentTypes.raw(), blob(repo, item));
    }

    private TreeItem find(Call call, GitRepo repo) throws IOException {
        Place place = Place.of(call);
        RevisionId revision = Revisions.require(repo, call.entry(), place.revision());
        // Also where the file is not there: a client remembers for which revision it is not.
        call.note("X-Repo-Commit", revision.value());
        return trees.find(repo, revision, place.path())
                .filter(item -> !item.isFolder() && item.type() != TreeItem.Type.SUBMODULE)
                .orElseThrow(() -> Problem.of(
                                Code.ARTEFACT_NOT_FOUND,
                                "no file `" + place.path() + "` in `"
                                        + call.entry().name() + "` at `" + place.revision() + "`")
                        .refusal());
    }

    private static Content blob(GitRepo repo, TreeItem item) {
        return new Content(
                item.oid(),
                item.blobBytes(),
                false,
                (from, length, to) -> BlobSource.transfer(repo, item.oid(), from, length, to));
    }

    private Content large(Entry entry, TreeItem item, LfsPointer pointer) throws IOException {
        Sha256 sha256 = new Sha256(pointer.sha256().hex());
        // INVARIANT: a pointer alone gives nobody an object: whoever can guess a digest could read what others hide.
        boolean here =
                held.holds(entry.id(), sha256.hex()) && store.sizeBytes(sha256).orElse(-1) == pointer.sizeBytes();
        if (!here) {
            throw missing(item, pointer);
        }
        return new Content(sha256.hex(), pointer.sizeBytes(), true, (from, length, to) -> {
            try (StoredObject object =
                    store.open(sha256).orElseThrow(() -> new IOException("the object " + sha256 + " has gone"))) {
                object.transferTo(from, length, to);
            }
        });
    }

    private static RuntimeException missing(TreeItem item, LfsPointer pointer) {
        return Problem.of(Code.NOT_FOUND, "the content of `" + item.path() + "` is not here")
                .because("it points to the object sha256:" + pointer.sha256().hex()
                        + ", which was not uploaded to this entry" + " or was deleted")
                .mend("upload the file again")
                .refusal();
    }
}
