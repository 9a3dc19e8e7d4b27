package glasshouse.core.entry;

import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;

/**
 * The name of an entry: {@code namespace/name}, shown as it was made, compared without case by {@link #key()}.
 *
 * @param namespace user or organisation
 * @param name the entry within it
 */
public record RepoName(String namespace, String name) {
    public RepoName {
        Names.checkNamespace(namespace);
        Names.check(name);
    }

    /**
     * Reads {@code namespace/name}.
     *
     * @throws glasshouse.core.problem.Refusal (INVALID) where it is not of that form
     */
    public static RepoName parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || text.indexOf('/', slash + 1) >= 0) {
            throw Problem.of(Code.INVALID, "`" + text + "` is not the name of an entry")
                    .mend("write `namespace/name`")
                    .refusal();
        }
        return new RepoName(text.substring(0, slash), text.substring(slash + 1));
    }

    /** The form that two names are compared by. */
    public String key() {
        return Names.key(namespace) + "/" + Names.key(name);
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
