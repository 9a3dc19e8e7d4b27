package glasshouse.hub.job;

import static glasshouse.hub.job.Workshop.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glasshouse.core.entry.ArtefactPath;
import glasshouse.core.entry.RevisionId;
import glasshouse.core.know.Evidence;
import glasshouse.format.source.ByteSource;
import glasshouse.hub.git.TreeListing.TooManyPaths;
import glasshouse.hub.index.Entry;
import glasshouse.hub.testing.FakeClock;
import glasshouse.inspect.EvidenceCache;
import glasshouse.inspect.Inspection;
import glasshouse.inspect.record.Records;
import glasshouse.inspect.revision.Artefact;
import glasshouse.inspect.revision.FolderRevision;
import glasshouse.store.disk.RealDisk;
import glasshouse.store.object.FolderStore;
import glasshouse.testkit.bytes.SafetensorsBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.TreeFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A revision in the hub is what a checkout of it is: the same artefacts, the same evidence. */
class GitRevisionTest {
    @TempDir
    Path data;

    @TempDir
    Path checkout;

    private final FakeClock clock = new FakeClock(Instant.parse("2026-11-20T10:00:00Z"));

    private static byte[] weights() {
        return new SafetensorsBytes()
                .tensor("w", "F16", 16, 100_000)
                .tensor("b", "F32", 32, 7)
                .write();
    }

    private GitRevision revision(Workshop shop, Entry entry, RevisionId id) throws IOException {
        return new GitRevision(
                shop.repo(entry),
                id,
                FolderStore.open(new RealDisk(), data.resolve("store"), 0),
                shop.parts.held(),
                () -> {});
    }

    private static Map<String, String> listed(glasshouse.inspect.revision.Revision revision) throws IOException {
        Map<String, String> found = new TreeMap<>();
        try (Stream<Artefact> artefacts = revision.artefacts()) {
            for (Artefact one : artefacts.toList()) {
                found.put(one.path().value(), one.sizeBytes() + " " + one.digest());
            }
        }
        return found;
    }

    @Test
    void aCheckoutAndTheHubGiveTheSameEvidence() throws Exception {
        try (Workshop shop = new Workshop(data, clock)) {
            Entry entry = shop.model("engine");
            byte[] card = text("---\nlicense: mit\n---\n# Engine\n");
            byte[] attributes = text("*.safetensors filter=lfs\n");
            RevisionId head = shop.commit(
                    entry,
                    "main",
                    Map.of(
                            ".gitattributes",
                            attributes,
                            "README.md",
                            card,
                            "LICENSE",
                            text("nobody knows this licence\n"),
                            "deep/down/model.safetensors",
                            shop.large(entry, weights())));
            Files.write(checkout.resolve(".gitattributes"), attributes);
            Files.write(checkout.resolve("README.md"), card);
            Files.writeString(checkout.resolve("LICENSE"), "nobody knows this licence\n");
            Files.createDirectories(checkout.resolve("deep/down"));
            Files.write(checkout.resolve("deep/down/model.safetensors"), weights());

            GitRevision hosted = revision(shop, entry, head);
            FolderRevision folder = FolderRevision.of(checkout);
            assertThat(listed(hosted)).isEqualTo(listed(folder));
            assertThat(written(Inspection.run(hosted, EvidenceCache.none())))
                    .isEqualTo(written(Inspection.run(folder, EvidenceCache.none())));
            assertThat(hosted.faults()).isEmpty();
        }
    }

    private static List<String> written(List<Evidence> evidence) {
        return evidence.stream().map(Records::write).toList();
    }

    @Test
    void aLargeFileIsReadAtAnyPlace() throws Exception {
        try (Workshop shop = new Workshop(data, clock)) {
            Entry entry = shop.model("engine");
            byte[] bytes = weights();
            RevisionId head = shop.commit(entry, "main", Map.of("m.safetensors", shop.large(entry, bytes)));
            ByteSource source = revision(shop, entry, head)
                    .artefact(new ArtefactPath("m.safetensors"))
                    .orElseThrow()
                    .open();
            assertThat(source.sizeBytes()).isEqualTo(bytes.length);
            for (int at : new int[] {0, 1, 65_535, 65_536, 70_000, 3, bytes.length - 5}) {
                for (int length : new int[] {1, 4, 70_000, 150_000}) {
                    int n = Math.min(length, bytes.length - at);
                    assertThat(source.readFully(at, n)).isEqualTo(java.util.Arrays.copyOfRange(bytes, at, at + n));
                }
            }
            assertThat(source.read(bytes.length, new byte[1], 0, 1)).isEqualTo(-1);
            assertThat(source.read(0, new byte[0], 0, 0)).isZero();
        }
    }

