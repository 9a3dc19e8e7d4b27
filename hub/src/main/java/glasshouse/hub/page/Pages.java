package glasshouse.hub.page;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import glasshouse.core.problem.Problem;
import glasshouse.hub.web.Call;
import glasshouse.hub.web.Reply;
import glasshouse.hub.web.Route;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Draws pages. Safe for many threads. */
public final class Pages {
    /**
     * INVARIANT: nothing inline runs or styles, and nothing is loaded from elsewhere. What people publish appears on pages, and this is
     * the second wall behind escaping and sanitising.
     */
    private static final String POLICY =
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; media-src 'self';"
                    + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private final TemplateEngine engine = TemplateEngine.createPrecompiled(
            null, ContentType.Html, Pages.class.getClassLoader(), "glasshouse.hub.template");
    private final Assets assets;
    private final InstantSource clock;

    public Pages(Assets assets, InstantSource clock) {
        this.assets = assets;
        this.clock = clock;
    }

    public List<Route> routes() {
        return assets.routes();
    }

    /** The frame of a page that answers a call. */
    public Layout layout(Call call, String title) {
        Optional<Viewer> viewer = call.caller().account().map(a -> new Viewer(a.name(), a.operator()));
        return layout(title, viewer, call.uri(), call.address().base());
    }

    private Layout layout(String title, Optional<Viewer> viewer, String here, String base) {
        return new Layout(
                title,
                "",
                "",
                viewer,
                here,
                Optional.empty(),
                base,
                assets.href("style.css"),
                assets.href("htmx.js"),
                assets.href("icon.svg"),
                clock.instant());
    }

    /** An answer with a page. */
    public Reply reply(String template, Object page) {
        return reply(200, template, page);
    }

    public Reply reply(int status, String template, Object page) {
        StringOutput html = new StringOutput(16 << 10);
        engine.render(template, page, html);
        return Reply.html(status, html.toString())
                .header("Content-Security-Policy", POLICY)
                .header("X-Content-Type-Options", "nosniff")
                .header("X-Frame-Options", "DENY")
                .header("Referrer-Policy", "same-origin")
                .header("Cross-Origin-Opener-Policy", "same-origin")
                // What a page shows depends on who looks: no cache may hand it to somebody else.
                .header("Cache-Control", "private, no-cache")
                .header("Vary", "Cookie, Authorization");
    }

    /** The page for a problem: what, where, why, what to do, and the id of the request. */
    public Reply problem(int status, Problem problem, String requestId, boolean signedIn) {
        Optional<Viewer> viewer = signedIn ? Optional.of(new Viewer("", false)) : Optional.empty();
        Layout layout = layout(ErrorPage.heading(status), viewer, "/", "");
        return reply(status, "error.jte", new ErrorPage(layout, status, problem, requestId));
    }
}
