package glasshouse.inspect.revision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glasshouse.core.entry.ArtefactPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderRevisionTest {
    @TempDir
    private Path outside;

    private Path folder() throws IOException {
        Path folder = Files.createDirectories(outside.resolve("entry/sub"));
        return folder.resolve("..").normalize();
    }

    private static List<String> paths(FolderRevision revision) {
        return revision.artefacts().map(one -> one.path().value()).sorted().toList();
    }

    @Test
    void listsFilesWithSizeAndDigest() throws IOException {
        Path folder = folder();
        Files.writeString(folder.resolve("sub/a.txt"), "abc");

        Artefact file = FolderRevision.of(folder)
                .artefact(new ArtefactPath("sub/a.txt"))
                .orElseThrow();

        assertThat(file.sizeBytes()).isEqualTo(3);
        assertThat(file.digest().hex()).isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(file.open().readFully(1, 2)).isEqualTo(new byte[] {'b', 'c'});
        assertThat(FolderRevision.of(folder).artefact(new ArtefactPath("sub"))).isEmpty();
        assertThat(FolderRevision.of(folder).artefact(new ArtefactPath("none"))).isEmpty();
    }

    @Test
    void leavesGitOut() throws IOException {
        Path folder = folder();
        Files.createDirectories(folder.resolve(".git"));
        Files.writeString(folder.resolve(".git/config"), "x");
        Files.writeString(folder.resolve(".gitattributes"), "x");
        Files.createSymbolicLink(folder.resolve("sneaky"), folder.resolve(".git/config"));

        Files.createDirectories(folder.resolve("sub/.git"));
        Files.writeString(folder.resolve("sub/.git/config"), "x");
        Files.createSymbolicLink(folder.resolve("sneakier"), Path.of("sub/.git/config"));

        FolderRevision revision = FolderRevision.of(folder);

        assertThat(paths(revision)).containsExactly(".gitattributes");
        assertThat(revision.artefact(new ArtefactPath("sneaky"))).isEmpty();
    }

    @Test
    void followsLinksInsideAndNoneOutside() throws IOException {
        Path folder = folder();
        Files.writeString(outside.resolve("secret"), "x");
        Files.writeString(folder.resolve("real"), "x");
        Files.createSymbolicLink(folder.resolve("inside"), Path.of("real"));
        Files.createSymbolicLink(folder.resolve("out"), outside.resolve("secret"));
        Files.createSymbolicLink(folder.resolve("up"), outside);
        Files.createSymbolicLink(folder.resolve("gone"), Path.of("nothing"));
        Files.createSymbolicLink(folder.resolve("loop"), Path.of("loop"));

        FolderRevision revision = FolderRevision.of(folder);

        assertThat(paths(revision)).containsExactly("inside", "real");
        assertThat(revision.leftOut()).hasSize(4);
        assertThat(revision.artefact(new ArtefactPath("out"))).isEmpty();
        assertThat(revision.artefact(new ArtefactPath("up/secret"))).isEmpty();
    }

    @Test
    void namesThatNoEntryCanHoldAreLeftOut() throws IOException {
        Path folder = folder();
        Files.writeString(folder.resolve("back\\slash"), "x");
        Files.writeString(folder.resolve("new\nline"), "x");

        FolderRevision revision = FolderRevision.of(folder);

        assertThat(paths(revision)).isEmpty();
        assertThat(revision.leftOut()).hasSize(2);
    }

    @Test
    void aFolderThatIsNoneIsTold() throws IOException {
        Path file = Files.writeString(outside.resolve("file"), "x");

        assertThatThrownBy(() -> FolderRevision.of(file)).isInstanceOf(NotDirectoryException.class);
        assertThatThrownBy(() -> FolderRevision.of(outside.resolve("none"))).isInstanceOf(NoSuchFileException.class);
    }
}