    /** Ten levels of folders, each of which names the next one ten times; at the end a file, or nothing. */
    private static RevisionId bomb(Workshop shop, Entry entry, boolean file) throws IOException {
        try (ObjectInserter inserter = shop.repo(entry).jgit().newObjectInserter()) {
            TreeFormatter last = new TreeFormatter();
            if (file) {
                last.append("f", FileMode.REGULAR_FILE, inserter.insert(Constants.OBJ_BLOB, text("x")));
            }
            ObjectId tree = inserter.insert(last);
            for (int level = 0; level < 10; level++) {
                TreeFormatter folder = new TreeFormatter();
                for (char name = 'a'; name < 'k'; name++) {
                    folder.append(String.valueOf(name), FileMode.TREE, tree);
                }
                tree = inserter.insert(folder);
            }
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(tree);
            commit.setAuthor(new PersonIdent("ada", "ada@example.invalid"));
            commit.setCommitter(commit.getAuthor());
            commit.setMessage("many");
            ObjectId made = inserter.insert(commit);
            inserter.flush();
            return new RevisionId(made.name());
        }
    }

    @Test
    void aWalkOverFoldersThatNameEachOtherEnds() throws Exception {
        try (Workshop shop = new Workshop(data, clock)) {
            Entry entry = shop.model("engine");
            for (boolean file : List.of(true, false)) {
                RevisionId many = bomb(shop, entry, file);
                assertThatThrownBy(() -> Tally.NOTHING.after(
                                shop.repo(entry), Optional.empty(), many, Steps.unwatched(clock), 10_000))
                        .isInstanceOf(TooManyPaths.class)
                        .satisfies(e -> assertThat(Broken.of((Exception) e))
                                .hasValueSatisfying(broken ->
                                        assertThat(broken.what()).contains("more than 10000 files and folders")));
                GitRevision revision = revision(shop, entry, many);
                try (Stream<Artefact> artefacts = revision.artefacts(10_000)) {
                    assertThatThrownBy(artefacts::count).hasCauseInstanceOf(TooManyPaths.class);
                }
                assertThat(shop.parts.trees().paths(shop.repo(entry), many, 100))
                        .hasSize(file ? 100 : 0);
            }
        }
    }

    /** A link to write: where it leads. */
    private record Link(String path, String target) {}

    @Test
    void linksLeadToFilesOfTheRevisionAndNowhereElse() throws Exception {
        List<Link> links = List.of(
                new Link("README.md", "docs/card.md"),
                new Link("up/link.md", "../docs/./card.md"),
                new Link("through/folder.md", "../alias/card.md"),
                new Link("alias", "docs"),
                new Link("outside.md", "../../etc/passwd"),
                new Link("absolute.md", "/etc/passwd"),
                new Link("nothing.md", "docs/none.md"),
                new Link("loop.md", "loop.md"));
        try (Workshop shop = new Workshop(data, clock)) {
            Entry entry = shop.model("engine");
            Files.createDirectories(checkout.resolve("docs"));
            Files.writeString(checkout.resolve("docs/card.md"), "# Card\n");
            for (Link link : links) {
                Files.createDirectories(checkout.resolve(link.path()).getParent());
                Files.createSymbolicLink(checkout.resolve(link.path()), Path.of(link.target()));
            }
            RevisionId head = commitLinks(shop, entry, links);
            Map<String, String> hosted = listed(revision(shop, entry, head));
            assertThat(hosted.keySet())
                    .containsExactlyInAnyOrder("README.md", "docs/card.md", "up/link.md", "through/folder.md");
            assertThat(hosted).isEqualTo(listed(FolderRevision.of(checkout)));
        }
    }

    private static RevisionId commitLinks(Workshop shop, Entry entry, List<Link> links) throws IOException {
        try (ObjectInserter inserter = shop.repo(entry).jgit().newObjectInserter()) {
            DirCache cache = DirCache.newInCore();
            DirCacheBuilder builder = cache.builder();
            builder.add(
                    item("docs/card.md", FileMode.REGULAR_FILE, inserter.insert(Constants.OBJ_BLOB, text("# Card\n"))));
            for (Link link : links) {
                builder.add(
                        item(link.path(), FileMode.SYMLINK, inserter.insert(Constants.OBJ_BLOB, text(link.target()))));
            }
            builder.finish();
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(cache.writeTree(inserter));
            commit.setAuthor(new PersonIdent("ada", "ada@example.invalid"));
            commit.setCommitter(commit.getAuthor());
            commit.setMessage("links");
            ObjectId made = inserter.insert(commit);
            inserter.flush();
            return new RevisionId(made.name());
        }
    }

    private static DirCacheEntry item(String path, FileMode mode, ObjectId blob) {
        DirCacheEntry entry = new DirCacheEntry(path);
        entry.setFileMode(mode);
        entry.setObjectId(blob);
        return entry;
    }
}
