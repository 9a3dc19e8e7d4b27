package glasshouse.hub.history;

import glasshouse.core.access.Action;
import glasshouse.hub.git.Committer;
import glasshouse.hub.git.Quota;
import glasshouse.hub.git.Repositories;
import glasshouse.hub.index.Entries;
import glasshouse.hub.index.HeldObjects;
import glasshouse.hub.web.Call;
import glasshouse.hub.web.Guard;
import glasshouse.hub.web.Guard.Demand;
import glasshouse.hub.web.Handler;
import glasshouse.hub.web.Method;
import glasshouse.hub.web.Route;
import glasshouse.hub.web.Surface;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/** Refs and commits, branches and tags, and the large files of a whole history. */
public final class HistoryRoutes {
    private static final String ENTRY = "/api/{kinds}/{entry}/";

    private final RefList refs;
    private final CommitLog commits;
    private final Branches branches;
    private final Tags tags;
    private final LargeFiles largeFiles;

    public HistoryRoutes(
            Repositories repositories,
            Committer committer,
            Entries entries,
            HeldObjects held,
            Quota quota,
            InstantSource clock) {
        this.refs = new RefList(repositories);
        this.commits = new CommitLog(repositories);
        this.branches = new Branches(repositories, committer);
        this.tags = new Tags(repositories, committer);
        this.largeFiles = new LargeFiles(repositories, committer, entries, held, quota, clock);
    }

    public List<Route> routes() {
        Guard see = Guard.entry(Action.SEE);
        Guard write = Guard.entry(Action.WRITE);
        Guard rewrite = Guard.entry(Action.REWRITE);
        Guard branch = new Guard.Found(Set.of(Action.WRITE, Action.REWRITE), true, HistoryRoutes::branchDemands);
        Guard squash = new Guard.Found(Set.of(Action.WRITE, Action.REWRITE), true, HistoryRoutes::squashDemands);
        Guard give = new Guard.Found(Set.of(Action.READ_FILES, Action.WRITE), true, largeFiles::duplicateDemands);
        return List.of(
                route(
                        Method.GET,
                        "refs",
                        see,
                        refs::answer,
                        "Branches and tags; with `include_prs=1` pull requests too."),
                route(
                        Method.GET,
                        "commits/{rev*}",
                        see,
                        commits::answer,
                        "Commits, the latest first; `limit`, `p` (page), `expand[]=formatted`; the number of all in `X-Total-Count`."),
                route(
                        Method.POST,
                        "branch/{branch*}",
                        branch,
                        branches::create,
                        "Makes a branch at `startingPoint`, or empty (`emptyBranch`); `overwrite` moves one that is there."),
                route(
                        Method.DELETE,
                        "branch/{branch*}",
                        write,
                        branches::delete,
                        "Deletes a branch, not the default one."),
                route(Method.POST, "tag/{rev*}", write, tags::create, "Makes a tag `{tag, message?}` at a revision."),
                route(Method.DELETE, "tag/{tag*}", write, tags::delete, "Deletes a tag."),
                route(
                        Method.POST,
                        "super-squash/{branch*}",
                        squash,
                        branches::squash,
                        "Makes one commit without a past of all that a branch has."),
                route(
                        Method.GET,
                        "lfs-files",
                        write,
                        largeFiles::list,
                        "The large files that the entry holds, with where they are."),
                route(
                        Method.POST,
                        "lfs-files/batch",
                        rewrite,
                        largeFiles::deleteMany,
                        "Deletes large files for good; with `rewriteHistory` out of all revisions too."),
                route(
                        Method.POST,
                        "lfs-files/duplicate",
                        give,
                        largeFiles::duplicate,
                        "Gives large files to another entry without their bytes being sent."),
                route(
                        Method.DELETE,
                        "lfs-files/{sha}",
                        rewrite,
                        largeFiles::deleteOne,
                        "Deletes one large file for good."));
    }

    private static Route route(Method method, String path, Guard guard, Handler handler, String about) {
        return new Route(method, ENTRY + path, Surface.API, guard, handler, about);
    }

    private static List<Demand> branchDemands(Call call) throws IOException {
        Action action = Branches.overwritesDefault(call) ? Action.REWRITE : Action.WRITE;
        return List.of(new Demand.OnEntry(action, call.entry()));
    }

    private static List<Demand> squashDemands(Call call) {
        String branch = call.path("branch");
        String main = call.entry().defaultBranch();
        boolean rewrites = branch.equals(main) || branch.equals("refs/heads/" + main) || branch.equals("HEAD");
        return List.of(new Demand.OnEntry(rewrites ? Action.REWRITE : Action.WRITE, call.entry()));
    }
}
