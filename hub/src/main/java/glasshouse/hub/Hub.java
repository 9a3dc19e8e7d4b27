package glasshouse.hub;

import glasshouse.hub.account.Accounts;
import glasshouse.hub.account.Passwords;
import glasshouse.hub.account.SignIn;
import glasshouse.hub.account.Tokens;
import glasshouse.hub.admin.Administration;
import glasshouse.hub.admin.ControlSocket;
import glasshouse.hub.admin.Operations;
import glasshouse.hub.admin.Seeding;
import glasshouse.hub.commit.CommitRoutes;
import glasshouse.hub.community.DiscussionRoutes;
import glasshouse.hub.community.Merging;
import glasshouse.hub.community.PullRequests;
import glasshouse.hub.community.Talk;
import glasshouse.hub.download.DownloadRoutes;
import glasshouse.hub.gate.AccessRequests;
import glasshouse.hub.gate.GateRoutes;
import glasshouse.hub.git.BlobFacts;
import glasshouse.hub.git.Committer;
import glasshouse.hub.git.Maintenance;
import glasshouse.hub.git.Quota;
import glasshouse.hub.git.RecentTrees;
import glasshouse.hub.git.RefWatch;
import glasshouse.hub.git.Repositories;
import glasshouse.hub.git.TreeListing;
import glasshouse.hub.history.HistoryRoutes;
import glasshouse.hub.index.Credentials;
import glasshouse.hub.index.Database;
import glasshouse.hub.index.Discussions;
import glasshouse.hub.index.Downloads;
import glasshouse.hub.index.Entries;
import glasshouse.hub.index.Governance;
import glasshouse.hub.index.HeldObjects;
import glasshouse.hub.index.People;
import glasshouse.hub.job.Background;
import glasshouse.hub.job.Chores;
import glasshouse.hub.later.LaterRoutes;
import glasshouse.hub.lfs.LfsRoutes;
import glasshouse.hub.page.Assets;
import glasshouse.hub.page.Pages;
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
import glasshouse.hub.server.ServerConfig;
import glasshouse.hub.transport.Fetches;
import glasshouse.hub.transport.Pushes;
import glasshouse.hub.transport.TransportRoutes;
import glasshouse.hub.tree.TreeRoutes;
import glasshouse.hub.watch.Gauges;
import glasshouse.hub.watch.WatchRoutes;
import glasshouse.hub.web.Route;
import glasshouse.store.disk.Disk;
import glasshouse.store.disk.RealDisk;
import glasshouse.store.object.FolderStore;
import glasshouse.store.object.ObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole server, wired by hand: settings, disk, stores, index, services, routes, server. Opened and closed once; between the two
 * safe for many threads.
 */
