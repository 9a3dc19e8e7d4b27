package glasshouse.hub.entrypage;

import glasshouse.core.access.Action;
import glasshouse.core.entry.RevisionId;
import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import glasshouse.core.problem.Refusal;
import glasshouse.hub.community.Merging;
import glasshouse.hub.community.PullRequests;
import glasshouse.hub.community.Talk;
import glasshouse.hub.filepage.Changes;
import glasshouse.hub.filepage.Differ;
import glasshouse.hub.git.Committer;
import glasshouse.hub.git.GitRepo;
import glasshouse.hub.index.Discussions;
import glasshouse.hub.index.Discussions.Discussion;
import glasshouse.hub.index.Discussions.Pull;
import glasshouse.hub.index.Discussions.Status;
import glasshouse.hub.page.EntryFrame;
import glasshouse.hub.page.EntryFrames;
import glasshouse.hub.page.Markdown;
import glasshouse.hub.page.Pages;
import glasshouse.hub.page.Paging;
import glasshouse.hub.web.Call;
import glasshouse.hub.web.Guard;
import glasshouse.hub.web.Handler;
import glasshouse.hub.web.Json;
import glasshouse.hub.web.Method;
import glasshouse.hub.web.Reply;
import glasshouse.hub.web.Route;
import glasshouse.hub.web.Surface;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;
import tools.jackson.databind.JsonNode;

/** Discussions and pull requests: read, opened, commented, closed, merged. */
public final class TalkRoutes {
    private static final int SIZE = 50;
    private static final int MAX_EVENTS = 200;
    private static final int MAX_PAGE = 100_000;
    private static final List<Status> OPEN = List.of(Status.OPEN, Status.DRAFT);
    private static final List<Status> OVER = List.of(Status.CLOSED, Status.MERGED);

    private final Pages pages;
    private final EntryFrames frames;
    private final Discussions discussions;
    private final Talk talk;
    private final PullRequests pulls;
    private final Merging merging;

    public TalkRoutes(
            Pages pages, EntryFrames frames, Discussions discussions, Talk talk, PullRequests pulls, Merging merging) {
        this.pages = pages;
        this.frames = frames;
        this.discussions = discussions;
        this.talk = talk;
        this.pulls = pulls;
        this.merging = merging;
    }

    public List<Route> routes() {
        return List.of(
                route(
                        Method.GET,
                        "",
                        Action.SEE,
                        this::list,
                        "Discussions and pull requests; `?status=closed` for those that are over."),
                route(
                        Method.GET,
                        "/new",
                        Action.DISCUSS,
                        call -> form(call, 200, "", "", Optional.empty()),
                        "Where a discussion is opened."),
                route(Method.POST, "", Action.DISCUSS, this::open, "Opens a discussion."),
                route(
                        Method.GET,
                        "/{num}",
                        Action.SEE,
                        call -> show(call, 200, List.of()),
                        "A discussion or pull request."),
                route(
                        Method.POST,
                        "/{num}/comment",
                        Action.DISCUSS,
                        this::comment,
                        "Adds a comment; with `status`, also closes or opens."),
                route(Method.POST, "/{num}/merge", Action.WRITE, this::merge, "Merges a pull request."));
    }

    private static Route route(Method method, String rest, Action action, Handler handler, String about) {
        return new Route(method, "/{entry}/discussions" + rest, Surface.PAGE, Guard.entry(action), handler, about);
    }

    private Reply list(Call call) throws IOException {
        EntryFrame frame = frames.atHead(call, EntryFrame.Part.TALKS, "Discussions");
        boolean open = !call.query("status").orElse("").equals("closed");
        int page = call.queryInt("page", 1, 1, MAX_PAGE);
        var id = call.entry().id();
        long opened = discussions.count(id, query(OPEN, 0, 0));
        long closed = discussions.count(id, query(OVER, 0, 0));
        List<Discussion> talks = discussions.list(id, query(open ? OPEN : OVER, (page - 1) * SIZE, SIZE));
        String address = frame.home() + "/discussions?" + (open ? "" : "status=closed&") + "page=";
        return pages.reply(
                "entry/talks.jte",
                new TalksPage(
                        frame, open, opened, closed, talks, Paging.of(address, page, SIZE, open ? opened : closed)));
    }

    private static Discussions.Query query(List<Status> statuses, int offset, int limit) {
        return new Discussions.Query(Optional.empty(), statuses, Optional.empty(), offset, limit);
    }

    private Reply form(Call call, int status, String title, String text, Optional<Problem> fault) throws IOException {
        EntryFrame frame = frames.atHead(call, EntryFrame.Part.TALKS, "New discussion");
        return pages.reply(status, "entry/newtalk.jte", new NewTalkPage(frame, title, text, fault));
    }

    private Reply open(Call call) throws IOException {
        String title = call.field("title").orElse("");
        String text = call.field("text").orElse("");
        try {
            int num = pulls.discuss(call.entry(), call.account(), title, text);
            return Reply.seeOther("/" + call.entry().pagePath() + "/discussions/" + num);
        } catch (Refusal refusal) {
            return form(call, 400, title, text, Optional.of(refusal.problem()));
        }
    }

