package glasshouse.hub.web;

import glasshouse.core.entry.ArtefactPath;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The revision and the path that an address names: {@code main/a/b}. A revision is one segment with its slashes encoded; some
 * clients send {@code refs/pr/1/a/b} as it is, which can mean one thing only.
 *
 * @param revision the word for it
 * @param path from the root of the revision; empty for the root
 */
public record Place(String revision, String path) {
    private static final Pattern PLAIN_REF = Pattern.compile("((?:pr|convert|heads|tags)/[^/]+)(?:/(.*))?");

    /** What the parts {@code rev} and {@code path} of an address name, the path checked. */
    public static Place of(Call call) {
        String revision = call.path("rev");
        String path = call.optionalPath("path").orElse("");
        Matcher plain = PLAIN_REF.matcher(path);
        Place place = revision.equals("refs") && plain.matches()
                ? new Place("refs/" + plain.group(1), plain.group(2) == null ? "" : plain.group(2))
                : new Place(revision, path);
        if (!place.path.isEmpty()) {
            new ArtefactPath(place.path);
        }
        return place;
    }
}
