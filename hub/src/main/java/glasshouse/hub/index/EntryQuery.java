package glasshouse.hub.index;

import glasshouse.core.entry.EntryKind;
import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import java.util.List;
import java.util.Optional;

/**
 * Which entries to list, in which order, from where.
 *
 * @param kind all kinds where empty
 * @param namespace owner, without case
 * @param search words that must all occur in name, title or tags
 * @param tags tags that the entry must all have
 * @param gated only gated ones, or only others
 * @param parametersMin least number of parameters
 * @param parametersMax greatest number of parameters
 * @param sort the order
 * @param ascending smallest first
 * @param offset how many to pass over
 * @param limit how many to give at most
 */
public record EntryQuery(
        Optional<EntryKind> kind,
        Optional<String> namespace,
        List<String> search,
        List<String> tags,
        Optional<Boolean> gated,
        Optional<Long> parametersMin,
        Optional<Long> parametersMax,
        Optional<Long> bytesMin,
        Optional<Long> bytesMax,
        Sort sort,
        boolean ascending,
        int offset,
        int limit) {

    /** The orders there are; the column is ours, never a caller's text. */
    public enum Sort {
        MODIFIED("modified_at"),
        CREATED("created_at"),
        NAME("name_key"),
        SIZE("file_bytes"),
        PARAMETERS("COALESCE(parameters, 0)"),
        DOWNLOADS("downloads"),
        CONTRADICTED("contradicted");

        private final String column;

        Sort(String column) {
            this.column = column;
        }

        String column() {
            return column;
        }

        /** The value of a place in this order, as the column has it. */
        Object value(String text) {
            if (this == NAME) {
                return text;
            }
            try {
                return Long.parseLong(text);
            } catch (NumberFormatException e) {
                throw Problem.of(Code.INVALID, "the place in the list is not one of this order")
                        .refusal();
            }
        }
    }

    public EntryQuery {
        search = List.copyOf(search);
        tags = List.copyOf(tags);
    }

    /** The newest entries of a kind. */
    public static EntryQuery newest(Optional<EntryKind> kind, int limit) {
        return new EntryQuery(
                kind,
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Sort.MODIFIED,
                false,
                0,
                limit);
    }
}
