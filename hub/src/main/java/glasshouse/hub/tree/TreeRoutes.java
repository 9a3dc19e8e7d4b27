package glasshouse.hub.tree;

import glasshouse.core.access.Action;
import glasshouse.core.entry.ArtefactPath;
import glasshouse.core.entry.EntryId;
import glasshouse.core.entry.RevisionId;
import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import glasshouse.hub.git.GitRepo;
import glasshouse.hub.git.LastCommits;
import glasshouse.hub.git.LastCommits.Last;
import glasshouse.hub.git.Repositories;
import glasshouse.hub.git.Revisions;
import glasshouse.hub.git.TreeItem;
import glasshouse.hub.git.TreeListing;
import glasshouse.hub.index.Entry;
import glasshouse.hub.recent.Recent;
import glasshouse.hub.web.Address;
import glasshouse.hub.web.BodyLimit;
import glasshouse.hub.web.Call;
import glasshouse.hub.web.Guard;
import glasshouse.hub.web.Json;
import glasshouse.hub.web.Method;
import glasshouse.hub.web.Parameters;
import glasshouse.hub.web.Place;
import glasshouse.hub.web.Reply;
import glasshouse.hub.web.Route;
import glasshouse.hub.web.Surface;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** Lists folders of a revision, and tells what is at single paths. */
public final class TreeRoutes {
    private static final int PAGE = 1000;
    /** With last commits a page costs a walk over the history. */
    private static final int EXPANDED_PAGE = 50;

    private static final long RECENT_BYTES = 32L << 20;
    private static final int MAX_PATHS = 10_000;
    private static final int MAX_EXPANDED_PATHS = 1000;

    private final Repositories repositories;
    private final TreeListing trees;
    private final Recent<Question, Listed> recent = new Recent<>(RECENT_BYTES, listed -> listed.json().length);

    /** Everything that a page depends on: a revision never changes. */
    private record Question(
            EntryId entry,
            RevisionId revision,
            String folder,
            boolean expand,
            boolean recursive,
            Optional<String> after,
            int limit) {}

    private record Listed(byte[] json, Optional<String> next) {}

    public TreeRoutes(Repositories repositories, TreeListing trees) {
        this.repositories = repositories;
        this.trees = trees;
    }

    public List<Route> routes() {
        return List.of(
                new Route(
                        Method.GET,
                        "/api/{kinds}/{entry}/tree/{rev}/{path?*}",
                        Surface.API,
                        Guard.entry(Action.SEE),
                        this::list,
                        "Files and folders of a revision, a page at a time; `recursive`, `expand` (last commits), `limit`."),
                new Route(
                        Method.POST,
                        "/api/{kinds}/{entry}/paths-info/{rev}",
                        Surface.API,
                        Guard.entry(Action.SEE),
                        this::paths,
                        "What is at some paths of a revision, as a form or JSON; those that are not there are left out."));
    }

    private Reply list(Call call) throws IOException {
        Place place = Place.of(call);
        GitRepo repo = repositories.open(call.entry().id());
        RevisionId revision = Revisions.require(repo, call.entry(), place.revision());
        boolean expand = call.queryFlag("expand");
        boolean recursive = call.queryFlag("recursive");
        int most = expand ? EXPANDED_PAGE : PAGE;
        Question question = new Question(
                repo.id(),
                revision,
                place.path(),
                expand,
                recursive,
                cursor(call),
                call.queryInt("limit", most, 1, most));
        Optional<Listed> known = recent.get(question);
        Listed listed = known.isPresent()
                ? known.get()
                : listed(repo, question)
                        .orElseThrow(() -> Problem.of(
                                        Code.ARTEFACT_NOT_FOUND,
                                        "no folder `" + place.path() + "` in `"
                                                + call.entry().name() + "` at `" + place.revision() + "`")
                                .refusal());
        if (known.isEmpty()) {
            recent.keep(question, listed);
        }
        Reply reply = Reply.jsonBytes(listed.json());
        return listed.next()
                .map(next -> reply.header("Link", "<" + link(call, question, next) + ">; rel=\"next\""))
                .orElse(reply);
    }

    private Optional<Listed> listed(GitRepo repo, Question asked) throws IOException {
        Optional<TreeListing.Page> page =
                trees.list(repo, asked.revision(), asked.folder(), asked.recursive(), asked.after(), asked.limit());
        return page.isEmpty()
                ? Optional.empty()
                : Optional.of(new Listed(
                        Json.bytes(items(repo, asked.revision(), page.get().items(), asked.expand())),
                        page.get().next()));
    }

    private static ArrayNode items(GitRepo repo, RevisionId revision, List<TreeItem> items, boolean expand)
            throws IOException {
        Map<String, Last> last = expand && !items.isEmpty()
                ? LastCommits.of(
                        repo, revision, items.stream().map(TreeItem::path).toList())
                : Map.of();
        ArrayNode json = Json.array();
        for (TreeItem item : items) {
            json.add(ItemJson.of(item, Optional.ofNullable(last.get(item.path()))));
        }
        return json;
    }

    /** The next page is one of the same revision, even if the branch moves on meanwhile. */
    private static String link(Call call, Question asked, String next) {
        Entry entry = call.entry();
        String folder = asked.folder().isEmpty() ? "" : "/" + Address.encodePath(asked.folder());
        String cursor = Base64.getUrlEncoder().withoutPadding().encodeToString(next.getBytes(StandardCharsets.UTF_8));
        return call.address()
                .link("/api/" + entry.kind().apiSegment() + "/" + entry.name() + "/tree/" + asked.revision() + folder
                        + "?recursive=" + asked.recursive() + "&expand=" + asked.expand() + "&limit=" + asked.limit()
                        + "&cursor=" + cursor);
    }

    private static Optional<String> cursor(Call call) {
        try {
            return call.query("cursor")
                    .map(text -> new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw Problem.of(Code.INVALID, "the `cursor` is not one that was given out")
                    .mend("begin at the first page")
                    .refusal();
        }
    }

    private Reply paths(Call call) throws IOException {
        List<String> asked = new ArrayList<>();
        boolean expand;
        if (call.contentType().startsWith("application/json")) {
            JsonNode json = call.json(BodyLimit.PATHS);
            for (JsonNode path : json.path("paths")) {
                asked.add(path.asString(""));
            }
            expand = json.path("expand").asBoolean(false);
        } else {
            Parameters form = call.form(BodyLimit.PATHS);
            asked.addAll(form.all("paths"));
            expand = form.first("expand").map(Boolean::parseBoolean).orElse(false);
        }
        Set<String> paths = new LinkedHashSet<>();
        for (String path : asked) {
            String plain = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
            if (ArtefactPath.fault(plain).isEmpty()) {
                paths.add(plain);
            }
        }
        int most = expand ? MAX_EXPANDED_PATHS : MAX_PATHS;
        if (paths.size() > most) {
            throw Problem.of(Code.TOO_LARGE, "at most " + most + " paths can be asked for at once")
                    .refusal();
        }
        GitRepo repo = repositories.open(call.entry().id());
        RevisionId revision = Revisions.require(repo, call.entry(), call.path("rev"));
        Map<String, TreeItem> found = trees.find(repo, revision, paths);
        List<TreeItem> items =
                paths.stream().map(found::get).filter(item -> item != null).toList();
        return Reply.json(items(repo, revision, items, expand));
    }
}
