package glasshouse.hub.commit;

import glasshouse.core.access.Action;
import glasshouse.core.entry.RevisionId;
import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import glasshouse.core.problem.Refusal;
import glasshouse.hub.community.PullRequests;
import glasshouse.hub.git.Committer;
import glasshouse.hub.git.Committer.Message;
import glasshouse.hub.git.Draft;
import glasshouse.hub.git.GitRepo;
import glasshouse.hub.git.LfsPointer;
import glasshouse.hub.git.Quota;
import glasshouse.hub.git.Repositories;
import glasshouse.hub.git.Revisions;
import glasshouse.hub.git.TreeListing;
import glasshouse.hub.index.Discussions;
import glasshouse.hub.index.Discussions.Status;
import glasshouse.hub.index.Entry;
import glasshouse.hub.index.HeldObjects;
import glasshouse.hub.web.BodyLimit;
import glasshouse.hub.web.Call;
import glasshouse.hub.web.Json;
import glasshouse.hub.web.Reply;
import glasshouse.store.object.ObjectStore;
import glasshouse.store.object.Sha256;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.node.ObjectNode;

/** Makes commits that clients send, on a branch or as a pull request. */
final class Commits {
    /** How often a commit that expects no certain head is made again where somebody else was faster. */
    private static final int ATTEMPTS = 8;

    /**
     * What commits need.
     *
     * @param temporary a folder for what does not fit into memory
     * @param regularFileBytes a file of this size or more goes to git-lfs
     */
    record Needs(
            Repositories repositories,
            TreeListing trees,
            Committer committer,
            PullRequests pullRequests,
            Discussions discussions,
            ObjectStore store,
            HeldObjects held,
            Quota quota,
            Path temporary,
            long regularFileBytes) {}

    private final Needs needs;

    Commits(Needs needs) {
        this.needs = needs;
    }

    Reply commit(Call call) throws IOException {
        Entry entry = call.entry();
        GitRepo repo = needs.repositories().open(entry.id());
        boolean proposal = call.queryFlag("create_pr");
        Destination destination = Destination.of(repo, entry, call.path("rev"));
        if (!proposal) {
            requireOwnPullRequest(call, destination);
        }
        try (Draft draft = Draft.open(repo)) {
            CommitBody body = read(call, draft);
            Map<String, LfsPointer> pointers = pointers(entry, body.operations());
            Changes changes =
                    new Changes(needs.trees(), repo, body.operations(), pointers, pointer -> isHeld(entry, pointer));
            try (var _ = room(entry, body.bytes())) {
                return proposal
                        ? propose(call, draft, destination, body.header(), changes)
                        : write(call, draft, destination, body.header(), changes);
            }
        }
    }

    /** Room for what a commit brings; one that brings no bytes is always let in, so that what is too much can be deleted. */
    private Quota.Reservation room(Entry entry, long bytes) throws IOException {
        return bytes == 0 ? needs.quota().nothing() : needs.quota().reserve(entry, bytes);
    }

    /** On the ref of a pull request writes who opened it, and who may write everywhere. */
    private void requireOwnPullRequest(Call call, Destination destination) {
        if (destination.pullRequest().isEmpty()) {
            return;
        }
        int num = destination.pullRequest().get();
        Discussions.Discussion discussion = needs.discussions()
                .find(call.entry().id(), num)
                .filter(found -> found.pull().isPresent())
                .orElseThrow(() -> Problem.of(Code.REVISION_NOT_FOUND, "no pull request " + num)
                        .refusal());
        if (!discussion.authorId().equals(call.account().id()) && !call.may(Action.WRITE)) {
            throw Problem.of(Code.FORBIDDEN, "only who opened the pull request may commit to it, and who may write")
                    .mend("open a pull request of your own")
                    .refusal();
        }
        if (discussion.status() == Status.MERGED || discussion.status() == Status.CLOSED) {
            throw Problem.of(
                            Code.CONFLICT,
                            "pull request " + num + " is " + discussion.status().word())
                    .mend("open a new one")
                    .refusal();
        }
    }

    private CommitBody read(Call call, Draft draft) throws IOException {
        Entry entry = call.entry();
        long left = needs.quota().leftBytes(entry);
        CommitBody body = new CommitBody(draft, needs.regularFileBytes(), bytes -> {
            if (bytes > left) {
                needs.quota().require(entry, bytes);
            }
        });
        if (call.contentType().startsWith("application/json")) {
            body.readObject(call.json(BodyLimit.FILES));
        } else {
            body.readLines(call.body(), needs.temporary());
        }
        body.header();
        return body;
    }

