package glasshouse.hub.entrypage;

import glasshouse.hub.index.Discussions.Discussion;
import glasshouse.hub.page.EntryFrame;
import glasshouse.hub.page.Paging;
import java.util.List;

/**
 * The discussions and pull requests of an entry.
 *
 * @param open whether those are listed that are not over
 * @param opened how many are not over
 * @param closed how many are
 */
public record TalksPage(
        EntryFrame frame, boolean open, long opened, long closed, List<Discussion> talks, Paging paging) {
    public TalksPage {
        talks = List.copyOf(talks);
    }
}
