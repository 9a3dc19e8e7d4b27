package glasshouse.hub;

import glasshouse.core.problem.Problem;
import glasshouse.hub.account.SignIn;
import glasshouse.hub.community.DiscussionRoutes;
import glasshouse.hub.community.Merging;
import glasshouse.hub.community.PullRequests;
import glasshouse.hub.community.Talk;
import glasshouse.hub.download.DownloadRoutes;
import glasshouse.hub.gate.AccessRequests;
import glasshouse.hub.gate.GateRoutes;
import glasshouse.hub.git.BlobFacts;
import glasshouse.hub.git.Committer;
import glasshouse.hub.git.LargeTrees;
import glasshouse.hub.git.Quota;
import glasshouse.hub.git.Repositories;
import glasshouse.hub.git.TreeListing;
import glasshouse.hub.index.Credentials;
import glasshouse.hub.index.Database;
import glasshouse.hub.index.Discussions;
import glasshouse.hub.index.Downloads;
import glasshouse.hub.index.Entries;
import glasshouse.hub.index.Governance;
import glasshouse.hub.index.HeldObjects;
import glasshouse.hub.index.People;
import glasshouse.hub.later.LaterRoutes;
import glasshouse.hub.people.PeopleRoutes;
import glasshouse.hub.people.Profiles;
import glasshouse.hub.repos.Duplication;
import glasshouse.hub.repos.EntryRoutes;
import glasshouse.hub.repos.InfoRoutes;
import glasshouse.hub.repos.Lifecycle;
import glasshouse.hub.repos.ListRoutes;
import glasshouse.hub.repos.TagRoutes;
import glasshouse.hub.server.Addresses;
import glasshouse.hub.server.Credential;
import glasshouse.hub.server.Dispatcher;
import glasshouse.hub.server.Gatekeeper;
import glasshouse.hub.server.HubServer;
import glasshouse.hub.server.Journal;
import glasshouse.hub.server.Problems;
import glasshouse.hub.server.Router;
import glasshouse.hub.tree.TreeRoutes;
import glasshouse.hub.watch.WatchRoutes;
import glasshouse.hub.web.Reply;
import glasshouse.hub.web.Route;
import glasshouse.store.disk.RealDisk;
import glasshouse.store.object.FolderStore;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The whole server, wired by hand: settings, disk, stores, index, services, routes, server. Opened and closed once; between the two
 * safe for many threads.
 */
public final class Hub implements AutoCloseable {
    private static final long LARGE_TREES_BYTES = 128L << 20;
    private static final long STORE_RESERVE_BYTES = 64L << 20;

    private final DataFolder folder;
    private final Database peopleDatabase;
    private final Database indexDatabase;
    private final Repositories repositories;
    private final FolderStore store;
    private final Downloads downloads;
    private final HubServer server;
    private final List<Route> routes;
    private final Parts parts;

    /** What tests and commands may use directly, beside the routes. */
    public record Parts(
            People people,
            Credentials credentials,
            Entries entries,
            Governance governance,
            Repositories repositories,
            TreeListing trees,
            Committer committer,
            Lifecycle lifecycle,
            PullRequests pullRequests,
            HeldObjects held,
            Downloads downloads) {}

