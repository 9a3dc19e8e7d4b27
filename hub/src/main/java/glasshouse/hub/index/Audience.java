package glasshouse.hub.index;

import java.util.Set;

/**
 * For whom a list is made: the rule of {@code Access.maySee} as a condition of a query.
 *
 * @param everything whether all entries may be seen
 * @param namespaceKeys the namespaces whose private entries may be seen
 * @param entryIds private entries that may be seen beside them (a fine-grained token names them); where {@code only} is set,
 *     of the private ones these alone
 * @param only whether private entries must be among {@code entryIds} as well
 */
public record Audience(boolean everything, Set<String> namespaceKeys, Set<String> entryIds, boolean only) {
    public static final Audience PUBLIC = new Audience(false, Set.of(), Set.of(), false);

    public Audience {
        namespaceKeys = Set.copyOf(namespaceKeys);
        entryIds = Set.copyOf(entryIds);
    }
}
