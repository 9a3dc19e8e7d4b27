package glasshouse.hub.git;

import glasshouse.core.entry.EntryKind;
import glasshouse.core.entry.RepoName;
import glasshouse.core.entry.RevisionId;
import glasshouse.core.entry.Visibility;
import glasshouse.hub.Hub;
import glasshouse.hub.HubConfig;
import glasshouse.hub.index.Entry;
import glasshouse.hub.index.People.Account;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;

/** Commits until it is killed, and prints each revision once it was acknowledged: the child of {@link KillTest}. */
final class CommitLoop {
    private CommitLoop() {}

    public static void main(String[] arguments) throws Exception {
        try (Hub hub = Hub.open(HubConfig.inFolder(Path.of(arguments[0]), 0), InstantSource.system(), line -> {})) {
            Account ada = hub.parts()
                    .people()
                    .account("ada")
                    .orElseGet(() -> hub.parts()
                            .people()
                            .addAccount("ada", "Ada", Optional.empty(), Optional.empty(), false, Instant.now()));
            Optional<Entry> there = hub.parts().entries().find(EntryKind.MODEL, new RepoName("ada", "engine"));
            Entry entry = there.isPresent()
                    ? there.get()
                    : hub.parts()
                            .lifecycle()
                            .create(
                                    EntryKind.MODEL,
                                    new RepoName("ada", "engine"),
                                    Visibility.PUBLIC,
                                    Optional.empty(),
                                    ada,
                                    Map.of());
            GitRepo repo = hub.parts().repositories().open(entry.id());
            Maintenance maintenance = new Maintenance(InstantSource.system());
            for (int i = 0; ; i++) {
                byte[] content = (arguments[1] + " " + i).getBytes(StandardCharsets.UTF_8);
                String path = "d" + i % 7 + "/f" + arguments[1] + "-" + i;
                RevisionId made = hub.parts()
                        .committer()
                        .commit(
                                repo,
                                "refs/heads/main",
                                Optional.empty(),
                                Optional.empty(),
                                new Committer.Message(ada, "commit " + i),
                                (edit, reader, inserter, base) -> edit.at(
                                        path,
                                        new TreeEdit.Change.Put(
                                                inserter.insert(Constants.OBJ_BLOB, content), FileMode.REGULAR_FILE)));
                System.out.println(made);
                System.out.flush();
                if (maintenance.needed(repo)) {
                    maintenance.run(repo);
                }
            }
        }
    }
}
