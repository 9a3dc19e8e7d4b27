package glasshouse.hub.lfs;

import glasshouse.core.access.Action;
import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import glasshouse.hub.account.Secrets;
import glasshouse.hub.git.Quota;
import glasshouse.hub.index.Entries;
import glasshouse.hub.index.HeldObjects;
import glasshouse.hub.index.People;
import glasshouse.hub.web.BodyLimit;
import glasshouse.hub.web.Call;
import glasshouse.hub.web.Guard;
import glasshouse.hub.web.Handler;
import glasshouse.hub.web.Json;
import glasshouse.hub.web.Method;
import glasshouse.hub.web.Reply;
import glasshouse.hub.web.Route;
import glasshouse.hub.web.Surface;
import glasshouse.store.object.ObjectStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/** What git-lfs asks for, and the Hub's clients where they upload large files. */
public final class LfsRoutes {
    /** The name of the setting that holds the key of signed addresses. */
    private static final String KEY = "lfs-link-key";

    private static final String MEDIA_TYPE = "application/vnd.git-lfs+json";

    private final Batch batch;
    private final Uploads uploads;
    private final Downloads downloads;
    private final PartFiles parts;

    /** @param temporary a folder of its own, which is emptied; parts of uploads lie there until all have come */
    public LfsRoutes(
            ObjectStore store,
            HeldObjects held,
            Entries entries,
            People people,
            Quota quota,
            Path temporary,
            InstantSource clock)
            throws IOException {
        SignedLinks links = new SignedLinks(people.setting(KEY, Secrets::letters), people, clock);
        PartPlan plan = PartPlan.STANDARD;
        this.parts = new PartFiles(temporary, plan, store, clock);
        this.batch = new Batch(store, held, quota, links, plan);
        this.uploads = new Uploads(store, held, entries, quota, links, parts, clock);
        this.downloads = new Downloads(store, held, links);
    }

    /** Removes parts of uploads that nobody goes on with. Called from time to time. */
    public void expire() throws IOException {
        parts.expire();
    }

    public List<Route> routes() {
        return List.of(
                new Route(
                        Method.POST,
                        "/{entry}/info/lfs/objects/batch",
                        Surface.LFS,
                        new Guard.Found(Set.of(Action.READ_FILES, Action.PROPOSE), true, LfsRoutes::demand),
                        call -> typed(batch.answer(call)),
                        "Where to send or get large files: a list of signed addresses."),
                entry(
                        Method.GET,
                        "locks",
                        Action.READ_FILES,
                        call -> typed(Json.object().set("locks", Json.array())),
                        "Locks of git-lfs: there are none."),
                // What git-lfs takes as "no locks here" without a word to the user; a list would make it praise them.
                entry(
                        Method.POST,
                        "locks/verify",
                        Action.WRITE,
                        call -> noLocks(),
                        "Locks of git-lfs: there are none."),
                entry(Method.POST, "locks", Action.WRITE, call -> noLocks(), "Locks of git-lfs: none can be taken."),
                signed(Method.PUT, "", uploads::put, "Takes a large file, or a part of one; the address is signed."),
                signed(
                        Method.POST,
                        "/complete",
                        uploads::complete,
                        "Puts the parts of an upload together; the address is signed."),
                signed(
                        Method.POST,
                        "/verify",
                        uploads::verify,
                        "Whether an upload has arrived; the address is signed."),
                signed(
                        Method.GET,
                        "",
                        downloads::get,
                        "Gives a large file, or a range of one; the address is signed."));
    }

    private static Route entry(Method method, String path, Action action, Handler handler, String about) {
        return new Route(method, "/{entry}/info/lfs/" + path, Surface.LFS, Guard.entry(action), handler, about);
    }

    /** Who may was decided when the address was signed; without a signature nobody may. */
    private static Route signed(Method method, String end, Handler handler, String about) {
        return new Route(method, "/lfs/{id}/{oid}" + end, Surface.LFS, Guard.anybody(), handler, about);
    }

    private static List<Guard.Demand> demand(Call call) throws IOException {
        Action action = switch (call.json(BodyLimit.LIST).path("operation").asString("")) {
            case "download" -> Action.READ_FILES;
            // Whoever may propose a change may send what it needs.
            case "upload" -> call.may(Action.WRITE) ? Action.WRITE : Action.PROPOSE;
            default ->
                throw Problem.of(Code.INVALID, "`operation` is neither `upload` nor `download`")
                        .refusal();
        };
        return List.of(new Guard.Demand.OnEntry(action, call.entry()));
    }

    private static Reply noLocks() {
        throw Problem.of(Code.NOT_FOUND, "locks are not kept here").refusal();
    }

    private static Reply typed(Object json) {
        return Reply.bytes(200, MEDIA_TYPE, Json.bytes(json));
    }
}
