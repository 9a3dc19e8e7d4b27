package glasshouse.core.entry;

import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import java.util.Locale;
import java.util.Set;

/** The rule for names of namespaces and entries. */
public final class Names {
    /** The most characters that a name may have. */
    public static final int MAX_LENGTH = 96;

    /** First segments of our own addresses: nobody can be called that. */
    public static final Set<String> RESERVED = Set.of(
            "models",
            "datasets",
            "spaces",
            "code",
            "api",
            "login",
            "logout",
            "join",
            "settings",
            "search",
            "matrix",
            "log",
            "admin",
            "assets",
            "health",
            "metrics",
            "oauth",
            "new",
            "organizations",
            "organisations",
            "kernels",
            "buckets",
            "v1",
            "v2",
            "lfs",
            "favicon.ico",
            "robots.txt");

    private Names() {}

    /**
     * Checks one name: letters, digits, {@code - _ .}; 1 to 96; no {@code --} or {@code ..}; no {@code -} or {@code .} at an
     * end; no {@code .git} at the end.
     *
     * @throws glasshouse.core.problem.Refusal (INVALID) with the rule that the name breaks
     */
    public static String check(String name) {
        if (name.isEmpty() || name.length() > MAX_LENGTH) {
            throw bad(name, "a name has 1 to " + MAX_LENGTH + " characters");
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!(c >= 'a' && c <= 'z'
                    || c >= 'A' && c <= 'Z'
                    || c >= '0' && c <= '9'
                    || c == '-'
                    || c == '_'
                    || c == '.')) {
                throw bad(name, "a name has letters, digits, `-`, `_` and `.` only");
            }
        }
        if (name.contains("--") || name.contains("..")) {
            throw bad(name, "a name has no `--` and no `..`");
        }
        if ("-.".indexOf(name.charAt(0)) >= 0 || "-.".indexOf(name.charAt(name.length() - 1)) >= 0) {
            throw bad(name, "a name has no `-` or `.` at its start or end");
        }
        if (key(name).endsWith(".git")) {
            throw bad(name, "a name does not end in `.git`");
        }
        return name;
    }

    /** Checks a name that stands first in addresses: a user or an organisation. */
    public static String checkNamespace(String name) {
        check(name);
        if (RESERVED.contains(key(name))) {
            throw bad(name, "the name is reserved");
        }
        return name;
    }

    /** The form that names are compared by: without case. */
    public static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static RuntimeException bad(String name, String rule) {
        String shown = name.length() > 120 ? name.substring(0, 120) + "…" : name;
        return Problem.of(Code.INVALID, "`" + shown.replaceAll("\\p{Cntrl}", "?") + "` is not a name")
                .because(rule)
                .mend("choose another name")
                .refusal();
    }
}
