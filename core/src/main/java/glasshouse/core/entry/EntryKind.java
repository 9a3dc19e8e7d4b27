package glasshouse.core.entry;

import java.util.Optional;

/** The three kinds of entry, with the words that each surface uses for them. */
public enum EntryKind {
    MODEL("model", "models", "", "models"),
    DATASET("dataset", "datasets", "datasets/", "datasets"),
    /** Source code; the Hub's API has no such kind and its clients say {@code space}. */
    CODE("space", "spaces", "spaces/", "code");

    private final String apiType;
    private final String apiSegment;
    private final String hubPrefix;
    private final String pageSegment;

    EntryKind(String apiType, String apiSegment, String hubPrefix, String pageSegment) {
        this.apiType = apiType;
        this.apiSegment = apiSegment;
        this.hubPrefix = hubPrefix;
        this.pageSegment = pageSegment;
    }

    /** The {@code type} in the Hub's API: {@code model}, {@code dataset}, {@code space}. */
    public String apiType() {
        return apiType;
    }

    /** The segment after {@code /api/}: {@code models}, {@code datasets}, {@code spaces}. */
    public String apiSegment() {
        return apiSegment;
    }

    /** What stands before {@code ns/name} in the Hub's addresses; empty for models, else with a slash at its end. */
    public String hubPrefix() {
        return hubPrefix;
    }

    /** The first segment of our own pages: {@code models}, {@code datasets}, {@code code}. */
    public String pageSegment() {
        return pageSegment;
    }

    /** Our own word for the kind in sentences: model, dataset, code. */
    public String word() {
        return this == CODE ? "code" : apiType;
    }

    /** The kind that a word of any surface means: its type, its segment, or {@code code}. */
    public static Optional<EntryKind> parse(String word) {
        for (EntryKind kind : values()) {
            if (word.equals(kind.apiType) || word.equals(kind.apiSegment) || word.equals(kind.pageSegment)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
