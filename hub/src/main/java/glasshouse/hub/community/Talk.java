package glasshouse.hub.community;

import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import glasshouse.hub.index.Discussions;
import glasshouse.hub.index.Discussions.Discussion;
import glasshouse.hub.index.Discussions.Event;
import glasshouse.hub.index.Discussions.EventType;
import glasshouse.hub.index.Discussions.Status;
import glasshouse.hub.index.Entry;
import glasshouse.hub.index.People.Account;
import glasshouse.hub.web.Json;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** What people say in discussions, and do with them. Whether somebody may is not asked here: those who call this did. */
public final class Talk {
    /** The most events of a discussion. */
    public static final int MAX_EVENTS = 5_000;

    private final Discussions discussions;
    private final InstantSource clock;

    public Talk(Discussions discussions, InstantSource clock) {
        this.discussions = discussions;
        this.clock = clock;
    }

    /** @throws glasshouse.core.problem.Refusal NOT_FOUND */
    public Discussion require(Entry entry, int num) {
        return discussions
                .find(entry.id(), num)
                .orElseThrow(() -> Problem.of(Code.NOT_FOUND, "no discussion " + num + " in `" + entry.name() + "`")
                        .refusal());
    }

    /** Adds a comment. */
    public Event comment(Entry entry, Discussion discussion, Account by, String text) {
        String said = PullRequests.text(text).strip();
        if (said.isEmpty()) {
            throw Problem.of(Code.INVALID, "the comment is empty").refusal();
        }
        if (discussions.events(entry.id(), discussion.num(), MAX_EVENTS).size() >= MAX_EVENTS) {
            throw Problem.of(Code.CONFLICT, "the discussion is full")
                    .because("it has " + MAX_EVENTS + " events")
                    .mend("open another one")
                    .refusal();
        }
        String id = discussions.happened(
                entry.id(),
                discussion.num(),
                EventType.COMMENT,
                by.id(),
                Json.object().put("text", said).toString(),
                now());
        return event(entry, discussion, id);
    }

    /** Gives a discussion another title. */
    public Event retitle(Entry entry, Discussion discussion, Account by, String title) {
        String plain = PullRequests.title(title);
        String data =
                Json.object().put("from", discussion.title()).put("to", plain).toString();
        return event(entry, discussion, discussions.retitle(discussion, plain, by.id(), data, now()));
    }

    /**
     * Opens, closes, or, for a pull request, makes a draft of it.
     *
     * @throws glasshouse.core.problem.Refusal CONFLICT where it stands so already or was merged
     */
    public Event restate(Entry entry, Discussion discussion, Account by, Status status, String comment) {
        boolean possible = status != Status.MERGED
                && (status != Status.DRAFT || discussion.pull().isPresent());
        if (!possible) {
            throw Problem.of(Code.INVALID, "a discussion cannot be set to `" + status.word() + "`")
                    .refusal();
        }
        if (discussion.status() == status || discussion.status() == Status.MERGED) {
            throw Problem.of(
                            Code.CONFLICT,
                            "it is " + discussion.status().word() + (discussion.status() == status ? " already" : ""))
                    .refusal();
        }
        if (!comment.isBlank()) {
            comment(entry, discussion, by, comment);
        }
        String data = Json.object().put("status", status.word()).toString();
        String id = discussions
                .restate(discussion, status, by.id(), data, now())
                .orElseThrow(() -> Problem.of(Code.CONFLICT, "somebody else changed it meanwhile")
                        .refusal());
        return event(entry, discussion, id);
    }

    /** A comment of a discussion that was not hidden. */
    public Event requireComment(Entry entry, Discussion discussion, String id) {
        return discussions
                .event(entry.id(), discussion.num(), id)
                .filter(event -> event.type() == EventType.COMMENT)
                .orElseThrow(() -> Problem.of(Code.NOT_FOUND, "no such comment").refusal());
    }

    /** Puts other text into a comment. */
    public Event edit(Entry entry, Discussion discussion, Event comment, String text) {
        if (comment.hidden()) {
            throw Problem.of(Code.CONFLICT, "the comment was hidden").refusal();
        }
        String said = PullRequests.text(text).strip();
        if (said.isEmpty()) {
            throw Problem.of(Code.INVALID, "the comment is empty")
                    .mend("hide it instead")
                    .refusal();
        }
        discussions.edit(comment.id(), Json.object().put("text", said).toString(), now());
        return event(entry, discussion, comment.id());
    }

    /** Hides a comment; what it said is gone. */
    public Event hide(Entry entry, Discussion discussion, Event comment) {
        discussions.hide(comment.id(), "{}");
        return event(entry, discussion, comment.id());
    }

    private Event event(Entry entry, Discussion discussion, String id) {
        return discussions.event(entry.id(), discussion.num(), id).orElseThrow();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
