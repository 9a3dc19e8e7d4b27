package glasshouse.hub;

import glasshouse.hub.account.Accounts;
import glasshouse.hub.account.Tokens;
import glasshouse.hub.community.Merging;
import glasshouse.hub.community.PullRequests;
import glasshouse.hub.community.Talk;
import glasshouse.hub.deskpage.AdminRoutes;
import glasshouse.hub.deskpage.NewEntryRoutes;
import glasshouse.hub.deskpage.OrganisationRoutes;
import glasshouse.hub.deskpage.SelfRoutes;
import glasshouse.hub.deskpage.SignInRoutes;
import glasshouse.hub.deskpage.UserRoutes;
import glasshouse.hub.entrypage.AccessRoutes;
import glasshouse.hub.entrypage.EntryRoutes;
import glasshouse.hub.entrypage.SettingsRoutes;
import glasshouse.hub.entrypage.TalkRoutes;
import glasshouse.hub.filepage.FileRoutes;
import glasshouse.hub.filepage.LargeFiles;
import glasshouse.hub.gate.AccessRequests;
import glasshouse.hub.git.Repositories;
import glasshouse.hub.git.TreeListing;
import glasshouse.hub.index.Discussions;
import glasshouse.hub.index.Entries;
import glasshouse.hub.index.Entry;
import glasshouse.hub.index.Governance;
import glasshouse.hub.index.People;
import glasshouse.hub.job.Background;
import glasshouse.hub.page.EntryFrames;
import glasshouse.hub.page.Pages;
import glasshouse.hub.repos.Lifecycle;
import glasshouse.hub.sitepage.SiteRoutes;
import glasshouse.hub.web.Route;
import java.nio.file.FileStore;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The pages that a person sees, wired to the services behind them. */
final class Site {
    private final Pages pages;
    private final SiteRoutes site;
    private final EntryRoutes entry;
    private final FileRoutes files;

    private final TalkRoutes talks;
    private final SettingsRoutes settings;
    private final AccessRoutes access;
    private final SignInRoutes signIn;
    private final SelfRoutes self;
    private final NewEntryRoutes newEntry;
    private final OrganisationRoutes organisation;
    private final AdminRoutes admin;
    private final UserRoutes users;

    /** What the pages show and change. */
    record Services(
            Entries entries,
            People people,
            Governance governance,
            Accounts accounts,
            Tokens tokens,
            Repositories repositories,
            TreeListing trees,
            LargeFiles large,
            Lifecycle lifecycle,
            Background background,
            Discussions discussions,
            PullRequests pulls,
            Talk talk,
            Merging merging,
            AccessRequests accessRequests,
            FileStore disk,
            InstantSource clock) {}

    Site(Pages pages, Services of) {
        this.pages = pages;
        EntryFrames frames = new EntryFrames(pages, of.repositories(), entry -> openTalks(of.discussions(), entry));
        site = new SiteRoutes(pages, of.entries(), of.people());
        entry = new EntryRoutes(pages, frames, of.trees(), of.background().findings());
        files = new FileRoutes(pages, frames, of.trees(), of.large());
        talks = new TalkRoutes(pages, frames, of.discussions(), of.talk(), of.pulls(), of.merging());
        settings = new SettingsRoutes(pages, frames, of.people(), of.governance(), of.lifecycle(), of.clock());
        access = new AccessRoutes(pages, frames, of.governance(), of.accessRequests());
        signIn = new SignInRoutes(pages, of.accounts());
        self = new SelfRoutes(pages, of.accounts(), of.tokens(), of.people(), of.entries(), of.governance());
        newEntry = new NewEntryRoutes(pages, of.people(), of.lifecycle());
        organisation = new OrganisationRoutes(pages, of.people(), of.entries());
        admin = new AdminRoutes(
                pages,
                of.people(),
                of.entries(),
                of.governance(),
                of.lifecycle(),
                of.background().queue(),
                of.disk());
        users = new UserRoutes(pages, of.people(), of.accounts(), of.clock());
    }

    private static long openTalks(Discussions discussions, Entry entry) {
        return discussions.count(
                entry.id(),
                new Discussions.Query(
                        Optional.empty(),
                        List.of(Discussions.Status.OPEN, Discussions.Status.DRAFT),
                        Optional.empty(),
                        0,
                        0));
    }

    List<Route> routes() {
        return Stream.of(
                        pages.routes(),
                        site.routes(),
                        entry.routes(),
                        files.routes(),
                        talks.routes(),
                        settings.routes(),
                        access.routes(),
                        signIn.routes(),
                        self.routes(),
                        newEntry.routes(),
                        organisation.routes(),
                        admin.routes(),
                        users.routes())
                .flatMap(List::stream)
                .toList();
    }
}
