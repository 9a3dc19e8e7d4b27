package glasshouse.hub.server;

import glasshouse.core.entry.Names;
import glasshouse.hub.index.Entry;
import glasshouse.hub.web.Address;
import glasshouse.hub.web.Call;
import glasshouse.hub.web.Method;
import glasshouse.hub.web.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Sends readers on from a name that an entry once had. Writers are served under the old name as well: not every client repeats a
 * body, and the entry is the same.
 */
final class Moved {
    private Moved() {}

    static Optional<Reply> redirect(Call call, Entry entry, String rawPath) {
        String name = call.path("name");
        String plain = name.endsWith(".git") ? name.substring(0, name.length() - 4) : name;
        boolean same = Names.key(call.path("ns")).equals(Names.key(entry.name().namespace()))
                && Names.key(plain).equals(Names.key(entry.name().name()));
        if (same || call.route().method() != Method.GET) {
            return Optional.empty();
        }
        List<String> segments = new ArrayList<>(List.of(rawPath.substring(1).split("/", -1)));
        int at = indexOfNamespace(call, segments);
        segments.set(at, Address.encodeSegment(entry.name().namespace()));
        segments.set(at + 1, Address.encodeSegment(entry.name().name()) + (name.endsWith(".git") ? ".git" : ""));
        String query = call.uri().indexOf('?') < 0
                ? ""
                : call.uri().substring(call.uri().indexOf('?'));
        return Optional.of(Reply.redirect("/" + String.join("/", segments) + query));
    }

    private static int indexOfNamespace(Call call, List<String> segments) {
        String pattern = call.route().pattern();
        if (!pattern.startsWith("/{entry}")) {
            // /api/{kinds}/ns/name
            return pattern.substring(1, pattern.indexOf("{kinds}")).split("/").length + 1;
        }
        return Names.RESERVED.contains(Names.key(segments.getFirst())) ? 1 : 0;
    }
}
