package glasshouse.hub.git;

import glasshouse.core.entry.RevisionId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.attributes.Attribute;
import org.eclipse.jgit.attributes.AttributesNode;
import org.eclipse.jgit.attributes.AttributesRule;

/**
 * Which paths {@code .gitattributes} sends to git-lfs, in git's own meaning: the file of a folder goes before those of the folders
 * above it, a later line before an earlier one, and macros count. For paths that are not there yet as well, which is why JGit's own
 * walk over a tree does not serve. Files of folders are read when a path needs them. For one thread.
 */
public final class LfsRules {
    /** The name of the file. */
    public static final String FILE = ".gitattributes";

    /** The most bytes of one such file that are looked at; a larger one says nothing. */
    public static final int MAX_BYTES = 1 << 20;

    private static final String MACRO = "[attr]";
    private static final String FILTER = "filter";
    private static final int MAX_MACRO_DEPTH = 8;

    /** Gives the text of the file in a folder. */
    @FunctionalInterface
    public interface Source {
        /** @param folder path, empty for the root */
        Optional<String> read(String folder) throws IOException;
    }

    private final Source source;
    private final Map<String, List<AttributesRule>> rules = new HashMap<>();
    private final Map<String, List<Attribute>> macros = new HashMap<>();

    public LfsRules(Source source) {
        this.source = source;
    }

    /** The files of a revision. */
    public static Source of(TreeListing trees, GitRepo repo, Optional<RevisionId> revision) {
        return folder -> {
            if (revision.isEmpty()) {
                return Optional.empty();
            }
            Optional<TreeItem> file = trees.find(repo, revision.get(), folder.isEmpty() ? FILE : folder + "/" + FILE);
            return file.isPresent()
                            && file.get().type() == TreeItem.Type.FILE
                            && file.get().blobBytes() <= MAX_BYTES
                    ? Optional.of(new String(BlobSource.bytes(repo, file.get().oid()), StandardCharsets.UTF_8))
                    : Optional.empty();
        };
    }

    /** Whether a file at this path goes to git-lfs. */
    public boolean isLarge(String path) throws IOException {
        String filter = "";
        String folder = "";
        for (int slash = path.indexOf('/'); ; slash = path.indexOf('/', slash + 1)) {
            String within = folder.isEmpty() ? path : path.substring(folder.length() + 1);
            for (AttributesRule rule : rules(folder)) {
                if (rule.isMatch(within, false)) {
                    filter = filter(rule.getAttributes(), filter, 0);
                }
            }
            if (slash < 0) {
                return filter.equals("lfs");
            }
            folder = path.substring(0, slash);
        }
    }

    private String filter(List<Attribute> attributes, String before, int depth) {
        String filter = before;
        for (Attribute attribute : attributes) {
            List<Attribute> macro = macros.get(attribute.getKey());
            if (attribute.getKey().equals(FILTER)) {
                filter = attribute.getState() == Attribute.State.CUSTOM ? attribute.getValue() : "";
            } else if (macro != null && attribute.getState() == Attribute.State.SET && depth < MAX_MACRO_DEPTH) {
                filter = filter(macro, filter, depth + 1);
            }
        }
        return filter;
    }

    private List<AttributesRule> rules(String folder) throws IOException {
        List<AttributesRule> known = rules.get(folder);
        if (known != null) {
            return known;
        }
        AttributesNode node = new AttributesNode();
        Optional<String> text = source.read(folder).filter(t -> t.length() <= MAX_BYTES);
        if (text.isPresent()) {
            node.parse(new ByteArrayInputStream(text.get().getBytes(StandardCharsets.UTF_8)));
        }
        List<AttributesRule> own = new ArrayList<>();
        for (AttributesRule rule : node.getRules()) {
            if (rule.getPattern().startsWith(MACRO)) {
                if (folder.isEmpty()) {
                    macros.put(rule.getPattern().substring(MACRO.length()), rule.getAttributes());
                }
            } else {
                own.add(rule);
            }
        }
        rules.put(folder, own);
        return own;
    }

    /** A line that sends one path to git-lfs. */
    public static String line(String path) {
        StringBuilder pattern = new StringBuilder(path.indexOf('/') < 0 ? "/" : "");
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == ' ') {
                pattern.append("[[:space:]]");
            } else if ("*?[]".indexOf(c) >= 0) {
                pattern.append('\\').append(c);
            } else {
                pattern.append(c);
            }
        }
        String text = pattern.charAt(0) == '"' || pattern.charAt(0) == '#' || pattern.charAt(0) == '!'
                ? "/" + pattern
                : pattern.toString();
        return text + " filter=lfs diff=lfs merge=lfs -text\n";
    }
}
