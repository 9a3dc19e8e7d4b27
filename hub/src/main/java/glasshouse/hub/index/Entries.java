package glasshouse.hub.index;

import glasshouse.core.entry.EntryId;
import glasshouse.core.entry.EntryKind;
import glasshouse.core.entry.Gate;
import glasshouse.core.entry.Names;
import glasshouse.core.entry.RepoName;
import glasshouse.core.entry.RevisionId;
import glasshouse.core.entry.Visibility;
import glasshouse.hub.recent.RecentCache;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** The entries in the index. The repositories are the truth; a change is written there first. */
public final class Entries {
    private static final String COLUMNS =
            "e.id, e.kind, e.namespace, e.name, e.visibility, e.gate, e.default_branch, e.sdk,"
                    + " e.creator_id, e.created_at, e.head, e.modified_at, e.card, e.title, e.licence, e.library, e.task,"
                    + " e.parameters, e.weights, e.file_count, e.file_bytes, e.used_bytes, e.contradicted, e.statements, e.fault";

    private final Database index;
    private final RecentCache<String, Optional<Entry>> byName;

    public Entries(Database index) {
        this.index = index;
        this.byName = new RecentCache<>(4096, index::version);
    }

    /** The entry of that kind and name, compared without case. */
    public Optional<Entry> find(EntryKind kind, RepoName name) {
        return byName.get(
                kind.apiType() + ":" + name.key(),
                key -> index.read(db -> first(
                        db,
                        "WHERE e.kind = :kind AND e.namespace_key = :ns AND e.name_key = :name",
                        Map.of(
                                "kind",
                                kind.apiType(),
                                "ns",
                                Names.key(name.namespace()),
                                "name",
                                Names.key(name.name())))));
    }

    public Optional<Entry> find(EntryId id) {
        return byName.get("id:" + id, key -> index.read(db -> first(db, "WHERE e.id = :id", Map.of("id", id.value()))));
    }

    /**
     * A place in the order of a list: where a page ended.
     *
     * @param value of the column that the list is ordered by
     * @param id of the entry, which decides between equal ones
     */
    public record Position(String value, String id) {}

    /** Where an entry stands in the order of a list. */
    public Position position(EntryQuery.Sort sort, Entry entry) {
        Object value = switch (sort) {
            case MODIFIED -> entry.head().modifiedAt().toEpochMilli();
            case CREATED -> entry.createdAt().toEpochMilli();
            case NAME -> Names.key(entry.name().name());
            case SIZE -> entry.head().fileBytes();
            case PARAMETERS -> entry.head().parameters().orElse(0L);
            case CONTRADICTED -> entry.head().contradicted();
            case DOWNLOADS -> downloads(entry.id());
        };
        return new Position(String.valueOf(value), entry.id().value());
    }

    private long downloads(EntryId id) {
        return index.read(db -> db.createQuery("SELECT downloads FROM entry WHERE id = :id")
                .bind("id", id.value())
                .mapTo(Long.class)
                .findOne()
                .orElse(0L));
    }

    /** Notes how often entries were downloaded lately: what lists are ordered by. All that are not named have none. */
    public void setDownloads(Map<EntryId, Long> counts) {
        index.quietly(db -> {
            db.execute("UPDATE entry SET downloads = 0 WHERE downloads <> 0");
            counts.forEach((id, count) -> db.execute("UPDATE entry SET downloads = ? WHERE id = ?", count, id.value()));
            return counts.size();
        });
    }

    /** Lists what the audience may see. */
    public List<Entry> list(EntryQuery query, Audience audience) {
        return list(query, audience, Optional.empty());
    }