    /** The pointers of large files, each checked: its object is held by this entry and has the size that the client says. */
    private Map<String, LfsPointer> pointers(Entry entry, List<Operation> operations) throws IOException {
        List<Operation.PutLarge> large = new ArrayList<>();
        for (Operation operation : operations) {
            if (operation instanceof Operation.PutLarge put) {
                large.add(put);
            }
        }
        Map<String, Long> sizes = needs.held()
                .sizesOf(
                        entry.id(),
                        large.stream().map(put -> put.sha256().hex()).toList());
        Map<String, LfsPointer> pointers = new HashMap<>();
        for (Operation.PutLarge put : large) {
            String sha256 = put.sha256().hex();
            Long size = sizes.get(sha256);
            if (size == null || !pointers.containsKey(sha256) && storedBytes(sha256) != size) {
                throw Problem.of(Code.INVALID, "the content of `" + put.path() + "` was not uploaded to this entry")
                        .because("it names the object sha256:" + sha256)
                        .mend("upload it through git-lfs first")
                        .refusal();
            }
            if (put.sizeBytes().isPresent() && !put.sizeBytes().get().equals(size)) {
                throw Problem.of(
                                Code.INVALID,
                                "`" + put.path() + "` has " + size + " bytes, not "
                                        + put.sizeBytes().get())
                        .because("its object sha256:" + sha256 + " was uploaded with that size")
                        .refusal();
            }
            pointers.put(sha256, new LfsPointer(put.sha256(), size));
        }
        return pointers;
    }

    private boolean isHeld(Entry entry, LfsPointer pointer) {
        return needs.held().sizeOf(entry.id(), pointer.sha256().hex()).equals(OptionalLong.of(pointer.sizeBytes()));
    }

    private long storedBytes(String sha256) throws IOException {
        return needs.store().sizeBytes(new Sha256(sha256)).orElse(-1);
    }

    private Reply write(Call call, Draft draft, Destination destination, Header header, Changes changes)
            throws IOException {
        Optional<RevisionId> expected = expected(draft.repo(), destination, header);
        Committer.Target target = new Committer.Target(destination.ref(), expected, Optional.empty());
        Message message = new Message(call.account(), header.message());
        for (int attempt = 1; ; attempt++) {
            try {
                RevisionId made = needs.committer().commit(draft, target, message, changes::apply);
                return Reply.json(answer(call, made));
            } catch (Refusal refusal) {
                // Somebody who does not take our lock, a git process on this machine, was faster: nothing was expected,
                // so
                // nothing is lost.
                boolean again = refusal.problem().code() == Code.STALE && expected.isEmpty() && attempt < ATTEMPTS;
                if (!again) {
                    throw refusal;
                }
            }
        }
    }

    private static Optional<RevisionId> expected(GitRepo repo, Destination destination, Header header)
            throws IOException {
        if (header.parentCommit().isEmpty()) {
            return Optional.empty();
        }
        Optional<RevisionId> head = Committer.head(repo, destination.ref());
        if (head.isEmpty()
                || !head.get().value().startsWith(header.parentCommit().get())) {
            throw Committer.stale(head);
        }
        return head;
    }

    private Reply propose(Call call, Draft draft, Destination destination, Header header, Changes changes)
            throws IOException {
        Entry entry = call.entry();
        String branch = destination
                .branch()
                .orElseThrow(() -> Problem.of(Code.INVALID, "a pull request is for a branch")
                        .mend("commit to the pull request itself, without `create_pr`")
                        .refusal());
        RevisionId base = base(draft.repo(), entry, destination, header);
        int num = needs.pullRequests()
                .open(
                        entry,
                        call.account(),
                        PullRequests.brief(header.summary()),
                        header.description(),
                        branch,
                        base,
                        Status.OPEN);
        boolean done = false;
        try {
            Message message = new Message(call.account(), header.message());
            Committer.Target target = new Committer.Target(PullRequests.ref(num), Optional.of(base), Optional.of(base));
            RevisionId made = needs.committer().commit(draft, target, message, changes::apply);
            if (made.equals(base)) {
                throw Problem.of(Code.INVALID, "the commit changes nothing, so there is nothing to propose")
                        .refusal();
            }
            done = true;
            ObjectNode answer = answer(call, made)
                    .put("pullRequestUrl", call.address().link("/" + entry.hubPath() + "/discussions/" + num));
            return Reply.json(answer);
        } finally {
            if (!done) {
                needs.pullRequests().withdraw(entry, num);
            }
        }
    }

    private static RevisionId base(GitRepo repo, Entry entry, Destination destination, Header header)
            throws IOException {
        return header.parentCommit().isPresent()
                ? Revisions.require(repo, entry, header.parentCommit().get())
                : destination
                        .head()
                        .orElseThrow(
                                () -> Problem.of(Code.REVISION_NOT_FOUND, "`" + entry.name() + "` has no commit yet")
                                        .refusal());
    }

    private static ObjectNode answer(Call call, RevisionId made) {
        return Json.object()
                .put("success", true)
                .put("commitOid", made.value())
                .put("commitUrl", call.address().link("/" + call.entry().hubPath() + "/commit/" + made))
                .put("hookOutput", "");
    }
}
