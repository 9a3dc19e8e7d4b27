package glasshouse.hub.server;

import glasshouse.core.entry.EntryKind;
import glasshouse.core.entry.Names;
import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import glasshouse.hub.web.Method;
import glasshouse.hub.web.Route;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the route of a path in a tree of segments: a literal segment goes before a named one, a named one before a rest, and
 * what does not lead to a route is tried the next way. The time depends on the length of the path, not on the number of
 * routes. Segments are split before they are decoded, so that an encoded slash stays within its segment.
 */
public final class Router {
    /** A route that takes a path. */
    public record Match(Route route, Map<String, String> parameters, Optional<EntryKind> kind) {}

    private record Target(Route route, List<String> pattern, Optional<EntryKind> kind) {}

    private static final class Node {
        final Map<String, Node> literals = new HashMap<>();

        @Nullable
        Node named;

        final Map<Method, Target> here = new EnumMap<>(Method.class);
        final Map<Method, Target> rest = new EnumMap<>(Method.class);
    }

    private final Node root = new Node();

    public Router(List<Route> routes) {
        for (Route route : routes) {
            for (Route.Path path : route.paths()) {
                add(route, path);
            }
        }
    }

    private void add(Route route, Route.Path path) {
        Node node = root;
        Target target = new Target(route, path.segments(), path.kind());
        for (String segment : path.segments()) {
            if (segment.endsWith("*}")) {
                put(node.rest, target);
                if (segment.endsWith("?*}")) {
                    put(node.here, target);
                }
                return;
            }
            if (segment.startsWith("{")) {
                if (node.named == null) {
                    node.named = new Node();
                }
                node = node.named;
            } else {
                node = node.literals.computeIfAbsent(segment, s -> new Node());
            }
        }
        put(node.here, target);
    }

    private static void put(Map<Method, Target> targets, Target target) {
        Target other = targets.putIfAbsent(target.route().method(), target);
        if (other != null) {
            throw new IllegalStateException(
                    "two routes take " + target.route().method() + " " + target.pattern() + " and " + other.pattern());
        }
    }

    /**
     * The route for a method and a raw path.
     *
     * @throws glasshouse.core.problem.Refusal INVALID where the path is not UTF-8
     */
    public Optional<Match> match(Method method, String rawPath) {
        List<String> segments = segments(rawPath);
        Target target = find(root, segments, 0, method);
        return target == null ? Optional.empty() : Optional.of(bind(target, segments));
    }

    /** The methods that some route takes at a path. */
    public Set<Method> methods(String rawPath) {
        List<String> segments = segments(rawPath);
        Set<Method> methods = java.util.EnumSet.noneOf(Method.class);
        for (Method method : Method.values()) {
            if (find(root, segments, 0, method) != null) {
                methods.add(method);
            }
        }
        return methods;
    }

    private static @Nullable Target find(Node node, List<String> segments, int at, Method method) {
        if (at == segments.size()) {
            return node.here.get(method);
        }
        Node literal = node.literals.get(segments.get(at));
        if (literal != null) {
            Target target = find(literal, segments, at + 1, method);
            if (target != null) {
                return target;
            }
        }
        if (node.named != null && !segments.get(at).isEmpty() && mayBeNamed(at, segments.get(at))) {
            Target target = find(node.named, segments, at + 1, method);
            if (target != null) {
                return target;
            }
        }
        return node.rest.get(method);
    }

    /** INVARIANT: what stands first in our own addresses is nobody's name, so `/api/x` is never an entry of a user called `api`. */
    private static boolean mayBeNamed(int at, String segment) {
        return at > 0 || !Names.RESERVED.contains(Names.key(segment));
    }

    private static Match bind(Target target, List<String> segments) {
        Map<String, String> parameters = new HashMap<>();
        for (int i = 0; i < target.pattern().size(); i++) {
            String name = target.pattern().get(i);
            if (name.endsWith("*}")) {
                String key = name.substring(1, name.length() - (name.endsWith("?*}") ? 3 : 2));
                parameters.put(key, String.join("/", segments.subList(Math.min(i, segments.size()), segments.size())));
            } else if (name.startsWith("{")) {
                parameters.put(name.substring(1, name.length() - 1), segments.get(i));
            }
        }
        return new Match(target.route(), parameters, target.kind());
    }

    private static List<String> segments(String rawPath) {
        List<String> segments = new ArrayList<>();
        int end = rawPath.length() > 1 && rawPath.endsWith("/") ? rawPath.length() - 1 : rawPath.length();
        int start = 1;
        while (start <= end && end > 0 && !(start == 1 && end == 1)) {
            int slash = rawPath.indexOf('/', start);
            int stop = slash < 0 || slash > end ? end : slash;
            segments.add(decode(rawPath.substring(start, stop)));
            start = stop + 1;
        }
        return segments;
    }

    private static String decode(String segment) {
        if (segment.indexOf('%') < 0) {
            return segment;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] raw = segment.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < raw.length; i++) {
            if (raw[i] != '%') {
                bytes.write(raw[i]);
                continue;
            }
            int high = i + 2 <= raw.length - 1 ? Character.digit(raw[i + 1], 16) : -1;
            int low = i + 2 <= raw.length - 1 ? Character.digit(raw[i + 2], 16) : -1;
            if (high < 0 || low < 0) {
                throw Problem.of(Code.INVALID, "the address has a `%` that is not followed by two hex digits")
                        .refusal();
            }
            bytes.write(high << 4 | low);
            i += 2;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw Problem.of(Code.INVALID, "the address is not UTF-8").refusal();
        }
    }
}
