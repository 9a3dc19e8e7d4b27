package glasshouse.hub.web;

import glasshouse.core.entry.EntryKind;
import java.util.ArrayList;
import java.util.List;

/**
 * One line of the table of contents: which requests, who may make them, who answers, and what it is for.
 *
 * <p>A pattern has literal segments, {@code {name}} for one segment, {@code {name*}} for all the rest (at least one segment),
 * {@code {name?*}} for all the rest or none, and two that stand for several: {@code {kinds}/{entry}} in the API
 * ({@code models/ns/name}, {@code datasets/ns/name}, {@code spaces/ns/name}, {@code code/ns/name}) and {@code {entry}} at the
 * start of an address ({@code ns/name} and the same behind {@code models}, {@code datasets}, {@code spaces}, {@code code}).
 *
 * @param method what the request does
 * @param pattern which paths
 * @param surface in whose terms errors are told
 * @param guard who may
 * @param handler who answers
 * @param about what it is for, in one line of the reference
 */
public record Route(Method method, String pattern, Surface surface, Guard guard, Handler handler, String about) {

    /**
     * A pattern with nothing left that stands for several.
     *
     * @param kind of the entry in the path, where there is one
     */
    public record Path(List<String> segments, java.util.Optional<EntryKind> kind) {
        public Path {
            segments = List.copyOf(segments);
        }
    }

    public Route {
        if (!pattern.startsWith("/") || about.isBlank()) {
            throw new IllegalArgumentException("a route has a pattern and says what it is for: " + pattern);
        }
    }

    /** All the patterns that this one stands for. */
    public List<Path> paths() {
        List<Path> paths = new ArrayList<>();
        if (pattern.startsWith("/{entry}")) {
            String rest = "/{ns}/{name}" + pattern.substring("/{entry}".length());
            paths.add(path(rest, EntryKind.MODEL));
            paths.add(path("/models" + rest, EntryKind.MODEL));
            paths.add(path("/datasets" + rest, EntryKind.DATASET));
            paths.add(path("/spaces" + rest, EntryKind.CODE));
            paths.add(path("/code" + rest, EntryKind.CODE));
        } else if (pattern.contains("{kinds}/{entry}")) {
            for (EntryKind kind : EntryKind.values()) {
                paths.add(path(pattern.replace("{kinds}/{entry}", kind.apiSegment() + "/{ns}/{name}"), kind));
            }
            paths.add(path(pattern.replace("{kinds}/{entry}", "code/{ns}/{name}"), EntryKind.CODE));
        } else {
            paths.add(new Path(split(pattern), java.util.Optional.empty()));
        }
        return paths;
    }

    private static Path path(String pattern, EntryKind kind) {
        return new Path(split(pattern), java.util.Optional.of(kind));
    }

    private static List<String> split(String pattern) {
        return pattern.equals("/") ? List.of() : List.of(pattern.substring(1).split("/"));
    }
}
