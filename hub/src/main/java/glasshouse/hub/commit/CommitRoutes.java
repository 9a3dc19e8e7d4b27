package glasshouse.hub.commit;

import glasshouse.core.access.Action;
import glasshouse.hub.community.PullRequests;
import glasshouse.hub.git.Committer;
import glasshouse.hub.git.Quota;
import glasshouse.hub.git.Repositories;
import glasshouse.hub.git.TreeListing;
import glasshouse.hub.index.Discussions;
import glasshouse.hub.index.HeldObjects;
import glasshouse.hub.web.Call;
import glasshouse.hub.web.Guard;
import glasshouse.hub.web.Method;
import glasshouse.hub.web.Route;
import glasshouse.hub.web.Surface;
import glasshouse.store.object.ObjectStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Commits by the Hub's API, and what a client asks before one. */
public final class CommitRoutes {
    private final Preupload preupload;
    private final Commits commits;

    /**
     * @param temporary a folder for what does not fit into memory
     * @param regularFileBytes a file of this size or more goes to git-lfs
     */
    public CommitRoutes(
            Repositories repositories,
            TreeListing trees,
            Committer committer,
            PullRequests pullRequests,
            Discussions discussions,
            ObjectStore store,
            HeldObjects held,
            Quota quota,
            Path temporary,
            long regularFileBytes) {
        this.preupload = new Preupload(repositories, trees, regularFileBytes);
        this.commits = new Commits(new Commits.Needs(
                repositories,
                trees,
                committer,
                pullRequests,
                discussions,
                store,
                held,
                quota,
                temporary,
                regularFileBytes));
    }

    public List<Route> routes() {
        Guard change = new Guard.Found(Set.of(Action.WRITE, Action.PROPOSE), true, CommitRoutes::demands);
        return List.of(
                new Route(
                        Method.POST,
                        "/api/validate-yaml",
                        Surface.API,
                        Guard.anybody(),
                        ValidateYaml::answer,
                        "Whether the front matter of a card can be read: `{errors, warnings}`."),
                new Route(
                        Method.POST,
                        "/api/{kinds}/{entry}/preupload/{rev}",
                        Surface.API,
                        change,
                        preupload::answer,
                        "How files of a commit to come are to be sent: as regular files, or through git-lfs."),
                new Route(
                        Method.POST,
                        "/api/{kinds}/{entry}/commit/{rev}",
                        Surface.API,
                        change,
                        commits::commit,
                        "A commit on a branch, as lines of JSON; with `create_pr=1` as a new pull request."));
    }

    /** What is proposed needs less than what is written. Who may commit to a pull request is asked once it is known whose it is. */
    private static List<Guard.Demand> demands(Call call) {
        boolean proposal = call.queryFlag("create_pr") || call.path("rev").startsWith("refs/pr/");
        return List.of(new Guard.Demand.OnEntry(proposal ? Action.PROPOSE : Action.WRITE, call.entry()));
    }
}
