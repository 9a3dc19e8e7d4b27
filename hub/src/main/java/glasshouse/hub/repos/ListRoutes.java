package glasshouse.hub.repos;

import glasshouse.core.entry.EntryId;
import glasshouse.core.entry.EntryKind;
import glasshouse.core.entry.RevisionId;
import glasshouse.core.problem.Refusal;
import glasshouse.hub.git.GitRepo;
import glasshouse.hub.git.Repositories;
import glasshouse.hub.git.Revisions;
import glasshouse.hub.git.TreeListing;
import glasshouse.hub.index.Downloads;
import glasshouse.hub.index.Entries;
import glasshouse.hub.index.Entry;
import glasshouse.hub.index.EntryQuery;
import glasshouse.hub.web.Call;
import glasshouse.hub.web.Guard;
import glasshouse.hub.web.Json;
import glasshouse.hub.web.Method;
import glasshouse.hub.web.NextPage;
import glasshouse.hub.web.Reply;
import glasshouse.hub.web.Route;
import glasshouse.hub.web.Surface;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;

/** Lists of entries. What is listed is what the caller may see, and nothing else. */
public final class ListRoutes {
    private static final Duration COUNTED_EVERY = Duration.ofMinutes(1);

    private final Entries entries;
    private final Downloads downloads;
    private final Repositories repositories;
    private final TreeListing trees;
    private final Siblings siblings;
    private final InstantSource clock;
    private final AtomicReference<Instant> counted = new AtomicReference<>(Instant.EPOCH);

    public ListRoutes(
            Entries entries, Downloads downloads, Repositories repositories, TreeListing trees, InstantSource clock) {
        this.entries = entries;
        this.downloads = downloads;
        this.repositories = repositories;
        this.trees = trees;
        this.siblings = new Siblings(trees);
        this.clock = clock;
    }

    public List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        for (EntryKind kind : EntryKind.values()) {
            routes.add(list(kind, kind.apiSegment()));
        }
        routes.add(list(EntryKind.CODE, EntryKind.CODE.pageSegment()));
        return routes;
    }

    private Route list(EntryKind kind, String segment) {
        return new Route(
                Method.GET,
                "/api/" + segment,
                Surface.API,
                Guard.anybody(),
                call -> list(call, kind),
                "Lists entries: `search`, `author`, `filter`, `gated`, `num_parameters`, `sort`, `direction`, `limit`, `cursor`,"
                        + " `full`, `cardData`, `expand`.");
    }

    private Reply list(Call call, EntryKind kind) throws IOException {
        List<String> expand = call.queryAll("expand");
        List<String> fields = expand.isEmpty()
                ? InfoFields.brief(kind, call.queryFlag("cardData") || call.queryFlag("full"), call.queryFlag("full"))
                : InfoFields.asked(kind, expand);
        ListQuery asked = ListQuery.of(call, kind, fields.contains("siblings"));
        if (asked.nothing()) {
            return Reply.json(Json.array());
        }
        EntryQuery query = asked.query();
        if (query.sort() == EntryQuery.Sort.DOWNLOADS) {
            countDownloads();
        }
        List<Entry> found = entries.list(query, call.caller().audience(), asked.after());
        boolean more = found.size() > asked.page();
        List<Entry> page = more ? found.subList(0, asked.page()) : found;
        Set<EntryId> ids = page.stream().map(Entry::id).collect(Collectors.toUnmodifiableSet());
        Map<EntryId, Downloads.Count> counts = downloads.of(ids);
        ArrayNode answer = Json.array();
        for (Entry entry : page) {
            answer.add(InfoFields.answer(
                    new InfoFields.Subject(
                            entry,
                            shown(entry),
                            java.util.Objects.requireNonNull(counts.get(entry.id())),
                            () -> files(entry)),
                    fields));
        }
        Optional<String> next =
                more ? Optional.of(ListQuery.cursor(entries.position(query.sort(), page.getLast()))) : Optional.empty();
        return NextPage.link(Reply.json(answer), call, next);
    }

    /** Brings the counts that lists are ordered by up to date, once in a while: they are kept in another database. */
    private void countDownloads() {
        Instant now = clock.instant();
        Instant last = java.util.Objects.requireNonNull(counted.get());
        if (now.isBefore(last.plus(COUNTED_EVERY)) || !counted.compareAndSet(last, now)) {
            return;
        }
        entries.setDownloads(downloads.recent());
    }

    /** What the index knows; of an entry that it has not read yet, what the repository says. */
    private Shown shown(Entry entry) throws IOException {
        if (entry.head().revision().isEmpty()) {
            try {
                GitRepo repo = repositories.open(entry.id());
                Optional<RevisionId> head = Revisions.head(repo, entry);
                if (head.isPresent()) {
                    return Shown.at(repo, entry, head.get(), trees);
                }
            } catch (Refusal unreadable) {
                // One repository that cannot be read takes no list away; its own page says what is wrong with it.
            }
        }
        return Shown.ofIndex(entry);
    }

    private ArrayNode files(Entry entry) throws IOException {
        Optional<RevisionId> revision = shown(entry).revision();
        return revision.isPresent()
                ? siblings.names(repositories.open(entry.id()), revision.get(), Siblings.MAX_IN_LISTS)
                : Json.array();
    }
}
