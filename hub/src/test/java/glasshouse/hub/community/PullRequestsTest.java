package glasshouse.hub.community;

import static org.assertj.core.api.Assertions.assertThat;

import glasshouse.core.entry.EntryKind;
import glasshouse.core.entry.Visibility;
import glasshouse.hub.git.Committer;
import glasshouse.hub.git.Revisions;
import glasshouse.hub.testing.TestHub;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PullRequestsTest {
    @TempDir
    Path data;

    @Test
    void aNewOneHasARefAtTheHeadAndTakesTheNextNumber() throws Exception {
        try (TestHub hub = TestHub.in(data)) {
            var ada = hub.user("ada");
            var entry = hub.entry(EntryKind.MODEL, "ada/engine", Visibility.PUBLIC, "ada");
            var repo = hub.parts().repositories().open(entry.id());
            var pulls = hub.parts().pullRequests();

            assertThat(pulls.open(entry, ada, "first", "")).isEqualTo(1);
            assertThat(pulls.discuss(entry, ada, "a question", "?")).isEqualTo(2);
            assertThat(pulls.open(entry, ada, "a title\nand more " + "x".repeat(500), ""))
                    .isEqualTo(3);

            var head = Revisions.require(repo, entry, "HEAD");
            assertThat(Committer.head(repo, "refs/pr/1")).contains(head);
            assertThat(Committer.head(repo, "refs/pr/2")).isEmpty();
            assertThat(Revisions.require(repo, entry, "refs/pr/3")).isEqualTo(head);
        }
    }

    @Test
    void oneThatWasWithdrawnLeavesNothing() throws Exception {
        try (TestHub hub = TestHub.in(data)) {
            var ada = hub.user("ada");
            var entry = hub.entry(EntryKind.DATASET, "ada/words", Visibility.PRIVATE, "ada");
            var repo = hub.parts().repositories().open(entry.id());
            int num = hub.parts().pullRequests().open(entry, ada, "mistake", "");

            hub.parts().pullRequests().withdraw(entry, num);

            assertThat(Committer.head(repo, "refs/pr/1")).isEmpty();
            assertThat(hub.parts().pullRequests().open(entry, ada, "again", "")).isEqualTo(1);
        }
    }
}
