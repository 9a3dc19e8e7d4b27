package glasshouse.hub.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.owasp.html.HtmlStreamEventReceiver;

/**
 * Stands behind the sanitiser and turns what is safe into what fits here: links and pictures lead into this server, a picture from
 * elsewhere becomes a link (to load it would tell another server who reads this), headings stand below the page's own.
 */
final class CardRewriter implements HtmlStreamEventReceiver {
    private final HtmlStreamEventReceiver out;
    private final CardLinks links;
    private int linkDepth;

    CardRewriter(HtmlStreamEventReceiver out, CardLinks links) {
        this.out = out;
        this.links = links;
    }

    @Override
    public void openDocument() {
        out.openDocument();
    }

    @Override
    public void closeDocument() {
        out.closeDocument();
    }

    @Override
    public void openTag(String name, List<String> attributes) {
        switch (name) {
            case "a" -> {
                linkDepth++;
                out.openTag("a", link(attributes));
            }
            case "img" -> picture(attributes);
            default -> out.openTag(lowered(name), attributes);
        }
    }

    @Override
    public void closeTag(String name) {
        if (name.equals("a") && linkDepth > 0) {
            linkDepth--;
        }
        out.closeTag(lowered(name));
    }

    @Override
    public void text(String text) {
        out.text(text);
    }

    private List<String> link(List<String> attributes) {
        List<String> kept = new ArrayList<>();
        for (int i = 0; i + 1 < attributes.size(); i += 2) {
            if (!attributes.get(i).equals("href")) {
                kept.addAll(attributes.subList(i, i + 2));
                continue;
            }
            Optional<String> href = links.link(attributes.get(i + 1));
            href.ifPresent(address -> {
                kept.addAll(List.of("href", address));
                if (CardLinks.isElsewhere(address)) {
                    kept.addAll(List.of("rel", "nofollow noopener noreferrer ugc"));
                }
            });
        }
        return kept;
    }

    private void picture(List<String> attributes) {
        List<String> kept = new ArrayList<>();
        String src = "";
        String alt = "";
        for (int i = 0; i + 1 < attributes.size(); i += 2) {
            switch (attributes.get(i)) {
                case "src" -> src = attributes.get(i + 1);
                case "alt" -> alt = attributes.get(i + 1);
                default -> kept.addAll(attributes.subList(i, i + 2));
            }
        }
        Optional<String> address = links.picture(src);
        if (address.isPresent()) {
            kept.addAll(List.of("src", address.get(), "alt", alt, "loading", "lazy"));
            out.openTag("img", kept);
            return;
        }
        String words = alt.isBlank() ? "picture elsewhere" : "picture elsewhere: " + Wording.clipped(alt, 100);
        boolean linked = linkDepth == 0 && CardLinks.isElsewhere(src);
        if (linked) {
            out.openTag("a", List.of("href", src, "rel", "nofollow noopener noreferrer ugc", "class", "elsewhere"));
        }
        out.text(words);
        if (linked) {
            out.closeTag("a");
        }
    }

    /** The page has one heading of the first rank, and it is not the card's. */
    private static String lowered(String name) {
        return switch (name) {
            case "h1" -> "h2";
            case "h2" -> "h3";
            case "h3" -> "h4";
            case "h4" -> "h5";
            case "h5" -> "h6";
            default -> name;
        };
    }
}
