package glasshouse.hub.page;

import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import glasshouse.hub.account.Secrets;
import glasshouse.hub.web.Guard;
import glasshouse.hub.web.Method;
import glasshouse.hub.web.Reply;
import glasshouse.hub.web.Route;
import glasshouse.hub.web.Surface;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The style sheet, the script and the icon, out of our own jar. Their address holds their digest, so that a browser may keep them for
 * good and never sees an old one with a new page.
 */
public final class Assets {
    private record Asset(String contentType, byte[] bytes, String href) {}

    private final Map<String, Asset> byName = new LinkedHashMap<>();

    public Assets() {
        add("style.css", "text/css; charset=utf-8", "/glasshouse/hub/page/style.css");
        add("icon.svg", "image/svg+xml", "/glasshouse/hub/page/icon.svg");
        add(
                "htmx.js",
                "text/javascript; charset=utf-8",
                "/META-INF/resources/webjars/htmx.org/2.0.10/dist/htmx.min.js");
    }

    private void add(String name, String contentType, String resource) {
        try (InputStream in = Assets.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + resource);
            }
            byte[] bytes = in.readAllBytes();
            String digest =
                    Secrets.hash(new String(bytes, StandardCharsets.ISO_8859_1)).substring(0, 16);
            byName.put(name, new Asset(contentType, bytes, "/assets/" + digest + "/" + name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The address of an asset, with its digest. */
    public String href(String name) {
        Asset asset = byName.get(name);
        if (asset == null) {
            throw new IllegalArgumentException("no asset " + name);
        }
        return asset.href();
    }

    List<Route> routes() {
        return List.of(new Route(
                Method.GET,
                "/assets/{digest}/{file}",
                Surface.FILE,
                Guard.anybody(),
                call -> serve(call.path("digest"), call.path("file")),
                "The style sheet, the script and the icon of the pages."));
    }

    private Reply serve(String digest, String name) {
        Asset asset = byName.get(name);
        if (asset == null || !asset.href().equals("/assets/" + digest + "/" + name)) {
            throw Problem.of(Code.NOT_FOUND, "no such asset").refusal();
        }
        return Reply.bytes(200, asset.contentType(), asset.bytes())
                .header("Cache-Control", "public, max-age=31536000, immutable")
                .header("X-Content-Type-Options", "nosniff");
    }
}
