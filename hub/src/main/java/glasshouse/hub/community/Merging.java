package glasshouse.hub.community;

import glasshouse.core.entry.RevisionId;
import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import glasshouse.hub.git.Committer;
import glasshouse.hub.git.Draft;
import glasshouse.hub.git.GitRepo;
import glasshouse.hub.git.Repositories;
import glasshouse.hub.index.Discussions;
import glasshouse.hub.index.Discussions.Discussion;
import glasshouse.hub.index.Discussions.Pull;
import glasshouse.hub.index.Discussions.Status;
import glasshouse.hub.index.Entry;
import glasshouse.hub.index.People.Account;
import glasshouse.hub.web.Json;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;

/** Merges pull requests into the branches that they are for. */
public final class Merging {
    /**
     * What came of it.
     *
     * @param revision the head of the branch afterwards, where it was merged
     * @param conflicts the files that stand in the way, where it was not
     */
    public record Result(Optional<RevisionId> revision, List<String> conflicts) {
        public Result {
            conflicts = List.copyOf(conflicts);
        }
    }

    private final Repositories repositories;
    private final Discussions discussions;
    private final Committer committer;
    private final InstantSource clock;

    public Merging(Repositories repositories, Discussions discussions, Committer committer, InstantSource clock) {
        this.repositories = repositories;
        this.discussions = discussions;
        this.committer = committer;
        this.clock = clock;
    }

    /**
     * Merges a pull request: by moving the branch forward where that is enough, else by a commit with two parents.
     *
     * @throws glasshouse.core.problem.Refusal CONFLICT where it is a draft, closed or merged, or proposes nothing
     */
    public Result merge(Entry entry, int num, Account by, String comment) throws IOException {
        GitRepo repo = repositories.open(entry.id());
        repo.writing().lock();
        try {
            Discussion discussion = discussions
                    .find(entry.id(), num)
                    .orElseThrow(() ->
                            Problem.of(Code.NOT_FOUND, "no pull request " + num).refusal());
            Pull pull =
                    discussion.pull().orElseThrow(() -> refused("it is a discussion, not a pull request", "open one"));
            requireOpen(discussion);
            Proposal proposal = Proposal.of(repo, discussion)
                    .orElseThrow(
                            () -> refused("its ref or the branch `" + pull.targetBranch() + "` is gone", "close it"));
            String ref = Constants.R_HEADS + pull.targetBranch();
            RevisionId target = proposal.target();
            RevisionId merged;
            if (proposal.isMerged()) {
                // Also the way on where a crash came between the branch and the note of it.
                if (proposal.head().equals(pull.base())) {
                    throw refused("it changes nothing", "commit to `" + PullRequests.ref(num) + "` first");
                }
                merged = target;
                target = pull.base();
            } else if (proposal.isForward()) {
                merged = proposal.head();
                committer.move(repo, ref, Optional.of(target), Optional.of(merged), true);
            } else {
                Optional<RevisionId> made = Optional.empty();
                TreeMerge.Outcome outcome = mergeTrees(repo, proposal);
                if (outcome.tooLarge()) {
                    throw refused(
                            "more than " + TreeMerge.MAX_CHANGES + " files changed on both sides", "merge it with git");
                }
                if (outcome.tree().isPresent()) {
                    made = Optional.of(committer.commitTree(
                            repo,
                            outcome.tree().get(),
                            List.of(target, proposal.head()),
                            new Committer.Message(by, "Merge #" + num + ": " + discussion.title())));
                }
                if (made.isEmpty()) {
                    return new Result(Optional.empty(), outcome.conflicts());
                }
                merged = made.get();
                committer.move(repo, ref, Optional.of(target), Optional.of(merged), true);
            }
            note(discussion, by, target, merged, comment);
            return new Result(Optional.of(merged), List.of());
        } finally {
            repo.writing().unlock();
        }
    }

    private static void requireOpen(Discussion discussion) {
        switch (discussion.status()) {
            case OPEN -> {}
            case DRAFT -> throw refused("it is a draft", "set its status to `open` first");
            case CLOSED -> throw refused("it is closed", "open it again first");
            case MERGED -> throw refused("it is merged already", "nothing is to be done");
        }
    }

    private static RuntimeException refused(String reason, String advice) {
        return Problem.of(Code.CONFLICT, "the pull request cannot be merged")
                .because(reason)
                .mend(advice)
                .refusal();
    }

    private static TreeMerge.Outcome mergeTrees(GitRepo repo, Proposal proposal) throws IOException {
        try (Draft draft = Draft.open(repo)) {
            TreeMerge.Outcome outcome = proposal.merge(draft.inserter());
            if (outcome.tree().isPresent()) {
                draft.admit();
            }
            return outcome;
        }
    }

    private void note(Discussion discussion, Account by, RevisionId onto, RevisionId merged, String comment) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        if (!comment.isEmpty()) {
            discussions.happened(
                    discussion.entry(),
                    discussion.num(),
                    Discussions.EventType.COMMENT,
                    by.id(),
                    Json.object().put("text", comment).toString(),
                    now);
        }
        discussions.merged(discussion.entry(), discussion.num(), onto, merged);
        discussions.restate(
                discussion,
                Status.MERGED,
                by.id(),
                Json.object().put("status", Status.MERGED.word()).toString(),
                now);
    }
}