    /** Lists what the audience may see after a place in the order: a page that nobody's push in between shifts. */
    public List<Entry> list(EntryQuery query, Audience audience, Optional<Position> after) {
        Condition where = condition(query, audience);
        after.ifPresent(position -> {
            String beyond = query.ascending() ? ">" : "<";
            String column = query.sort().column();
            where.and("(" + column + " " + beyond + " :place OR (" + column + " = :place AND e.id " + beyond
                    + " :placeId))");
            where.bind("place", query.sort().value(position.value()));
            where.bind("placeId", position.id());
        });
        where.bind("limit", query.limit());
        where.bind("offset", query.offset());
        String direction = query.ascending() ? "ASC" : "DESC";
        String order = " ORDER BY " + query.sort().column() + " " + direction + ", e.id " + direction;
        return index.read(db -> {
            String sql = where.sql() + order + " LIMIT :limit OFFSET :offset";
            return withTags(db, query(db, sql, where));
        });
    }

    /** How many a list would have without its limit. */
    public long count(EntryQuery query, Audience audience) {
        Condition where = condition(query, audience);
        return index.read(db -> where.bindAll(db.createQuery("SELECT COUNT(*) FROM entry e " + where.sql()))
                .mapTo(Long.class)
                .one());
    }

    /** How many entries have each value of a column, most first: what filters can offer. */
    public Map<String, Long> facet(Facet facet, EntryQuery query, Audience audience, int limit) {
        Condition where = condition(query, audience);
        where.bind("limit", limit);
        String sql = "SELECT e." + facet.column() + " AS v, COUNT(*) AS n FROM entry e " + where.sql() + " AND e."
                + facet.column() + " IS NOT NULL GROUP BY e." + facet.column() + " ORDER BY n DESC, v LIMIT :limit";
        return index.read(db -> {
            Map<String, Long> counts = new LinkedHashMap<>();
            where.bindAll(db.createQuery(sql))
                    .map((row, context) -> Map.entry(row.getString("v"), row.getLong("n")))
                    .forEach(found -> counts.put(found.getKey(), found.getValue()));
            return counts;
        });
    }

    /** How many entries have each tag, most first. */
    public Map<String, Long> tags(EntryQuery query, Audience audience, int limit) {
        Condition where = condition(query, audience);
        where.bind("limit", limit);
        String sql = "SELECT tag.tag AS v, COUNT(*) AS n FROM entry_tag tag JOIN entry e ON e.id = tag.entry_id "
                + where.sql() + " GROUP BY tag.tag ORDER BY n DESC, v LIMIT :limit";
        return index.read(db -> {
            Map<String, Long> counts = new LinkedHashMap<>();
            where.bindAll(db.createQuery(sql))
                    .map((row, context) -> Map.entry(row.getString("v"), row.getLong("n")))
                    .forEach(found -> counts.put(found.getKey(), found.getValue()));
            return counts;
        });
    }

    /** The columns that {@link #facet} counts. */
    public enum Facet {
        LICENCE("licence"),
        LIBRARY("library"),
        TASK("task"),
        NAMESPACE("namespace");

        private final String column;

        Facet(String column) {
            this.column = column;
        }

        String column() {
            return column;
        }
    }

