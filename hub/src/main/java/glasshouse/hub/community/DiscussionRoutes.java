package glasshouse.hub.community;

import glasshouse.core.access.Action;
import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import glasshouse.hub.git.GitRepo;
import glasshouse.hub.git.Repositories;
import glasshouse.hub.git.Revisions;
import glasshouse.hub.index.Discussions;
import glasshouse.hub.index.Discussions.Discussion;
import glasshouse.hub.index.Discussions.Event;
import glasshouse.hub.index.Discussions.Status;
import glasshouse.hub.index.Entry;
import glasshouse.hub.web.Call;
import glasshouse.hub.web.Guard;
import glasshouse.hub.web.Guard.Demand;
import glasshouse.hub.web.Handler;
import glasshouse.hub.web.Json;
import glasshouse.hub.web.Method;
import glasshouse.hub.web.Reply;
import glasshouse.hub.web.Route;
import glasshouse.hub.web.Surface;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.Constants;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Discussions and pull requests over the Hub's API. */
public final class DiscussionRoutes {
    private static final int PAGE = 50;
    private static final String ALL = "/api/{kinds}/{entry}/discussions";
    private static final String ONE = ALL + "/{num}";

    private final Repositories repositories;
    private final Discussions discussions;
    private final PullRequests pullRequests;
    private final Talk talk;
    private final Merging merging;

    public DiscussionRoutes(
            Repositories repositories, Discussions discussions, PullRequests pullRequests, Talk talk, Merging merging) {
        this.repositories = repositories;
        this.discussions = discussions;
        this.pullRequests = pullRequests;
        this.talk = talk;
        this.merging = merging;
    }

    public List<Route> routes() {
        Guard discuss = Guard.entry(Action.DISCUSS);
        return List.of(
                route(
                        Method.GET,
                        ALL,
                        Guard.entry(Action.SEE),
                        this::list,
                        "Lists discussions: `p`, `type`, `status`, `author`."),
                route(
                        Method.POST,
                        ALL,
                        new Guard.Found(Set.of(Action.DISCUSS, Action.PROPOSE), true, DiscussionRoutes::mayOpen),
                        this::open,
                        "Opens a discussion, or with `pullRequest` a draft of a pull request: `title`, `description`."),
                route(
                        Method.GET,
                        ONE,
                        Guard.entry(Action.SEE),
                        this::details,
                        "A discussion with all that happened; `diff=1` for what a pull request changes."),
                route(Method.POST, ONE + "/comment", discuss, this::comment, "Adds a comment: `comment`."),
                route(Method.POST, ONE + "/title", discuss, this::retitle, "Gives another title: `title`."),
                route(
                        Method.POST,
                        ONE + "/status",
                        discuss,
                        this::restate,
                        "Opens, closes, or makes a draft: `status`, `comment`."),
                route(
                        Method.POST,
                        ONE + "/merge",
                        Guard.entry(Action.WRITE),
                        this::merge,
                        "Merges a pull request; 409 with `filesWithConflicts` where that is not clean."),
                route(
                        Method.POST,
                        ONE + "/comment/{id}/edit",
                        discuss,
                        this::edit,
                        "Puts other text into one's own comment: `content`."),
                route(Method.POST, ONE + "/comment/{id}/hide", discuss, this::hide, "Hides a comment for good."));
    }

    private static Route route(Method method, String pattern, Guard guard, Handler handler, String about) {
        return new Route(method, pattern, Surface.API, guard, handler, about);
    }

    private Reply list(Call call) {
        Optional<Boolean> pulls = switch (call.query("type").orElse("all")) {
            case "all" -> Optional.empty();
            case "pull_request" -> Optional.of(true);
            case "discussion" -> Optional.of(false);
            default -> throw invalid("`type` is `all`, `discussion` or `pull_request`");
        };
        List<Status> statuses = switch (call.query("status").orElse("all")) {
            case "all" -> List.of();
            case "open" -> List.of(Status.OPEN, Status.DRAFT);
            case "closed" -> List.of(Status.CLOSED, Status.MERGED);
            case "draft" -> List.of(Status.DRAFT);
            case "merged" -> List.of(Status.MERGED);
            default -> throw invalid("`status` is `all`, `open`, `closed`, `draft` or `merged`");
        };
        int start = call.queryInt("p", 0, 0, Integer.MAX_VALUE / PAGE) * PAGE;
        Entry entry = call.entry();
        Optional<String> author = call.query("author").filter(name -> !name.isEmpty());
        Discussions.Query query = new Discussions.Query(pulls, statuses, author, start, PAGE);
        ObjectNode answer = Json.object();
        ArrayNode shown = answer.putArray("discussions");
        discussions.list(entry.id(), query).forEach(found -> shown.add(DiscussionJson.brief(entry, found)));
        return Reply.json(
                answer.put("count", discussions.count(entry.id(), query)).put("start", start));
    }

    private static List<Demand> mayOpen(Call call) throws IOException {
        boolean pull = call.jsonOrEmpty().path("pullRequest").asBoolean(false);
        return List.of(new Demand.OnEntry(pull ? Action.PROPOSE : Action.DISCUSS, call.entry()));
    }

    private Reply open(Call call) throws IOException {
        JsonNode body = call.json();
        Entry entry = call.entry();
        String title = body.path("title").asString("");
        String description = body.path("description").asString("");
        boolean pull = body.path("pullRequest").asBoolean(false);
        int num;
        if (pull) {
            GitRepo repo = repositories.open(entry.id());
            var base = Revisions.require(repo, entry, "HEAD");
            num = pullRequests.open(
                    entry, call.account(), title, description, entry.defaultBranch(), base, Status.DRAFT);
        } else {
            num = pullRequests.discuss(entry, call.account(), title, description);
        }
        return Reply.json(Json.object()
                .put("num", num)
                .put("title", talk.require(entry, num).title())
                .put("pullRequest", pull)
                .put("url", call.address().link("/" + entry.hubPath() + "/discussions/" + num)));
    }

