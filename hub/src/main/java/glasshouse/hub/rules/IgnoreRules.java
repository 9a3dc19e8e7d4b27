package glasshouse.hub.rules;

import java.util.ArrayList;
import java.util.List;

/** Which paths a {@code .gitignore} at the root leaves out. For one thread. */
public final class IgnoreRules {
    private final List<PathPattern> patterns = new ArrayList<>();
    private final Effort effort;

    public IgnoreRules(String text, Effort effort) {
        this.effort = effort;
        effort.spend(text.length());
        String plain = text.startsWith("\ufeff") ? text.substring(1) : text;
        for (String line : Subject.bytes(plain).split("\n", -1)) {
            String pattern = trimmed(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
            if (!pattern.isEmpty() && !line.startsWith("#")) {
                effort.keep();
                patterns.add(PathPattern.parse(pattern));
            }
        }
    }

    /** Without the spaces at the end, but for one that a backslash stands before. */
    private static String trimmed(String line) {
        int end = 0;
        for (int i = 0; i < line.length(); i++) {
            if (line.charAt(i) == '\\') {
                i++;
                end = Math.min(i + 1, line.length());
            } else if (line.charAt(i) != ' ') {
                end = i + 1;
            }
        }
        return line.substring(0, end);
    }

    /** Whether a file is left out: it, or a folder that it lies in, which nothing within can undo. */
    public boolean ignores(String path) {
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            if (ignores(Subject.of(path.substring(0, slash), true))) {
                return true;
            }
        }
        return ignores(Subject.of(path, false));
    }

    private boolean ignores(Subject subject) {
        effort.spend(subject.path().length());
        for (PathPattern pattern : patterns.reversed()) {
            if (pattern.matches(subject, effort)) {
                return !pattern.negated();
            }
        }
        return false;
    }
}