    private static Condition condition(EntryQuery query, Audience audience) {
        Condition where = new Condition();
        if (!audience.everything()) {
            if (audience.only()) {
                where.and("(e.visibility = 'public' OR (e.id IN (<ids>) AND e.namespace_key IN (<mine>)))");
                where.bindList("ids", audience.entryIds());
                where.bindList("mine", audience.namespaceKeys());
            } else {
                where.and("(e.visibility = 'public' OR e.namespace_key IN (<mine>))");
                where.bindList("mine", audience.namespaceKeys());
            }
        }
        query.kind().ifPresent(kind -> where.and("e.kind = :kind").bind("kind", kind.apiType()));
        query.namespace().ifPresent(ns -> where.and("e.namespace_key = :ns").bind("ns", Names.key(ns)));
        int n = 0;
        for (String word : query.search()) {
            String name = "word" + n++;
            where.and("(e.namespace_key || '/' || e.name_key LIKE :" + name + " ESCAPE '!' OR LOWER(e.title) LIKE :"
                    + name
                    + " ESCAPE '!' OR EXISTS (SELECT 1 FROM entry_tag t WHERE t.entry_id = e.id AND LOWER(t.tag) LIKE :"
                    + name
                    + " ESCAPE '!'))");
            where.bind(name, "%" + Names.key(word).replaceAll("[!%_]", "!$0") + "%");
        }
        for (String tag : query.tags()) {
            String name = "tag" + n++;
            where.and("EXISTS (SELECT 1 FROM entry_tag t WHERE t.entry_id = e.id AND t.tag = :" + name + ")")
                    .bind(name, tag);
        }
        query.gated().ifPresent(gated -> where.and(gated ? "e.gate <> 'none'" : "e.gate = 'none'"));
        query.parametersMin()
                .ifPresent(min -> where.and("e.parameters >= :pmin").bind("pmin", min));
        query.parametersMax()
                .ifPresent(max -> where.and("e.parameters <= :pmax").bind("pmax", max));
        query.bytesMin().ifPresent(min -> where.and("e.file_bytes >= :bmin").bind("bmin", min));
        query.bytesMax().ifPresent(max -> where.and("e.file_bytes <= :bmax").bind("bmax", max));
        return where;
    }

    /** Adds an entry, or replaces what is known of it. */
    public void put(Entry entry) {
        index.write(db -> {
            put(db, entry);
            return entry;
        });
    }

    private static void put(Handle db, Entry entry) {
        Entry.Head head = entry.head();
        db.createUpdate(
                        "INSERT INTO entry (id, kind, namespace, namespace_key, name, name_key, visibility, gate, default_branch,"
                                + " sdk, creator_id, created_at, head, modified_at, card, title,"
                                + " licence, library, task, parameters, weights,"
                                + " file_count, file_bytes, used_bytes, contradicted, statements, fault)"
                                + " VALUES (:id, :kind, :namespace, :nsKey, :name, :nameKey, :visibility, :gate, :branch, :sdk, :creator,"
                                + " :created, :head, :modified, :card, :title, :licence, :library, :task, :parameters, :weights, :files,"
                                + " :fileBytes, :usedBytes, :contradicted, :statements, :fault)"
                                + " ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, namespace = excluded.namespace,"
                                + " namespace_key = excluded.namespace_key, name = excluded.name, name_key = excluded.name_key,"
                                + " visibility = excluded.visibility, gate = excluded.gate, default_branch = excluded.default_branch,"
                                + " sdk = excluded.sdk, creator_id = excluded.creator_id, created_at = excluded.created_at,"
                                + " head = excluded.head, modified_at = excluded.modified_at, card = excluded.card, title = excluded.title,"
                                + " licence = excluded.licence, library = excluded.library, task = excluded.task,"
                                + " parameters = excluded.parameters, weights = excluded.weights, file_count = excluded.file_count,"
                                + " file_bytes = excluded.file_bytes, used_bytes = excluded.used_bytes,"
                                + " contradicted = excluded.contradicted, statements = excluded.statements, fault = excluded.fault")
                .bind("id", entry.id().value())
                .bind("kind", entry.kind().apiType())
                .bind("namespace", entry.name().namespace())
                .bind("nsKey", Names.key(entry.name().namespace()))
                .bind("name", entry.name().name())
                .bind("nameKey", Names.key(entry.name().name()))
                .bind("visibility", entry.visibility().word())
                .bind("gate", entry.gate().word())
                .bind("branch", entry.defaultBranch())
                .bind("sdk", entry.sdk())
                .bind("creator", entry.creatorId())
                .bind("created", entry.createdAt().toEpochMilli())
                .bind("head", head.revision().map(RevisionId::value))
                .bind("modified", head.modifiedAt().toEpochMilli())
                .bind("card", head.card())
                .bind("title", head.title())
                .bind("licence", head.licence())
                .bind("library", head.library())
                .bind("task", head.task())
                .bind("parameters", head.parameters())
                .bind("weights", head.weights())
                .bind("files", head.files())
                .bind("fileBytes", head.fileBytes())
                .bind("usedBytes", head.usedBytes())
                .bind("contradicted", head.contradicted())
                .bind("statements", head.statements())
                .bind("fault", head.fault())
                .execute();
        db.execute("DELETE FROM entry_tag WHERE entry_id = ?", entry.id().value());
        for (String tag : Set.copyOf(head.tags())) {
            db.execute(
                    "INSERT INTO entry_tag (entry_id, tag) VALUES (?, ?)",
                    entry.id().value(),
                    tag);
        }
    }

