package glasshouse.hub.rules;

import glasshouse.core.entry.RevisionId;
import glasshouse.hub.git.BlobSource;
import glasshouse.hub.git.GitRepo;
import glasshouse.hub.git.TreeItem;
import glasshouse.hub.git.TreeListing;
import glasshouse.hub.rules.AttributeLine.Attribute;
import glasshouse.hub.rules.AttributeLine.Macro;
import glasshouse.hub.rules.AttributeLine.Rule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which paths {@code .gitattributes} sends to git-lfs, in git's own meaning: the file of a folder goes before those of the folders
 * above it, a later line before an earlier one, and macros count. For paths that are not there yet as well, which is why JGit's own
 * walk over a tree does not serve. Files of folders are read when a path needs them. For one thread.
 */
public final class LfsRules {
    /** The name of the file. */
    public static final String FILE = ".gitattributes";

    /** The most bytes of one such file that are looked at; a larger one says nothing. */
    public static final int MAX_BYTES = Effort.MAX_TEXT_BYTES;

    private static final String FILTER = "filter";
    private static final Optional<String> LFS = Optional.of("lfs");

    /** Gives the text of the file in a folder. */
    @FunctionalInterface
    public interface Source {
        /** @param folder path, empty for the root */
        Optional<String> read(String folder) throws IOException;
    }

    private final Source source;
    private final Effort effort;
    private final Map<String, List<Rule>> rules = new HashMap<>();
    private final Map<String, List<Attribute>> macros = new HashMap<>();

    /** @param effort what the request that asks may take */
    public LfsRules(Source source, Effort effort) {
        this.source = source;
        this.effort = effort;
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

    /** Whether a file at this path goes to git-lfs. What is said of an attribute first, from the end of the deepest file on, holds. */
    public boolean isLarge(String path) throws IOException {
        Map<String, Attribute> known = new HashMap<>();
        // Macros are defined at the root, for all folders.
        rules("");
        String folder = path;
        do {
            folder = folder.substring(0, Math.max(0, folder.lastIndexOf('/')));
            Subject within = Subject.of(folder.isEmpty() ? path : path.substring(folder.length() + 1), false);
            effort.spend(path.length());
            for (Rule rule : rules(folder).reversed()) {
                if (rule.matches(within, effort)) {
                    learn(rule.attributes(), known);
                }
                Attribute filter = known.get(FILTER);
                if (filter != null) {
                    return filter.value().equals(LFS);
                }
            }
        } while (!folder.isEmpty());
        return false;
    }

    /** Later attributes of a line go before earlier ones, and a macro stands for its attributes where it is set. */
    private void learn(List<Attribute> attributes, Map<String, Attribute> known) {
        Deque<Attribute> told = new ArrayDeque<>();
        attributes.forEach(told::push);
        while (!told.isEmpty()) {
            effort.spend(1);
            Attribute attribute = told.pop();
            if (known.putIfAbsent(attribute.name(), attribute) == null && attribute.set()) {
                macros.getOrDefault(attribute.name(), List.of()).forEach(told::push);
            }
        }
    }

    private List<Rule> rules(String folder) throws IOException {
        List<Rule> own = rules.get(folder);
        if (own == null) {
            own = new ArrayList<>();
            for (AttributeLine line : AttributeLine.parse(source.read(folder).orElse(""), effort)) {
                switch (line) {
                    case Rule rule -> own.add(rule);
                    case Macro macro -> {
                        if (folder.isEmpty()) {
                            macros.put(macro.name(), macro.attributes());
                        }
                    }
                }
            }
            rules.put(folder, own);
        }
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
