package glasshouse.hub.job;

import glasshouse.core.entry.Digest;
import glasshouse.core.entry.EntryKind;
import glasshouse.core.entry.RepoName;
import glasshouse.core.entry.RevisionId;
import glasshouse.core.entry.Visibility;
import glasshouse.hub.Hub;
import glasshouse.hub.HubConfig;
import glasshouse.hub.git.Committer;
import glasshouse.hub.git.GitRepo;
import glasshouse.hub.git.LfsPointer;
import glasshouse.hub.git.TreeEdit;
import glasshouse.hub.index.Entry;
import glasshouse.hub.index.HeldObjects;
import glasshouse.hub.index.People.Account;
import glasshouse.store.disk.RealDisk;
import glasshouse.store.object.Expectation;
import glasshouse.store.object.FolderStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;

/** A hub whose jobs are done when a test says so, and hands to fill it. */
final class Workshop implements AutoCloseable {
    final Hub hub;
    final Hub.Parts parts;
    final Background background;
    private final FolderStore store;
    private final Account ada;
    private final InstantSource clock;
    private final HeldObjects held;

    Workshop(Path data, InstantSource clock) throws IOException {
        this.clock = clock;
        hub = Hub.open(HubConfig.inFolder(data, 0), clock, line -> {});
        parts = hub.parts();
        background = parts.background();
        store = FolderStore.open(new RealDisk(), data.resolve("store"), 0);
        held = parts.held();
        ada = parts.people()
                .account("ada")
                .orElseGet(() -> parts.people()
                        .addAccount("ada", "Ada", Optional.empty(), Optional.empty(), false, clock.instant()));
    }

    Entry model(String name) throws IOException {
        return parts.lifecycle()
                .create(EntryKind.MODEL, new RepoName("ada", name), Visibility.PUBLIC, Optional.empty(), ada, Map.of());
    }

    Entry again(Entry entry) {
        return parts.entries().find(entry.id()).orElseThrow();
    }

    GitRepo repo(Entry entry) {
        return parts.repositories().open(entry.id());
    }

    /** Stores a large file through an entry; gives the pointer to it. */
    byte[] large(Entry entry, byte[] bytes) throws IOException {
        try (var writer = store.begin(Expectation.NONE)) {
            writer.write(ByteBuffer.wrap(bytes));
            var stored = writer.commit();
            held.hold(entry.id(), stored.sha256().hex(), stored.sizeBytes(), clock.instant());
            return new LfsPointer(Digest.sha256(stored.sha256().hex()), stored.sizeBytes()).bytes();
        }
    }

    /** Commits files on a branch; one without bytes is removed. */
    RevisionId commit(Entry entry, String branch, Map<String, byte[]> files) throws IOException {
        GitRepo repo = repo(entry);
        return parts.committer()
                .commit(
                        repo,
                        Constants.R_HEADS + branch,
                        Optional.empty(),
                        Committer.head(repo, Constants.R_HEADS + "main"),
                        new Committer.Message(ada, "change"),
                        (edit, reader, inserter, base) -> {
                            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                                if (file.getValue().length == 0) {
                                    edit.at(file.getKey(), new TreeEdit.Change.Delete());
                                } else {
                                    var blob = inserter.insert(Constants.OBJ_BLOB, file.getValue());
                                    edit.at(file.getKey(), new TreeEdit.Change.Put(blob, FileMode.REGULAR_FILE));
                                }
                            }
                        });
    }

    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        hub.close();
    }
}