    /** Changes an entry from what the index holds now, as one step. */
    public Optional<Entry> change(EntryId id, java.util.function.UnaryOperator<Entry> change) {
        return index.write(db -> change(db, id, change));
    }

    static Optional<Entry> change(Handle db, EntryId id, java.util.function.UnaryOperator<Entry> change) {
        Optional<Entry> changed =
                first(db, "WHERE e.id = :id", Map.of("id", id.value())).map(change);
        changed.ifPresent(entry -> put(db, entry));
        return changed;
    }

    /**
     * Takes an entry out of the index, with all that was derived from it but the objects that it holds: while its repository is
     * kept, they are.
     */
    public void remove(EntryId id) {
        index.write(db -> remove(db, id));
    }

    /** Takes an entry out of the index, with all that was derived from it. */
    public void forget(EntryId id) {
        index.write(db -> {
            db.execute("DELETE FROM held_object WHERE entry_id = ?", id.value());
            return remove(db, id);
        });
    }

    private static int remove(Handle db, EntryId id) {
        for (String table : List.of("seen_ref", "tally", "inspection_evidence", "inspection", "job")) {
            db.execute("DELETE FROM " + table + " WHERE entry_id = ?", id.value());
        }
        return db.execute("DELETE FROM entry WHERE id = ?", id.value());
    }

    /** Every id there is. */
    public List<EntryId> ids() {
        return index.read(db -> db.createQuery("SELECT id FROM entry ORDER BY id")
                .map((row, context) -> new EntryId(row.getString(1)))
                .list());
    }

    /** What all entries take, by logical bytes. */
    public long usedBytes() {
        return index.read(db -> db.createQuery("SELECT COALESCE(SUM(used_bytes), 0) FROM entry")
                .mapTo(Long.class)
                .one());
    }

    /** Entries whose repositories have a fault. */
    public List<Entry> faulty(int limit) {
        Condition where = new Condition().and("e.fault IS NOT NULL");
        where.bind("limit", limit);
        return index.read(db -> withTags(db, query(db, where.sql() + " ORDER BY e.id LIMIT :limit", where)));
    }

    /** How many entries there are, and what they take by logical bytes. */
    public record Totals(long entries, long usedBytes) {}

    public Totals totals() {
        return index.read(db -> db.createQuery("SELECT COUNT(*), COALESCE(SUM(used_bytes), 0) FROM entry")
                .map((row, context) -> new Totals(row.getLong(1), row.getLong(2)))
                .one());
    }

    /** What the entries of a namespace take, by logical bytes. */
    public long usedBytes(String namespace) {
        return index.read(
                db -> db.createQuery("SELECT COALESCE(SUM(used_bytes), 0) FROM entry WHERE namespace_key = :ns")
                        .bind("ns", Names.key(namespace))
                        .mapTo(Long.class)
                        .one());
    }

    private static Optional<Entry> first(Handle db, String where, Map<String, Object> bindings) {
        Condition condition = new Condition();
        condition.bindings().putAll(bindings);
        return withTags(db, query(db, where, condition)).stream().findFirst();
    }

