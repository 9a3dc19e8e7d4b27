package glasshouse.hub.index;

import glasshouse.core.entry.EntryId;
import glasshouse.core.entry.EntryKind;
import glasshouse.core.entry.Gate;
import glasshouse.core.entry.RepoName;
import glasshouse.core.entry.RevisionId;
import glasshouse.core.entry.Visibility;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An entry as the index knows it: what people set, and what the head of its default branch holds.
 *
 * @param creatorId account that made it; empty where the repository does not say
 * @param sdk the word that a client sent with a space; kept, not used
 */
public record Entry(
        EntryId id,
        EntryKind kind,
        RepoName name,
        Visibility visibility,
        Gate gate,
        String defaultBranch,
        Optional<String> sdk,
        String creatorId,
        Instant createdAt,
        Head head) {

    /**
     * What the head of the default branch holds; derived, and brought up to date by a job after each push.
     *
     * @param revision none while the default branch has no commit
     * @param card front matter of {@code README.md} as a JSON object
     * @param title first heading of the card, or empty
     * @param parameters sum over all weights that were found
     * @param weights JSON object {@code {"parameters": {dtype: n}, "total": n}} where safetensors were found
     * @param files how many files the head has
     * @param fileBytes their sizes, large files counted in full
     * @param usedBytes what all revisions of the entry take, by logical bytes
     * @param contradicted how many statements the files contradict
     * @param statements how many statements were looked at
     * @param fault what is wrong with the repository itself, where something is
     */
    public record Head(
            Optional<RevisionId> revision,
            Instant modifiedAt,
            String card,
            String title,
            List<String> tags,
            Optional<String> licence,
            Optional<String> library,
            Optional<String> task,
            Optional<Long> parameters,
            Optional<String> weights,
            long files,
            long fileBytes,
            long usedBytes,
            int contradicted,
            int statements,
            Optional<String> fault) {

        /** The head of an entry that nothing is known of yet. */
        public static Head unknown(Instant createdAt) {
            return new Head(
                    Optional.empty(),
                    createdAt,
                    "{}",
                    "",
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    0,
                    0,
                    0,
                    0,
                    0,
                    Optional.empty());
        }
    }

    /** {@code ns/name} behind the prefix that the Hub's addresses have for the kind. */
    public String hubPath() {
        return kind.hubPrefix() + name;
    }

    /** {@code models/ns/name} and so on: the path of our own pages, without a slash at its start. */
    public String pagePath() {
        return kind.pageSegment() + "/" + name;
    }

    public Entry with(Visibility newVisibility, Gate newGate) {
        return new Entry(id, kind, name, newVisibility, newGate, defaultBranch, sdk, creatorId, createdAt, head);
    }

    public Entry with(RepoName newName) {
        return new Entry(id, kind, newName, visibility, gate, defaultBranch, sdk, creatorId, createdAt, head);
    }

    public Entry withDefaultBranch(String branch) {
        return new Entry(id, kind, name, visibility, gate, branch, sdk, creatorId, createdAt, head);
    }

    public Entry with(Head newHead) {
        return new Entry(id, kind, name, visibility, gate, defaultBranch, sdk, creatorId, createdAt, newHead);
    }
}
