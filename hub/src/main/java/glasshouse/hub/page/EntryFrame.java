package glasshouse.hub.page;

import glasshouse.core.entry.Gate;
import glasshouse.core.entry.RevisionId;
import glasshouse.hub.index.Entry;
import glasshouse.hub.web.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What stands above every page of an entry: its name, what is known at a glance, and the way to its other pages.
 *
 * @param current the page that this is
 * @param word the branch, tag or commit that is looked at, as it stands in the address
 * @param revision what the word means; none while there is no commit
 * @param refs how many branches and tags there are
 * @param talks how many discussions and pull requests are open
 * @param rights what the reader may do beyond looking
 */
public record EntryFrame(
        Layout layout,
        Entry entry,
        Part current,
        String word,
        Optional<RevisionId> revision,
        int refs,
        long talks,
        Rights rights) {
    /** How many lines of a text one page shows. */
    public static final int LINES_PER_PAGE = 400;

    /** The pages of an entry, in the order of their tabs. */
    public enum Part {
        FOUND,
        CARD,
        FILES,
        HISTORY,
        REFS,
        TALKS,
        SETTINGS
    }

    /** What the reader may do. */
    public record Rights(boolean readFiles, boolean discuss, boolean write, boolean administer) {}

    /**
     * A tab.
     *
     * @param number behind its label, or empty
     */
    public record Tab(String label, String href, String number, boolean current) {}

    /** The address of the entry's first page. */
    public String home() {
        return "/" + entry.pagePath();
    }

    /** The word of the revision as a segment of an address. */
    public String segment() {
        return Address.encodeSegment(word);
    }

    /** The address of the folder or file at a path. */
    public String tree(String path) {
        return home() + "/tree/" + segment() + (path.isEmpty() ? "" : "/" + Address.encodePath(path));
    }

    public String blob(String path) {
        return home() + "/blob/" + segment() + "/" + Address.encodePath(path);
    }

    /** The address of a line of a text. */
    public String line(String path, int line) {
        int first = (line - 1) / LINES_PER_PAGE * LINES_PER_PAGE + 1;
        return blob(path) + "?plain=1" + (first > 1 ? "&from=" + first : "") + (line > 0 ? "#L" + line : "");
    }

    /** The address of the bytes themselves; large files included. */
    public String bytes(String path) {
        return "/" + entry.hubPath() + "/resolve/" + segment() + "/" + Address.encodePath(path);
    }

    public String history(String path) {
        return home() + "/commits/" + segment() + (path.isEmpty() ? "" : "/" + Address.encodePath(path));
    }

    public String commit(String id) {
        return home() + "/commit/" + id;
    }

    public boolean isDefault() {
        return word.equals(entry.defaultBranch());
    }

    public boolean isGated() {
        return entry.gate() != Gate.NONE;
    }

    /** The tabs, in order. */
    public List<Tab> tabs() {
        String at = isDefault() ? "" : "?at=" + segment();
        List<Tab> tabs = new ArrayList<>();
        tabs.add(tab(Part.FOUND, "What was found", home() + at, ""));
        tabs.add(tab(Part.CARD, "Card", home() + "/card" + at, ""));
        String files = isDefault() && entry.head().files() > 0
                ? Wording.count(entry.head().files())
                : "";
        tabs.add(tab(Part.FILES, "Files", tree(""), files));
        tabs.add(tab(Part.HISTORY, "History", history(""), ""));
        String refsLabel = entry.kind() == glasshouse.core.entry.EntryKind.MODEL ? "Checkpoints" : "Branches and tags";
        tabs.add(tab(Part.REFS, refsLabel, home() + "/checkpoints", Wording.count(refs)));
        tabs.add(tab(Part.TALKS, "Discussions", home() + "/discussions", talks > 0 ? Wording.count(talks) : ""));
        if (rights.administer()) {
            tabs.add(tab(Part.SETTINGS, "Settings", home() + "/settings", ""));
        }
        return tabs;
    }

    private Tab tab(Part part, String label, String href, String number) {
        return new Tab(label, href, number, part == current);
    }
}