public final class Hub implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Hub.class);
    private static final long RECENT_TREES_BYTES = 128L << 20;
    /** What is left of the disk for the databases and repositories when objects fill it. */
    private static final long STORE_RESERVE_BYTES = 64L << 20;

    private final DataFolder folder;
    private final Database peopleDatabase;
    private final Database indexDatabase;
    private final Repositories repositories;
    private final FolderStore store;
    private final Downloads downloads;
    private final Background background;
    private final Chores chores;
    private final ScheduledExecutorService housekeeping = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("housekeeping").daemon().factory());
    private final HubServer server;
    private final ServerConfig address;
    private final SignIn signIn;
    private final Administration administration;
    private Optional<ControlSocket> control = Optional.empty();
    private final List<Route> routes;
    private final Parts parts;

    /** What tests and commands may use directly, beside the routes. */
    public record Parts(
            People people,
            Credentials credentials,
            Accounts accounts,
            Tokens tokens,
            Entries entries,
            Governance governance,
            Repositories repositories,
            TreeListing trees,
            Committer committer,
            Lifecycle lifecycle,
            PullRequests pullRequests,
            ObjectStore store,
            HeldObjects held,
            Downloads downloads,
            Background background) {}

    private Hub(
            HubConfig config,
            InstantSource clock,
            Consumer<String> requestLog,
            UnaryOperator<Route> each,
            Disk disk,
            DataFolder folder)
            throws IOException {
        this.folder = folder;
        this.address = config.server();

        // databases
        peopleDatabase = Database.people(config.database());
        indexDatabase = Database.index(config.database());
        People people = new People(peopleDatabase);
        Credentials credentials = new Credentials(peopleDatabase);
        Governance governance = new Governance(peopleDatabase);
        Entries entries = new Entries(indexDatabase);

        // bytes
        store = FolderStore.open(disk, folder.store(), STORE_RESERVE_BYTES);
        HeldObjects held = new HeldObjects(indexDatabase);
        downloads = new Downloads(peopleDatabase, clock);

        // repositories
        repositories = new Repositories(folder.repos());
        repositories.recover();
        RecentTrees recentTrees = new RecentTrees(RECENT_TREES_BYTES);
        TreeListing trees = new TreeListing(new BlobFacts(), recentTrees);
        HubConfig.Limits limits = config.limits();
        Quota quota = new Quota(
                people,
                entries,
                held,
                repositories,
                new Quota.Limits(limits.fileBytes(), limits.entryBytes(), limits.namespaceBytes()));
        background = new Background(repositories, indexDatabase, entries, governance, store, quota::usedBytes, clock);
        RefWatch watch = background.watch();
        Committer committer = new Committer(clock, watch, recentTrees);
        Lifecycle lifecycle = new Lifecycle(repositories, entries, governance, committer, clock);
        lifecycle.recover();
        background.recover();
        Duplication duplication = new Duplication(repositories, held, quota, lifecycle, committer, clock);

        // what people do around entries
        Discussions discussions = new Discussions(peopleDatabase);
        PullRequests pullRequests = new PullRequests(repositories, discussions, committer, clock);
        Talk talk = new Talk(discussions, clock);
        Merging merging = new Merging(repositories, discussions, committer, clock);
        AccessRequests accessRequests = new AccessRequests(governance, people, clock);

        // git and git-lfs
        TransportRoutes transport = new TransportRoutes(
                new Fetches(repositories), new Pushes(repositories, held, quota, watch, limits.regularFileBytes()));
        LfsRoutes lfs = new LfsRoutes(
                store, held, entries, people, quota, folder.temporary().resolve("parts"), clock);

        // who may
        Passwords passwords = new Passwords();
        Accounts accounts = new Accounts(people, credentials, passwords, clock);
        Tokens tokens = new Tokens(credentials, clock);
        signIn = new SignIn(people, credentials, clock);
        chores = new HubChores(lifecycle, repositories, new Maintenance(clock));
        Gatekeeper gatekeeper = new Gatekeeper(entries, governance);

        // routes and server
        Journal journal = new Journal(clock, requestLog);
        Gauges.add(journal, background.queue(), entries, store);
        Pages pages = new Pages(new Assets(), clock);
        Site site = new Site(
                pages,
                new Site.Services(
                        entries,
                        people,
                        governance,
                        accounts,
                        tokens,
                        repositories,
                        trees,
                        new StoredFiles(store, held),
                        lifecycle,
                        background,
                        discussions,
                        pullRequests,
                        talk,
                        merging,
                        accessRequests,
                        Files.getFileStore(folder.root()),
                        clock));
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
                        new HistoryRoutes(repositories, committer, entries, held, quota, clock).routes(),
                        new DownloadRoutes(repositories, trees, store, held, downloads).routes(),
                        new CommitRoutes(
                                        repositories,
                                        trees,
                                        committer,
                                        pullRequests,
                                        discussions,
                                        store,
                                        held,
                                        quota,
                                        folder.temporary(),
                                        limits.regularFileBytes())
                                .routes(),
                        // git and git-lfs
                        transport.routes(),
                        lfs.routes(),
                        // what a machine saw, and what a person sees
                        background.routes(),
                        site.routes(),
                        // the server itself
                        new WatchRoutes(peopleDatabase, indexDatabase, journal, this::routes).routes())
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
                        new Problems(pages::problem),
                        journal,
                        config.server()));
        Seeding seeding =
                new Seeding(people, passwords, tokens, signIn, config.server().isExposed(), clock);
        administration = new Administration(
                people, accounts, tokens, entries, governance, lifecycle, seeding, this::reindex, this::url, clock);
        parts = new Parts(
                people,
                credentials,
                accounts,
                tokens,
                entries,
                governance,
                repositories,
                trees,
                committer,
                lifecycle,
                pullRequests,
                store,
                held,
                downloads,
                background);
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
        return open(config, clock, requestLog, each, new RealDisk());
    }

    /**
     * As above.
     *
     * @param disk where objects are kept: for measurements with a disk that keeps nothing
     */
    public static Hub open(
            HubConfig config, InstantSource clock, Consumer<String> requestLog, UnaryOperator<Route> each, Disk disk)
            throws IOException {
        return openIn(DataFolder.take(config.data()), config, clock, requestLog, each, disk);
    }

    /** As {@link #open}, unless another process has the folder. */
    public static Optional<Hub> openIfFree(HubConfig config, InstantSource clock, Consumer<String> requestLog)
            throws IOException {
        Optional<DataFolder> folder = DataFolder.takeIfFree(config.data());
        return folder.isEmpty()
                ? Optional.empty()
                : Optional.of(openIn(folder.get(), config, clock, requestLog, route -> route, new RealDisk()));
    }

    private static Hub openIn(
            DataFolder folder,
            HubConfig config,
            InstantSource clock,
            Consumer<String> requestLog,
            UnaryOperator<Route> each,
            Disk disk)
            throws IOException {
        try {
            return new Hub(config, clock, requestLog, each, disk, folder);
        } catch (IOException | RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    /** Starts to answer: requests, and commands on this machine. */
    public void start() {
        server.start();
        background.start(chores);
        var _ = housekeeping.scheduleWithFixedDelay(this::saveCounters, 30, 30, TimeUnit.SECONDS);
        try {
            control = Optional.of(ControlSocket.open(folder.root(), administration));
        } catch (IOException | UnsupportedOperationException e) {
            LOG.warn("commands cannot reach this server: there is no socket in the data folder", e);
        }
    }

    private Operations.Reindexed reindex() throws IOException {
        int entries = background.reindex((done, total, what) -> LOG.info("reindex: {} of {}, {}", done, total, what));
        return new Operations.Reindexed(entries, background.unfinished());
    }

    /** What is counted in memory; a crash loses the last half minute of it. */
    private void saveCounters() {
        try {
            signIn.saveLastUsed();
            downloads.write();
        } catch (RuntimeException e) {
            LOG.warn("counters could not be written", e);
        }
    }

    /** Where people reach the server: the public address, or the one it listens on. */
    public String url() {
        return address.url(server.port());
    }

    /** While nobody administers this server: a new link that creates somebody who does. */
    public Optional<Operations.Link> firstAdministratorLink() {
        return parts.accounts().lacksAdministrator()
                ? Optional.of(administration.link(new Operations.Nothing()))
                : Optional.empty();
    }

    /** Carries out what commands order. */
    public Administration administration() {
        return administration;
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
        if (control.isPresent()) {
            control.get().close();
        }
        server.close();
        background.close();
        housekeeping.shutdownNow();
        saveCounters();
        downloads.close();
        repositories.close();
        indexDatabase.close();
        peopleDatabase.close();
        folder.close();
    }
}