    private static List<Entry> query(Handle db, String where, Condition condition) {
        return condition
                .bindAll(db.createQuery("SELECT " + COLUMNS + " FROM entry e " + where))
                .map((row, context) -> entry(row))
                .list();
    }

    private static List<Entry> withTags(Handle db, List<Entry> entries) {
        if (entries.isEmpty()) {
            return entries;
        }
        Map<String, List<String>> tags = new LinkedHashMap<>();
        db.createQuery("SELECT entry_id, tag FROM entry_tag WHERE entry_id IN (<ids>) ORDER BY tag")
                .bindList("ids", entries.stream().map(e -> e.id().value()).toList())
                .map((row, context) -> Map.entry(row.getString(1), row.getString(2)))
                .forEach(tag -> tags.computeIfAbsent(tag.getKey(), id -> new ArrayList<>())
                        .add(tag.getValue()));
        return entries.stream()
                .map(entry -> entry.with(
                        withTags(entry.head(), tags.getOrDefault(entry.id().value(), List.of()))))
                .toList();
    }

    private static Entry.Head withTags(Entry.Head h, List<String> tags) {
        return new Entry.Head(
                h.revision(),
                h.modifiedAt(),
                h.card(),
                h.title(),
                List.copyOf(tags),
                h.licence(),
                h.library(),
                h.task(),
                h.parameters(),
                h.weights(),
                h.files(),
                h.fileBytes(),
                h.usedBytes(),
                h.contradicted(),
                h.statements(),
                h.fault());
    }

    private static Entry entry(ResultSet row) throws SQLException {
        long parameters = row.getLong("parameters");
        Optional<Long> counted = row.wasNull() ? Optional.empty() : Optional.of(parameters);
        Entry.Head head = new Entry.Head(
                Optional.ofNullable(row.getString("head")).map(RevisionId::new),
                Instant.ofEpochMilli(row.getLong("modified_at")),
                row.getString("card"),
                row.getString("title"),
                List.of(),
                Optional.ofNullable(row.getString("licence")),
                Optional.ofNullable(row.getString("library")),
                Optional.ofNullable(row.getString("task")),
                counted,
                Optional.ofNullable(row.getString("weights")),
                row.getLong("file_count"),
                row.getLong("file_bytes"),
                row.getLong("used_bytes"),
                row.getInt("contradicted"),
                row.getInt("statements"),
                Optional.ofNullable(row.getString("fault")));
        return new Entry(
                new EntryId(row.getString("id")),
                EntryKind.parse(row.getString("kind")).orElseThrow(),
                new RepoName(row.getString("namespace"), row.getString("name")),
                Visibility.parse(row.getString("visibility")).orElseThrow(),
                Gate.parse(row.getString("gate")).orElseThrow(),
                row.getString("default_branch"),
                Optional.ofNullable(row.getString("sdk")),
                row.getString("creator_id"),
                Instant.ofEpochMilli(row.getLong("created_at")),
                head);
    }

    /** The WHERE of a query with its values, so that no value is ever part of the text. */
    private static final class Condition {
        private final StringBuilder sql = new StringBuilder("WHERE 1 = 1");
        private final Map<String, Object> bindings = new LinkedHashMap<>();
        private final Map<String, List<String>> lists = new LinkedHashMap<>();

        Condition and(String condition) {
            sql.append(" AND ").append(condition);
            return this;
        }

        void bind(String name, Object value) {
            bindings.put(name, value);
        }

        void bindList(String name, Set<String> values) {
            // An empty list would not be SQL; no id is empty, so this matches nothing.
            lists.put(name, values.isEmpty() ? List.of("") : List.copyOf(values));
        }

        String sql() {
            return sql.toString();
        }

        Map<String, Object> bindings() {
            return bindings;
        }

        <S extends SqlStatement<S>> S bindAll(S statement) {
            bindings.forEach(statement::bind);
            lists.forEach((name, values) -> statement.bindList(name, values));
            return statement;
        }
    }
}
