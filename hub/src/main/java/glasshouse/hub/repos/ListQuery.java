package glasshouse.hub.repos;

import glasshouse.core.entry.EntryKind;
import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import glasshouse.hub.index.Entries;
import glasshouse.hub.index.EntryQuery;
import glasshouse.hub.web.Call;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads what a client asks of a list.
 *
 * @param query the query, with a limit of one more than the page: that one says whether there is a next page
 * @param page how many entries to show
 * @param after where the page before ended
 * @param nothing whether the answer is empty whatever is there: the client asks for what runs elsewhere
 */
record ListQuery(EntryQuery query, int page, Optional<Entries.Position> after, boolean nothing) {
    private static final int PAGE = 100;
    private static final int MAX_PAGE = 1_000;
    private static final int MAX_PAGE_WITH_FILES = 100;
    private static final int MAX_WORDS = 20;

    /** Parameters that name a tag: what stands before it for a model, and for a dataset. */
    private static final Map<String, String> TAGS = Map.of(
            "pipeline_tag", "",
            "library", "",
            "apps", "",
            "license", "license:",
            "task_categories", "task_categories:",
            "size_categories", "size_categories:",
            "trained_dataset", "dataset:",
            "base_model", "base_model:");

    private static final Map<String, EntryQuery.Sort> SORTS = Map.ofEntries(
            Map.entry("lastModified", EntryQuery.Sort.MODIFIED),
            Map.entry("last_modified", EntryQuery.Sort.MODIFIED),
            Map.entry("modified", EntryQuery.Sort.MODIFIED),
            Map.entry("createdAt", EntryQuery.Sort.CREATED),
            Map.entry("created_at", EntryQuery.Sort.CREATED),
            Map.entry("created", EntryQuery.Sort.CREATED),
            Map.entry("name", EntryQuery.Sort.NAME),
            Map.entry("id", EntryQuery.Sort.NAME),
            Map.entry("num_parameters", EntryQuery.Sort.PARAMETERS),
            Map.entry("size", EntryQuery.Sort.SIZE),
            Map.entry("downloads", EntryQuery.Sort.DOWNLOADS),
            Map.entry("trendingScore", EntryQuery.Sort.DOWNLOADS),
            Map.entry("trending_score", EntryQuery.Sort.DOWNLOADS),
            // Nobody can like anything yet: all have as many likes, and the newest go first.
            Map.entry("likes", EntryQuery.Sort.MODIFIED));

    private static final Pattern AMOUNT = Pattern.compile("(\\d{1,15}(?:\\.\\d{1,9})?)([KMBT]?)");

    static ListQuery of(Call call, EntryKind kind, boolean withFiles) {
        int max = withFiles ? MAX_PAGE_WITH_FILES : MAX_PAGE;
        int page = call.queryInt("limit", PAGE, 1, max);
        EntryQuery.Sort sort = sort(call);
        Optional<Range> parameters = call.query("num_parameters").map(Range::parse);
        EntryQuery query = new EntryQuery(
                Optional.of(kind),
                call.query("author").or(() -> call.query("owner")),
                words(call),
                tags(call, kind),
                call.query("gated").map(text -> flag("gated", text)),
                parameters.flatMap(Range::min),
                parameters.flatMap(Range::max),
                Optional.empty(),
                Optional.empty(),
                sort,
                call.query("direction").map(text -> text.equals("1")).orElse(false),
                0,
                page + 1);
        boolean nothing = call.query("inference").isPresent()
                || call.query("inference_provider").isPresent();
        return new ListQuery(query, page, call.query("cursor").map(ListQuery::position), nothing);
    }

    private static EntryQuery.Sort sort(Call call) {
        String word = call.query("sort").orElse("lastModified");
        EntryQuery.Sort sort = SORTS.get(word);
        if (sort == null) {
            throw invalid("`sort` has no such value")
                    .mend("use lastModified, createdAt, downloads, likes or trendingScore")
                    .refusal();
        }
        return sort;
    }

    private static List<String> words(Call call) {
        List<String> words = Stream.of(call.query("search").orElse("").strip().split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
        return limited("search", words);
    }

    private static List<String> tags(Call call, EntryKind kind) {
        List<String> tags = new ArrayList<>();
        // A tag can have a comma in it (a size category has none); clients of old joined tags with commas.
        call.queryAll("filter").stream()
                .flatMap(text -> Stream.of(text.split(",")))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .forEach(tags::add);
        TAGS.forEach((parameter, prefix) -> call.queryAll(parameter).forEach(value -> tags.add(tag(prefix, value))));
        String language = kind == EntryKind.DATASET ? "language:" : "";
        call.queryAll("language").forEach(value -> tags.add(tag(language, value)));
        return limited("filter", tags);
    }

    private static String tag(String prefix, String value) {
        return value.startsWith(prefix) ? value : prefix + value;
    }

    private static List<String> limited(String parameter, List<String> words) {
        if (words.size() > MAX_WORDS || words.stream().anyMatch(word -> word.length() > CardTags.MAX_LENGTH)) {
            throw invalid("`" + parameter + "` has more than " + MAX_WORDS + " words, or one that is too long")
                    .refusal();
        }
        return words;
    }

    private static boolean flag(String parameter, String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "1", "auto", "manual" -> true;
            case "false", "0" -> false;
            default -> throw invalid("`" + parameter + "` is true or false").refusal();
        };
    }

    /** {@code min:6B,max:128B}, each part optional. */
    private record Range(Optional<Long> min, Optional<Long> max) {
        static Range parse(String text) {
            Optional<Long> min = Optional.empty();
            Optional<Long> max = Optional.empty();
            for (String part : text.split(",", -1)) {
                if (part.startsWith("min:")) {
                    min = Optional.of(amount(part.substring(4)));
                } else if (part.startsWith("max:")) {
                    max = Optional.of(amount(part.substring(4)));
                } else {
                    throw bad();
                }
            }
            return new Range(min, max);
        }

        private static long amount(String text) {
            Matcher found = AMOUNT.matcher(text.strip().toUpperCase(Locale.ROOT));
            if (!found.matches()) {
                throw bad();
            }
            double unit = switch (found.group(2)) {
                case "K" -> 1e3;
                case "M" -> 1e6;
                case "B" -> 1e9;
                case "T" -> 1e12;
                default -> 1;
            };
            return (long) (Double.parseDouble(found.group(1)) * unit);
        }

        private static RuntimeException bad() {
            return invalid("`num_parameters` is not a range")
                    .mend("write it as `min:6B,max:128B`")
                    .refusal();
        }
    }

    /** A position as the text of a cursor. */
    static String cursor(Entries.Position position) {
        String text = position.id() + " " + position.value();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Entries.Position position(String cursor) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            int space = text.indexOf(' ');
            if (space == 24) {
                return new Entries.Position(text.substring(space + 1), text.substring(0, space));
            }
        } catch (IllegalArgumentException notBase64) {
            // said below
        }
        throw invalid("`cursor` is not one that this server gave").refusal();
    }

    private static Problem invalid(String what) {
        return Problem.of(Code.INVALID, what);
    }
}