    private Discussion discussion(Call call) {
        String num = call.path("num");
        return talk.require(call.entry(), num.matches("[1-9][0-9]{0,8}") ? Integer.parseInt(num) : 0);
    }

    private Reply details(Call call) throws IOException {
        Discussion discussion = discussion(call);
        Entry entry = call.entry();
        ObjectNode answer = DiscussionJson.brief(entry, discussion);
        List<Event> events = discussions.events(entry.id(), discussion.num(), Talk.MAX_EVENTS + 100);
        Optional<Proposal> proposal = Proposal.of(repositories.open(entry.id()), discussion);
        List<Proposal.Commit> commits = proposal.isPresent() ? proposal.get().commits() : List.of();
        answer.set("events", DiscussionJson.events(discussion, events, commits));
        if (discussion.pull().isPresent()) {
            addChanges(call, answer, discussion, proposal);
        }
        return Reply.json(answer);
    }

    private static void addChanges(Call call, ObjectNode answer, Discussion discussion, Optional<Proposal> proposal)
            throws IOException {
        var pull = discussion.pull().orElseThrow();
        ObjectNode changes = answer.putObject("changes").put("base", Constants.R_HEADS + pull.targetBranch());
        pull.merged().ifPresent(revision -> changes.put("mergeCommitId", revision.value()));
        boolean pending = discussion.status() == Status.OPEN || discussion.status() == Status.DRAFT;
        ArrayNode conflicts = Json.array();
        if (proposal.isPresent()
                && pending
                && !proposal.get().isForward()
                && !proposal.get().isMerged()) {
            TreeMerge.Outcome outcome = proposal.get().tryMerge();
            outcome.conflicts().forEach(conflicts::add);
            if (outcome.tooLarge()) {
                answer.put("filesWithConflicts", true);
            }
        }
        if (!answer.has("filesWithConflicts")) {
            answer.set("filesWithConflicts", conflicts);
        }
        // A patch is content: the gate applies to it.
        if (proposal.isPresent() && call.queryFlag("diff") && call.may(Action.READ_FILES)) {
            answer.put("diff", proposal.get().diff());
        }
    }

    private Reply comment(Call call) throws IOException {
        Event event = talk.comment(call.entry(), discussion(call), call.account(), text(call, "comment"));
        return Reply.json(Json.object().set("newMessage", DiscussionJson.event(event)));
    }

    /** Those who may change the entry look after its discussions; others after the ones that they opened. */
    private static void requireOwn(Call call, String authorId) {
        if (!call.account().id().equals(authorId) && !call.may(Action.WRITE)) {
            throw Problem.of(Code.FORBIDDEN, "only its author and those who may change the entry may do that")
                    .refusal();
        }
    }

    private Reply retitle(Call call) throws IOException {
        Discussion discussion = discussion(call);
        requireOwn(call, discussion.authorId());
        Event event = talk.retitle(call.entry(), discussion, call.account(), text(call, "title"));
        return Reply.json(Json.object().set("newTitle", DiscussionJson.event(event)));
    }

    private Reply restate(Call call) throws IOException {
        Discussion discussion = discussion(call);
        requireOwn(call, discussion.authorId());
        Status status = Status.parse(text(call, "status"))
                .orElseThrow(() -> invalid("`status` is `open`, `closed` or `draft`"));
        Event event = talk.restate(call.entry(), discussion, call.account(), status, comment(call.json()));
        return Reply.json(Json.object().set("newStatus", DiscussionJson.event(event)));
    }

    private Reply merge(Call call) throws IOException {
        Discussion discussion = discussion(call);
        String comment = PullRequests.text(comment(call.jsonOrEmpty()));
        Merging.Result result = merging.merge(call.entry(), discussion.num(), call.account(), comment);
        if (result.revision().isPresent()) {
            return Reply.json(
                    Json.object().put("mergeCommitId", result.revision().get().value()));
        }
        String message = "the pull request cannot be merged: both sides changed the same lines or files";
        ObjectNode answer = Json.object().put("error", message);
        result.conflicts().forEach(answer.putArray("filesWithConflicts")::add);
        return Reply.json(409, answer).header("X-Error-Message", message);
    }

    private static String comment(JsonNode body) {
        return body.path("comment").asString("").strip();
    }

    private Reply edit(Call call) throws IOException {
        Discussion discussion = discussion(call);
        Event comment = talk.requireComment(call.entry(), discussion, call.path("id"));
        if (!comment.authorId().equals(call.account().id())) {
            throw Problem.of(Code.FORBIDDEN, "only its author changes a comment")
                    .refusal();
        }
        return updated(talk.edit(call.entry(), discussion, comment, text(call, "content")));
    }

    private Reply hide(Call call) {
        Discussion discussion = discussion(call);
        Event comment = talk.requireComment(call.entry(), discussion, call.path("id"));
        requireOwn(call, comment.authorId());
        return updated(talk.hide(call.entry(), discussion, comment));
    }

    private static Reply updated(Event comment) {
        return Reply.json(Json.object().set("updatedComment", DiscussionJson.event(comment)));
    }

    private static String text(Call call, String key) throws IOException {
        return call.field(key).orElseThrow(() -> invalid("`" + key + "` is missing"));
    }

    private static RuntimeException invalid(String what) {
        return Problem.of(Code.INVALID, what).refusal();
    }
}
