package glasshouse.hub.sitepage;

import glasshouse.core.entry.EntryKind;
import glasshouse.hub.index.EntryQuery;
import glasshouse.hub.web.Address;
import glasshouse.hub.web.Call;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a reader narrowed a catalogue to, as it stands in the address. Anything unknown there counts as not said.
 *
 * @param search words, all of which must occur
 * @param sort one of {@link #SORTS}
 * @param size one of {@link #SIZES}, or empty
 * @param page from 1
 */
public record Filters(
        Optional<EntryKind> kind,
        String search,
        String licence,
        String library,
        String task,
        String owner,
        String size,
        String sort,
        int page) {
    /** How many entries a page shows. */
    public static final int PAGE_SIZE = 50;

    private static final int MAX_PAGE = 20_000;
    private static final int MAX_WORDS = 8;
    private static final int MAX_LENGTH = 200;

    /** The orders, by their word in the address. */
    public static final Map<String, String> SORTS = ordered(
            "modified",
            "last change",
            "created",
            "newest first",
            "name",
            "name",
            "size",
            "size of files",
            "parameters",
            "number of parameters",
            "contradicted",
            "most contradictions");

    /** The sizes, by their word in the address. */
    public static final Map<String, String> SIZES = ordered(
            "100mb",
            "up to 100 MB",
            "1gb",
            "100 MB to 1 GB",
            "10gb",
            "1 to 10 GB",
            "100gb",
            "10 to 100 GB",
            "more",
            "above 100 GB");

    private static Map<String, String> ordered(String... pairs) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(pairs[i], pairs[i + 1]);
        }
        return java.util.Collections.unmodifiableMap(map);
    }

    static Filters of(Call call, Optional<EntryKind> kind) {
        String sort = word(call, "sort");
        String size = word(call, "size");
        return new Filters(
                kind,
                word(call, "q"),
                word(call, "licence"),
                word(call, "library"),
                word(call, "task"),
                word(call, "owner"),
                SIZES.containsKey(size) ? size : "",
                SORTS.containsKey(sort) ? sort : "modified",
                call.queryInt("page", 1, 1, MAX_PAGE));
    }

    private static String word(Call call, String name) {
        String text = call.query(name).orElse("").strip();
        return text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) : text;
    }

    EntryQuery query() {
        List<String> tags = new ArrayList<>();
        add(tags, licence.isEmpty() ? "" : "license:" + licence);
        add(tags, library);
        add(tags, task);
        return new EntryQuery(
                kind,
                owner.isEmpty() ? Optional.empty() : Optional.of(owner),
                Arrays.stream(search.split("\\s+"))
                        .filter(w -> !w.isEmpty())
                        .limit(MAX_WORDS)
                        .toList(),
                tags,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                bytesMin(),
                bytesMax(),
                switch (sort) {
                    case "created" -> EntryQuery.Sort.CREATED;
                    case "name" -> EntryQuery.Sort.NAME;
                    case "size" -> EntryQuery.Sort.SIZE;
                    case "parameters" -> EntryQuery.Sort.PARAMETERS;
                    case "contradicted" -> EntryQuery.Sort.CONTRADICTED;
                    default -> EntryQuery.Sort.MODIFIED;
                },
                sort.equals("name"),
                (page - 1) * PAGE_SIZE,
                PAGE_SIZE);
    }

    private static void add(List<String> tags, String tag) {
        if (!tag.isEmpty()) {
            tags.add(tag);
        }
    }

    private Optional<Long> bytesMin() {
        return switch (size) {
            case "1gb" -> Optional.of(100_000_000L);
            case "10gb" -> Optional.of(1_000_000_000L);
            case "100gb" -> Optional.of(10_000_000_000L);
            case "more" -> Optional.of(100_000_000_000L);
            default -> Optional.empty();
        };
    }

    private Optional<Long> bytesMax() {
        return switch (size) {
            case "100mb" -> Optional.of(100_000_000L);
            case "1gb" -> Optional.of(1_000_000_000L);
            case "10gb" -> Optional.of(10_000_000_000L);
            case "100gb" -> Optional.of(100_000_000_000L);
            default -> Optional.empty();
        };
    }

    /** Whether anything is narrowed. */
    public boolean narrowed() {
        return !(search + licence + library + task + owner + size).isEmpty();
    }

    /** The address of the catalogue with these filters, without a page: ends in {@code page=}. */
    String addressOfPages(String path) {
        StringBuilder address = new StringBuilder(path).append('?');
        Map<String, String> said = new LinkedHashMap<>();
        said.put("q", search);
        said.put("licence", licence);
        said.put("library", library);
        said.put("task", task);
        said.put("owner", owner);
        said.put("size", size);
        said.put("sort", sort.equals("modified") ? "" : sort);
        said.forEach((name, value) -> {
            if (!value.isEmpty()) {
                address.append(name)
                        .append('=')
                        .append(Address.encodeSegment(value))
                        .append('&');
            }
        });
        return address.append("page=").toString();
    }
}
