package glasshouse.hub.entrypage;

import glasshouse.core.problem.Problem;
import glasshouse.hub.page.EntryFrame;
import java.util.Optional;

/** Where a discussion is opened. */
public record NewTalkPage(EntryFrame frame, String title, String text, Optional<Problem> fault) {}
