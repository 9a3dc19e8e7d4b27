package glasshouse.hub.page;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Where the relative links of a text lead.
 *
 * @param pages what stands before the path of a file to see it, with a slash at its end; empty where nothing can be linked
 * @param bytes what stands before the path of a file to get its bytes
 * @param folder the folder that the text is in, empty for the root
 */
public record CardLinks(String pages, String bytes, String folder) {
    /** For a text that is in no folder. */
    public static final CardLinks NONE = new CardLinks("", "", "");

    /** The address of a link; nothing where it leads nowhere. */
    Optional<String> link(String href) {
        String plain = href.strip();
        if (plain.startsWith("#")) {
            return Optional.of("#" + Markdown.anchor(plain.substring(1)));
        }
        return isElsewhere(plain) || plain.startsWith("mailto:") || plain.startsWith("/")
                ? Optional.of(plain)
                : resolve(pages, plain);
    }

    /** The address of a picture that is in this server; nothing where it is elsewhere. */
    Optional<String> picture(String src) {
        String plain = src.strip();
        return isElsewhere(plain) || plain.startsWith("/") || plain.contains(":")
                ? Optional.empty()
                : resolve(bytes, plain);
    }

    static boolean isElsewhere(String href) {
        return href.startsWith("//")
                || href.startsWith("/\\")
                || href.regionMatches(true, 0, "http:", 0, 5)
                || href.regionMatches(true, 0, "https:", 0, 6);
    }

    private Optional<String> resolve(String prefix, String relative) {
        if (prefix.isEmpty()) {
            return Optional.empty();
        }
        int end = relative.length();
        for (char c : new char[] {'#', '?'}) {
            int at = relative.indexOf(c);
            end = at >= 0 && at < end ? at : end;
        }
        Deque<String> segments = new ArrayDeque<>();
        String path = (folder.isEmpty() ? "" : folder + "/") + relative.substring(0, end);
        for (String segment : path.split("/")) {
            if (segment.equals("..")) {
                segments.pollLast();
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                segments.addLast(segment);
            }
        }
        int hash = relative.indexOf('#');
        String fragment = hash < 0 ? "" : relative.substring(hash);
        return Optional.of(prefix + Markdown.encodeLoosely(String.join("/", segments)) + fragment);
    }
}
