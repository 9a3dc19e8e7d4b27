package glasshouse.hub.entrypage;

import glasshouse.hub.filepage.Changes;
import glasshouse.hub.index.Discussions.Discussion;
import glasshouse.hub.index.Discussions.Status;
import glasshouse.hub.page.EntryFrame;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A discussion or a pull request.
 *
 * @param happened its comments and what happened between them
 * @param changes what a pull request would change, or changed
 * @param mayState whether the reader may close it or give it another title
 * @param conflicts the files that stood in the way of a merge that was just tried
 */
public record TalkPage(
        EntryFrame frame,
        Discussion talk,
        List<Happening> happened,
        Optional<Changes> changes,
        boolean mayState,
        List<String> conflicts) {
    /** Something that happened. */
    public sealed interface Happening {
        String by();

        Instant at();

        /** A comment, made safe; nothing of one that was hidden. */
        record Comment(String by, Instant at, Optional<Instant> editedAt, Optional<String> html) implements Happening {}

        /** A change of its status or title, in words. */
        record Note(String by, Instant at, String says) implements Happening {}
    }

    public TalkPage {
        happened = List.copyOf(happened);
        conflicts = List.copyOf(conflicts);
    }

    public boolean isOver() {
        return talk.status() == Status.CLOSED || talk.status() == Status.MERGED;
    }

    public String href() {
        return frame.home() + "/discussions/" + talk.num();
    }
}
