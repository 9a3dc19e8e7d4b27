package glasshouse.hub.watch;

import glasshouse.hub.web.Guard;
import glasshouse.hub.web.Json;
import glasshouse.hub.web.Route;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The table of routes as an OpenAPI document: every route is in it because it is a route. It says paths, parameters, what a route is
 * for and who may; shapes of answers are those of the Hub, and of our own API as its guide shows them.
 */
final class OpenApi {
    private OpenApi() {}

    static ObjectNode of(List<Route> routes) {
        ObjectNode document = Json.object().put("openapi", "3.1.0");
        document.putObject("info")
                .put("title", "Glasshouse")
                .put("version", "1")
                .put(
                        "description",
                        "Everything that can be asked of this server. A `{path}` at an end may have several segments.");
        document.putArray("servers").addObject().put("url", "/");
        ObjectNode schemes = document.putObject("components").putObject("securitySchemes");
        schemes.putObject("token").put("type", "http").put("scheme", "bearer");
        TreeMap<String, ObjectNode> paths = new TreeMap<>();
        for (Route route : routes) {
            for (Route.Path path : route.paths()) {
                ObjectNode item = paths.computeIfAbsent(name(path), p -> Json.object());
                String method = route.method().name().toLowerCase(Locale.ROOT);
                if (!item.has(method)) {
                    item.set(method, operation(route, path));
                }
            }
        }
        ObjectNode all = document.putObject("paths");
        paths.forEach(all::set);
        return document;
    }

    /** OpenAPI has no name for a rest of several segments: it is shown as one. */
    private static String name(Route.Path path) {
        StringBuilder name = new StringBuilder();
        path.segments().forEach(segment -> name.append('/').append(plain(segment)));
        return name.isEmpty() ? "/" : name.toString();
    }

    private static String plain(String segment) {
        return segment.startsWith("{") ? segment.replace("?*}", "}").replace("*}", "}") : segment;
    }

    private static ObjectNode operation(Route route, Route.Path path) {
        ObjectNode operation = Json.object().put("summary", route.about());
        operation.putArray("tags").add(tag(route));
        ArrayNode parameters = operation.putArray("parameters");
        for (String segment : path.segments()) {
            if (segment.startsWith("{")) {
                ObjectNode parameter = parameters.addObject();
                String named = plain(segment);
                parameter
                        .put("name", named.substring(1, named.length() - 1))
                        .put("in", "path")
                        .put("required", true);
                parameter.putObject("schema").put("type", "string");
            }
        }
        ArrayNode allowed = operation.putArray("x-glasshouse-needs");
        needs(route.guard()).forEach(allowed::add);
        ObjectNode answers = operation.putObject("responses");
        answers.putObject("2XX").put("description", "what was asked for");
        answers.putObject("4XX").put("description", "what is wrong with the request, and what to do");
        return operation;
    }

    private static String tag(Route route) {
        return route.pattern().startsWith("/api/glasshouse/")
                ? "glasshouse"
                : switch (route.surface()) {
                    case API -> "hub";
                    case FILE -> "files";
                    case GIT -> "git";
                    case LFS -> "git-lfs";
                    case PAGE -> "pages";
                    case PLAIN -> "watch";
                };
    }

    private static List<String> needs(Guard guard) {
        return switch (guard) {
            case Guard.Instance on -> List.of(word(on.action()));
            case Guard.Namespace on -> List.of(word(on.action()));
            case Guard.OfEntry on -> List.of(word(on.action()));
            case Guard.Found found ->
                found.actions().stream().map(OpenApi::word).sorted().toList();
        };
    }

    private static String word(Enum<?> action) {
        return action.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
