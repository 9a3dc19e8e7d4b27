package glasshouse.hub.page;

import glasshouse.hub.web.Address;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.commonmark.Extension;
import org.commonmark.ext.autolink.AutolinkExtension;
import org.commonmark.ext.gfm.strikethrough.StrikethroughExtension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.AttributeProvider;
import org.commonmark.renderer.html.HtmlRenderer;
import org.owasp.html.HtmlPolicyBuilder;
import org.owasp.html.HtmlSanitizer;
import org.owasp.html.HtmlStreamRenderer;
import org.owasp.html.PolicyFactory;

/**
 * Makes markup of what people wrote: CommonMark with tables, then everything through a sanitiser that lets named elements and attributes
 * through and nothing else, then links and pictures turned to where they are in this server ({@link CardLinks}).
 */
public final class Markdown {
    /** Text beyond this is shown as it is: a page of it would help nobody. */
    public static final int MAX_CHARS = 512 << 10;

    private static final List<Extension> EXTENSIONS =
            List.of(TablesExtension.create(), AutolinkExtension.create(), StrikethroughExtension.create());

    private static final Parser PARSER = Parser.builder()
            .extensions(EXTENSIONS)
            .maxOpenBlockParsers(50)
            .maxInlineNesting(50)
            .build();

    private static final HtmlRenderer RENDERER = HtmlRenderer.builder()
            .extensions(EXTENSIONS)
            .attributeProviderFactory(context -> new Anchors())
            .build();

    private static final PolicyFactory POLICY = new HtmlPolicyBuilder()
            .allowElements(
                    "h1",
                    "h2",
                    "h3",
                    "h4",
                    "h5",
                    "h6",
                    "p",
                    "div",
                    "span",
                    "br",
                    "hr",
                    "blockquote",
                    "pre",
                    "code",
                    "kbd",
                    "samp",
                    "em",
                    "strong",
                    "b",
                    "i",
                    "u",
                    "s",
                    "del",
                    "ins",
                    "sub",
                    "sup",
                    "mark",
                    "small",
                    "ul",
                    "ol",
                    "li",
                    "dl",
                    "dt",
                    "dd",
                    "table",
                    "caption",
                    "thead",
                    "tbody",
                    "tfoot",
                    "tr",
                    "th",
                    "td",
                    "details",
                    "summary",
                    "a",
                    "img",
                    "center",
                    "abbr",
                    "q",
                    "cite",
                    "figure",
                    "figcaption")
            .allowWithoutAttributes("span", "a")
            .allowStandardUrlProtocols()
            .allowAttributes("href")
            .onElements("a")
            .allowAttributes("src", "alt")
            .onElements("img")
            .allowAttributes("width", "height")
            .matching(Pattern.compile("[0-9]{1,4}%?"))
            .onElements("img", "td", "th", "table")
            .allowAttributes("title")
            .onElements("a", "abbr", "img")
            .allowAttributes("align")
            .matching(true, "left", "right", "center")
            .onElements("p", "div", "td", "th", "h1", "h2", "h3", "table", "img")
            .allowAttributes("colspan", "rowspan", "start")
            .matching(Pattern.compile("[0-9]{1,3}"))
            .onElements("td", "th", "ol")
            .allowAttributes("id")
            .matching(Pattern.compile("card-[\\p{L}\\p{N}_-]{1,100}"))
            .onElements("h1", "h2", "h3", "h4", "h5", "h6")
            .allowAttributes("open")
            .matching(true, "", "open")
            .onElements("details")
            .toFactory();

    private Markdown() {}

    /**
     * The markup of a text, safe to print as it is.
     *
     * @param links where relative links and pictures lead
     */
    public static String html(String text, CardLinks links) {
        if (text.length() > MAX_CHARS) {
            return "<pre>" + escaped(text.substring(0, MAX_CHARS)) + "…</pre>";
        }
        StringBuilder html = new StringBuilder();
        HtmlStreamRenderer out = HtmlStreamRenderer.create(html, fault -> {});
        HtmlSanitizer.sanitize(RENDERER.render(PARSER.parse(text)), POLICY.apply(new CardRewriter(out, links)));
        return html.toString();
    }

    /** What a person wrote in a discussion: as a card, with nothing to be relative to. */
    public static String comment(String text) {
        return html(text, CardLinks.NONE);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** The anchor of a heading, behind a prefix so that no heading can take the place of a part of the page. */
    static String anchor(String heading) {
        String slug = heading.strip()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}\\s_-]", "")
                .replaceAll("\\s", "-");
        return "card-" + (slug.length() > 100 ? slug.substring(0, 100) : slug);
    }

    private static final class Anchors implements AttributeProvider {
        @Override
        public void setAttributes(Node node, String tag, Map<String, String> attributes) {
            if (node instanceof Heading) {
                StringBuilder text = new StringBuilder();
                node.accept(new AbstractVisitor() {
                    @Override
                    public void visit(Text part) {
                        text.append(part.getLiteral());
                    }

                    @Override
                    public void visit(Code part) {
                        text.append(part.getLiteral());
                    }
                });
                attributes.put("id", anchor(text.toString()));
            }
        }
    }

    /** Encodes a path for use in an address that came undecoded: what is encoded already stays so. */
    static String encodeLoosely(String path) {
        return Address.encodePath(path).replaceAll("%25(?=[0-9A-Fa-f]{2})", "%");
    }
}
