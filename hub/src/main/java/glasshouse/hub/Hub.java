package glasshouse.hub;

import glasshouse.hub.account.Accounts;
import glasshouse.hub.account.Passwords;
import glasshouse.hub.account.SignIn;
import glasshouse.hub.account.Tokens;
import glasshouse.hub.community.PullRequests;
import glasshouse.hub.download.DownloadRoutes;
import glasshouse.hub.git.BlobFacts;
import glasshouse.hub.git.Committer;
import glasshouse.hub.git.LargeTrees;
import glasshouse.hub.git.Quota;
import glasshouse.hub.git.RefWatch;
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
import glasshouse.hub.lfs.LfsRoutes;
import glasshouse.hub.page.Assets;
import glasshouse.hub.page.Pages;
import glasshouse.hub.people.PeopleRoutes;
import glasshouse.hub.repos.EntryRoutes;
import glasshouse.hub.repos.InfoRoutes;
import glasshouse.hub.repos.Lifecycle;
import glasshouse.hub.repos.ListRoutes;
import glasshouse.hub.server.Addresses;
import glasshouse.hub.server.Credential;
import glasshouse.hub.server.Dispatcher;
import glasshouse.hub.server.Gatekeeper;
import glasshouse.hub.server.HubServer;
import glasshouse.hub.server.Journal;
import glasshouse.hub.server.Problems;
import glasshouse.hub.server.Router;
import glasshouse.hub.transport.Fetches;
import glasshouse.hub.transport.Pushes;
import glasshouse.hub.transport.TransportRoutes;
import glasshouse.hub.tree.TreeRoutes;
import glasshouse.hub.watch.WatchRoutes;
import glasshouse.hub.web.Route;
import glasshouse.store.disk.RealDisk;
import glasshouse.store.object.FolderStore;
import glasshouse.store.object.ObjectStore;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The whole server, wired by hand: settings, disk, stores, index, services, routes, server. Opened and closed once; between the two
 * safe for many threads.
 */
public final class Hub implements AutoCloseable {
    private static final long LARGE_TREES_BYTES = 128L << 20;
    /** What is left of the disk for the databases and repositories when objects fill it. */
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
            ObjectStore store) {}

    private Hub(HubConfig config, InstantSource clock, Consumer<String> requestLog, DataFolder folder)
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
        LargeTrees large = new LargeTrees(LARGE_TREES_BYTES);
        TreeListing trees = new TreeListing(new BlobFacts(), large);
        RefWatch watch = (entry, changes) -> {};
        Committer committer = new Committer(clock, watch, large);
        Lifecycle lifecycle = new Lifecycle(repositories, entries, governance, committer, clock);
        lifecycle.recover();

        // what people do around entries
        Discussions discussions = new Discussions(peopleDatabase);
        PullRequests pullRequests = new PullRequests(repositories, discussions, committer, clock);

        // git and git-lfs
        HubConfig.Limits limits = config.limits();
        Quota quota = new Quota(
                people,
                entries,
                held,
                repositories,
                new Quota.Limits(limits.fileBytes(), limits.entryBytes(), limits.namespaceBytes()));
        TransportRoutes transport = new TransportRoutes(
                new Fetches(repositories), new Pushes(repositories, held, quota, watch, limits.regularFileBytes()));

        LfsRoutes lfs = new LfsRoutes(
                store, held, entries, people, quota, folder.temporary().resolve("parts"), clock);

        // who may
        SignIn signIn = new SignIn(people, credentials, clock);
        Gatekeeper gatekeeper = new Gatekeeper(entries, governance);

        // routes and server
        Journal journal = new Journal(clock, requestLog);
        Pages pages = new Pages(new Assets(), clock);
        routes = Stream.of(
                        // entries as wholes, and people
                        new EntryRoutes(entries, people, lifecycle).routes(),
                        new InfoRoutes(repositories, trees, downloads).routes(),
                        new ListRoutes(entries, downloads, repositories, trees).routes(),
                        new PeopleRoutes(people).routes(),
                        // what is in an entry
                        new TreeRoutes(repositories, trees).routes(),
                        new DownloadRoutes(repositories, trees, store, held, downloads).routes(),
                        // git and git-lfs
                        transport.routes(),
                        lfs.routes(),
                        // pages
                        new Site(
                                        pages,
                                        new Site.Services(
                                                entries,
                                                people,
                                                governance,
                                                new Accounts(people, credentials, new Passwords(), clock),
                                                new Tokens(credentials, clock),
                                                repositories,
                                                trees,
                                                new StoredFiles(store, held),
                                                lifecycle))
                                .routes(),
                        // the server itself
                        new WatchRoutes(peopleDatabase, indexDatabase, journal).routes())
                .flatMap(List::stream)
                .toList();
        server = new HubServer(
                config.server(),
                new Dispatcher(
                        new Router(routes),
                        new Credential(signIn),
                        gatekeeper,
                        new Addresses(config.server()),
                        new Problems(pages::problem),
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
                store);
    }

    /**
     * Opens the data folder and everything in it; nothing listens yet.
     *
     * @param requestLog takes a line of JSON per request
     * @throws glasshouse.core.problem.Refusal CONFLICT where another process has the folder
     */
    public static Hub open(HubConfig config, InstantSource clock, Consumer<String> requestLog) throws IOException {
        DataFolder folder = DataFolder.take(config.data());
        try {
            return new Hub(config, clock, requestLog, folder);
        } catch (IOException | RuntimeException e) {
            folder.close();
            throw e;
        }
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
