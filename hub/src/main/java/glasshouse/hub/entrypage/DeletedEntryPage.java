package glasshouse.hub.entrypage;

import glasshouse.hub.page.Layout;
import java.time.Instant;

/** What a person sees after deleting an entry: what went, what stays, and until when it can be undone. */
public record DeletedEntryPage(Layout layout, String name, Instant until) {}