    private Discussion require(Call call) {
        try {
            return talk.require(call.entry(), Integer.parseInt(call.path("num")));
        } catch (NumberFormatException e) {
            throw Problem.of(Code.NOT_FOUND, "a discussion has a number").refusal();
        }
    }

    private static boolean mayState(Call call, Discussion discussion) {
        boolean mine = call.caller()
                .account()
                .filter(a -> a.id().equals(discussion.authorId()))
                .isPresent();
        return call.may(Action.WRITE) || mine && call.may(Action.DISCUSS);
    }

    private Reply show(Call call, int status, List<String> conflicts) throws IOException {
        Discussion found = require(call);
        EntryFrame frame = frames.atHead(call, EntryFrame.Part.TALKS, found.title() + " #" + found.num());
        List<TalkPage.Happening> happened = discussions.events(call.entry().id(), found.num(), MAX_EVENTS).stream()
                .map(TalkRoutes::happening)
                .toList();
        Optional<Changes> changes = found.pull().isEmpty()
                ? Optional.empty()
                : changes(
                        frames.repo(call),
                        found,
                        found.pull().get(),
                        frame.rights().readFiles());
        return pages.reply(
                status,
                "entry/talk.jte",
                new TalkPage(frame, found, happened, changes, mayState(call, found), conflicts));
    }

    private static TalkPage.Happening happening(Discussions.Event event) {
        JsonNode data = Json.parse(event.data().getBytes(StandardCharsets.UTF_8));
        return switch (event.type()) {
            case COMMENT ->
                new TalkPage.Happening.Comment(
                        event.author(),
                        event.createdAt(),
                        event.editedAt(),
                        event.hidden()
                                ? Optional.empty()
                                : Optional.of(Markdown.comment(data.path("text").asString(""))));
            case STATUS_CHANGE ->
                new TalkPage.Happening.Note(
                        event.author(),
                        event.createdAt(),
                        "made it " + data.path("status").asString("?")
                                + (data.path("comment").asString("").isEmpty()
                                        ? ""
                                        : ": " + data.path("comment").asString("")));
            case TITLE_CHANGE ->
                new TalkPage.Happening.Note(
                        event.author(),
                        event.createdAt(),
                        "changed the title from “" + data.path("from").asString("") + "” to “"
                                + data.path("to").asString("") + "”");
        };
    }

    /** What a pull request changes: from where it left the branch to its head; of a merged one, what the branch got. */
    private static Optional<Changes> changes(GitRepo repo, Discussion found, Pull pull, boolean content)
            throws IOException {
        Optional<RevisionId> head =
                pull.merged().isPresent() ? pull.merged() : Committer.head(repo, PullRequests.ref(found.num()));
        Optional<RevisionId> target = pull.merged().isPresent()
                ? Optional.of(pull.base())
                : Committer.head(repo, Constants.R_HEADS + pull.targetBranch());
        if (head.isEmpty()) {
            return Optional.empty();
        }
        RevisionId from =
                target.isPresent() ? left(repo, head.get(), target.get()).orElse(pull.base()) : pull.base();
        return Optional.of(Differ.between(
                repo, Optional.of(Committer.tree(repo, from)), Committer.tree(repo, head.get()), content));
    }

    private static Optional<RevisionId> left(GitRepo repo, RevisionId head, RevisionId target) throws IOException {
        try (RevWalk walk = new RevWalk(repo.jgit())) {
            walk.setRevFilter(RevFilter.MERGE_BASE);
            walk.markStart(walk.parseCommit(ObjectId.fromString(head.value())));
            walk.markStart(walk.parseCommit(ObjectId.fromString(target.value())));
            RevCommit base = walk.next();
            return base == null ? Optional.empty() : Optional.of(new RevisionId(base.name()));
        }
    }

    private Reply comment(Call call) throws IOException {
        Discussion found = require(call);
        String text = call.field("text").orElse("");
        if (!text.isBlank()) {
            talk.comment(call.entry(), found, call.account(), text);
        }
        Optional<Status> status = call.field("status").flatMap(Status::parse).filter(s -> s != Status.MERGED);
        if (status.isPresent()) {
            if (!mayState(call, found)) {
                throw Problem.of(Code.FORBIDDEN, "only who opened it, and those who may write, close or open it")
                        .refusal();
            }
            talk.restate(call.entry(), found, call.account(), status.get(), "");
        }
        return Reply.seeOther("/" + call.entry().pagePath() + "/discussions/" + found.num());
    }

    private Reply merge(Call call) throws IOException {
        Discussion found = require(call);
        Merging.Result result = merging.merge(call.entry(), found.num(), call.account(), "");
        return result.revision().isPresent()
                ? Reply.seeOther("/" + call.entry().pagePath() + "/discussions/" + found.num())
                : show(call, 409, result.conflicts());
    }
}
