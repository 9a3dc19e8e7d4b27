package glasshouse.hub.entrypage;

import glasshouse.hub.git.GitRepo;
import glasshouse.hub.page.EntryFrame;
import glasshouse.hub.page.Paging;
import glasshouse.hub.page.Wording;
import glasshouse.hub.web.Address;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevWalk;

/** Reads a page of the branches and tags. All names are read and put in order; commits are opened for those shown. */
final class RefPages {
    private static final int SIZE = 50;

    private RefPages() {}

    static CheckpointsPage read(GitRepo repo, EntryFrame frame, String search, int page) throws IOException {
        List<Ref> refs = repo.jgit().getRefDatabase().getRefsByPrefix(Constants.R_HEADS, Constants.R_TAGS);
        long branches = refs.stream().filter(RefPages::isBranch).count();
        String wanted = search.toLowerCase(Locale.ROOT);
        // Branches first, as there are usually few; in each, as people count.
        List<Ref> found = refs.stream()
                .filter(ref -> name(ref).toLowerCase(Locale.ROOT).contains(wanted))
                .sorted(Comparator.comparing((Ref ref) -> !isBranch(ref))
                        .thenComparing(RefPages::name, NaturalOrder.INSTANCE))
                .toList();
        List<CheckpointsPage.Row> rows = new ArrayList<>();
        try (RevWalk walk = new RevWalk(repo.jgit())) {
            for (Ref ref :
                    found.stream().skip((long) (page - 1) * SIZE).limit(SIZE).toList()) {
                rows.add(row(walk, ref));
            }
        }
        String address = frame.home() + "/checkpoints?"
                + (search.isEmpty() ? "" : "q=" + Address.encodeSegment(search) + "&") + "page=";
        return new CheckpointsPage(
                frame,
                search,
                branches,
                refs.size() - branches,
                found.size(),
                rows,
                Paging.of(address, page, SIZE, found.size()));
    }

    private static boolean isBranch(Ref ref) {
        return ref.getName().startsWith(Constants.R_HEADS);
    }

    private static String name(Ref ref) {
        return ref.getName().substring(isBranch(ref) ? Constants.R_HEADS.length() : Constants.R_TAGS.length());
    }

    private static CheckpointsPage.Row row(RevWalk walk, Ref ref) throws IOException {
        try {
            RevObject object = walk.peel(walk.parseAny(ref.getObjectId()));
            if (object instanceof RevCommit commit) {
                walk.parseBody(commit);
                return new CheckpointsPage.Row(
                        name(ref),
                        isBranch(ref),
                        commit.name(),
                        Wording.clipped(commit.getShortMessage(), 100),
                        Instant.ofEpochSecond(commit.getCommitTime()));
            }
            return new CheckpointsPage.Row(name(ref), isBranch(ref), object.name(), "not a commit", Instant.EPOCH);
        } catch (MissingObjectException gone) {
            return new CheckpointsPage.Row(
                    name(ref), isBranch(ref), ref.getObjectId().name(), "the commit is missing", Instant.EPOCH);
        }
    }
}