    private Hub(
            HubConfig config,
            InstantSource clock,
            Consumer<String> requestLog,
            UnaryOperator<Route> each,
            DataFolder folder)
            throws IOException {
        this.folder = folder;

        // databases
        peopleDatabase = Database.people(config.database());
        indexDatabase = Database.index(config.database());
        People people = new People(peopleDatabase);
        Credentials credentials = new Credentials(peopleDatabase);
        Governance governance = new Governance(peopleDatabase);
        Entries entries = new Entries(indexDatabase);

        // bytes
        store = FolderStore.open(new RealDisk(), folder.store(), STORE_RESERVE_BYTES);
        HeldObjects held = new HeldObjects(indexDatabase);
        downloads = new Downloads(peopleDatabase, clock);

        // repositories
        repositories = new Repositories(folder.repos());
        repositories.recover();
        TreeListing trees = new TreeListing(new BlobFacts(), new LargeTrees(LARGE_TREES_BYTES));
        Committer committer = new Committer(clock, (entry, changes) -> {});
        Lifecycle lifecycle = new Lifecycle(repositories, entries, governance, committer, clock);
        lifecycle.recover();
        Quota quota = new Quota(people, entries, held, repositories, limits(config));
        Duplication duplication = new Duplication(repositories, held, quota, lifecycle, committer, clock);

        // what people do around entries
        Discussions discussions = new Discussions(peopleDatabase);
        PullRequests pullRequests = new PullRequests(repositories, discussions, committer, clock);
        Talk talk = new Talk(discussions, clock);
        Merging merging = new Merging(repositories, discussions, committer, clock);
        AccessRequests accessRequests = new AccessRequests(governance, people, clock);

        // who may
        SignIn signIn = new SignIn(people, credentials, clock);
        Gatekeeper gatekeeper = new Gatekeeper(entries, governance);

        // routes and server
        Journal journal = new Journal(clock, requestLog);
        routes = Stream.of(
                        // entries as wholes, and people
                        new EntryRoutes(entries, people, lifecycle, duplication).routes(),
                        new InfoRoutes(repositories, trees, downloads).routes(),
                        new ListRoutes(entries, downloads, repositories, trees, clock).routes(),
                        new TagRoutes(entries).routes(),
                        new PeopleRoutes(people).routes(),
                        new Profiles(people, entries).routes(),
                        // what people do around entries
                        new GateRoutes(accessRequests, governance).routes(),
                        new DiscussionRoutes(repositories, discussions, pullRequests, talk, merging).routes(),
                        new LaterRoutes().routes(),
                        // what is in an entry
                        new TreeRoutes(repositories, trees).routes(),
                        new DownloadRoutes(repositories, trees, store, held, downloads).routes(),
                        // the server itself
                        new WatchRoutes(peopleDatabase, indexDatabase, journal).routes())
                .flatMap(List::stream)
                .map(each)
                .toList();
        server = new HubServer(
                config.server(),
                new Dispatcher(
                        new Router(routes),
                        new Credential(signIn),
                        gatekeeper,
                        new Addresses(config.server()),
                        new Problems(Hub::plainPage),
                        journal,
                        config.server()));
        parts = new Parts(
                people,
                credentials,
                entries,
                governance,
                repositories,
                trees,
                committer,
                lifecycle,
                pullRequests,
                held,
                downloads);
    }

    /**
     * Opens the data folder and everything in it; nothing listens yet.
     *
     * @param requestLog takes a line of JSON per request
     * @throws glasshouse.core.problem.Refusal CONFLICT where another process has the folder
     */
    public static Hub open(HubConfig config, InstantSource clock, Consumer<String> requestLog) throws IOException {
        return open(config, clock, requestLog, route -> route);
    }

    /**
     * As above.
     *
     * @param each changes each route before it is served: for tests of what stands in front of the handlers
     */
    public static Hub open(
            HubConfig config, InstantSource clock, Consumer<String> requestLog, UnaryOperator<Route> each)
            throws IOException {
        DataFolder folder = DataFolder.take(config.data());
        try {
            return new Hub(config, clock, requestLog, each, folder);
        } catch (IOException | RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    private static Quota.Limits limits(HubConfig config) {
        HubConfig.Limits limits = config.limits();
        return new Quota.Limits(limits.fileBytes(), limits.entryBytes(), limits.namespaceBytes());
    }

    private static Reply plainPage(int status, Problem problem, String requestId, boolean signedIn) {
        return Reply.text(status, problem.sentence() + "\nrequest " + requestId + "\n");
    }

    /** Starts to answer. */
    public void start() {
        server.start();
    }

    /** The port that is listened on. */
    public int port() {
        return server.port();
    }

    /** Everything that can be asked, for the reference and the tests. */
    public List<Route> routes() {
        return routes;
    }

    public Parts parts() {
        return parts;
    }

    /** Finishes what runs, refuses what comes, then lets go of the data folder. */
    @Override
    public void close() throws IOException {
        server.close();
        downloads.close();
        repositories.close();
        indexDatabase.close();
        peopleDatabase.close();
        folder.close();
    }
}
