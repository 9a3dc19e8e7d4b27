package glasshouse.hub.entrypage;

import glasshouse.core.access.Action;
import glasshouse.core.entry.RevisionId;
import glasshouse.hub.git.Revisions;
import glasshouse.hub.git.TreeListing;
import glasshouse.hub.job.RevisionFindings;
import glasshouse.hub.page.EntryFrame;
import glasshouse.hub.page.EntryFrames;
import glasshouse.hub.page.Pages;
import glasshouse.hub.web.Call;
import glasshouse.hub.web.Guard;
import glasshouse.hub.web.Handler;
import glasshouse.hub.web.Method;
import glasshouse.hub.web.Reply;
import glasshouse.hub.web.Route;
import glasshouse.hub.web.Surface;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** An entry's first pages. */
public final class EntryRoutes {
    private static final int MAX_SEARCH = 200;
    private static final int MAX_PAGE = 1_000_000;

    private final Pages pages;
    private final EntryFrames frames;
    private final TreeListing trees;
    private final RevisionFindings findings;

    public EntryRoutes(Pages pages, EntryFrames frames, TreeListing trees, RevisionFindings findings) {
        this.findings = findings;
        this.pages = pages;
        this.frames = frames;
        this.trees = trees;
    }

    public List<Route> routes() {
        return List.of(
                page("/{entry}", this::found, "What was found in an entry; `?at=` a revision."),
                page("/{entry}/card", this::card, "What the publisher says of it; `?at=` a revision."),
                page("/{entry}/checkpoints", this::checkpoints, "Its branches and tags; `?q=` is part of their name."),
                new Route(
                        Method.POST,
                        "/{entry}/look-again",
                        Surface.PAGE,
                        Guard.entry(Action.WRITE),
                        this::lookAgain,
                        "Has a revision inspected anew."));
    }

    private static Route page(String pattern, Handler handler, String about) {
        return new Route(Method.GET, pattern, Surface.PAGE, Guard.entry(Action.SEE), handler, about);
    }

    private Reply checkpoints(Call call) throws IOException {
        String search = call.query("q")
                .map(String::strip)
                .filter(q -> q.length() <= MAX_SEARCH)
                .orElse("");
        EntryFrame frame = frames.atHead(call, EntryFrame.Part.REFS, "Branches and tags");
        return pages.reply(
                "entry/checkpoints.jte",
                RefPages.read(frames.repo(call), frame, search, call.queryInt("page", 1, 1, MAX_PAGE)));
    }

    private EntryFrame frame(Call call, EntryFrame.Part part, String title) throws IOException {
        Optional<String> at = call.query("at").filter(word -> !word.isEmpty());
        return at.isPresent() ? frames.at(call, part, title, at.get()) : frames.atHead(call, part, title);
    }

    private Reply found(Call call) throws IOException {
        EntryFrame frame = frame(call, EntryFrame.Part.FOUND, "");
        String word = frame.isDefault() ? "" : frame.word();
        Optional<RevisionFindings.Report> report =
                frame.revision().map(revision -> findings.of(call.entry(), revision));
        return pages.reply(
                "entry/found.jte",
                new FoundPage(
                        frame, report, UseIt.of(call.entry(), call.address().base(), word)));
    }

    private Reply lookAgain(Call call) throws IOException {
        String word = call.field("revision").orElse("HEAD");
        findings.lookAgain(call.entry(), Revisions.require(frames.repo(call), call.entry(), word));
        return Reply.seeOther("/" + call.entry().pagePath()
                + (RevisionId.isOne(word)
                                && call.entry()
                                        .head()
                                        .revision()
                                        .filter(new RevisionId(word)::equals)
                                        .isEmpty()
                        ? "?at=" + word
                        : ""));
    }

    private Reply card(Call call) throws IOException {
        EntryFrame frame = frame(call, EntryFrame.Part.CARD, "Card");
        Optional<CardPage.Card> card = frame.revision().isEmpty()
                ? Optional.empty()
                : CardReader.read(frames.repo(call), frame.revision().get(), trees, frame);
        return pages.reply("entry/card.jte", new CardPage(frame, card));
    }
}
