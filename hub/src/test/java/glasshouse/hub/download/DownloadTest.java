package glasshouse.hub.download;

import static org.assertj.core.api.Assertions.assertThat;

import glasshouse.core.entry.EntryKind;
import glasshouse.core.entry.Gate;
import glasshouse.core.entry.Visibility;
import glasshouse.hub.index.Downloads;
import glasshouse.hub.index.Entry;
import glasshouse.hub.testing.Committing;
import glasshouse.hub.testing.TestHub;
import glasshouse.hub.testing.TestHub.Answer;
import glasshouse.store.object.Stored;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadTest {
    @TempDir
    Path data;

    private TestHub hub;
    private Entry entry;
    private String token;
    private Stored object;

    @BeforeEach
    void open() throws Exception {
        hub = TestHub.in(data);
        hub.user("ada");
        entry = hub.entry(EntryKind.DATASET, "ada/words", Visibility.PUBLIC, "ada");
        token = hub.token("ada", "write");
        object = Committing.upload(hub, entry, "0123456789".getBytes(StandardCharsets.UTF_8));
        Committing.titled("first")
                .file("a.txt", "hello")
                .file("empty.txt", "")
                .file("page.html", "<script>alert(1)</script>")
                .file("x.svg", "<svg onload='alert(1)'/>")
                .file("d/é \"q\".json", "{}")
                .large("big.bin", object)
                .send(hub, entry, token);
    }

    @AfterEach
    void close() throws IOException {
        hub.close();
    }

    private Answer ask(String method, String path, String... headers) throws Exception {
        var request = hub.request(method, "/datasets/ada/words/" + path, "", "", "");
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return hub.send(request.build());
    }

    private String head() throws IOException {
        var repo = hub.parts().repositories().open(entry.id());
        return glasshouse.hub.git.Revisions.require(repo, entry, "main").value();
    }

    @Test
    void aRegularFileHasTheHeadersThatClientsRead() throws Exception {
        for (String method : List.of("GET", "HEAD")) {
            Answer answer = ask(method, "resolve/main/a.txt");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("X-Repo-Commit")).isEqualTo(head());
            assertThat(answer.header("ETag")).isEqualTo("\"b6fc4c620b67d95f953a5c1c1230aaab5db5a1b0\"");
            assertThat(answer.header("Content-Length")).isEqualTo("5");
            assertThat(answer.header("Accept-Ranges")).isEqualTo("bytes");
            assertThat(answer.header("X-Linked-Etag")).isEmpty();
            assertThat(answer.header("Location")).isEmpty();
            assertThat(answer.body()).isEqualTo(method.equals("GET") ? "hello" : "");
        }
    }

    @Test
    void aLargeFileIsServedFromItsOwnAddressWithItsSha256() throws Exception {
        for (String method : List.of("GET", "HEAD")) {
            Answer answer = ask(method, "resolve/main/big.bin");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("X-Repo-Commit")).isEqualTo(head());
            assertThat(answer.header("ETag")).isEqualTo("\"" + object.sha256().hex() + "\"");
            assertThat(answer.header("X-Linked-Etag"))
                    .isEqualTo("\"" + object.sha256().hex() + "\"");
            assertThat(answer.header("X-Linked-Size")).isEqualTo("10");
            assertThat(answer.header("Content-Length")).isEqualTo("10");
            assertThat(answer.body()).isEqualTo(method.equals("GET") ? "0123456789" : "");
        }
        Answer raw = ask("GET", "raw/main/big.bin");
        assertThat(raw.body())
                .startsWith("version https://git-lfs.github.com/spec/v1\noid sha256:"
                        + object.sha256().hex());
        assertThat(raw.header("X-Linked-Size")).isEmpty();
    }

    @Test
    void rangesAreAnsweredAsTheyAreAskedFor() throws Exception {
        for (String file : List.of("a.txt", "big.bin")) {
            String all = ask("GET", "resolve/main/" + file).body();
            int size = all.length();
            Answer first = ask("GET", "resolve/main/" + file, "Range", "bytes=0-0");
            assertThat(first.status()).isEqualTo(206);
            assertThat(first.header("Content-Range")).isEqualTo("bytes 0-0/" + size);
            assertThat(first.body()).isEqualTo(all.substring(0, 1));
            assertThat(ask("GET", "resolve/main/" + file, "Range", "bytes=1-2").body())
                    .isEqualTo(all.substring(1, 3));
            assertThat(ask("GET", "resolve/main/" + file, "Range", "bytes=3-").body())
                    .isEqualTo(all.substring(3));
            assertThat(ask("GET", "resolve/main/" + file, "Range", "bytes=-2").body())
                    .isEqualTo(all.substring(size - 2));
            assertThat(ask("GET", "resolve/main/" + file, "Range", "bytes=-99").header("Content-Range"))
                    .isEqualTo("bytes 0-" + (size - 1) + "/" + size);
            assertThat(ask("GET", "resolve/main/" + file, "Range", "bytes=1-999")
                            .header("Content-Range"))
                    .isEqualTo("bytes 1-" + (size - 1) + "/" + size);
            Answer outside = ask("GET", "resolve/main/" + file, "Range", "bytes=" + size + "-");
            assertThat(outside.status()).isEqualTo(416);
            assertThat(outside.header("Content-Range")).isEqualTo("bytes */" + size);
            for (String other : List.of("bytes=0-0,2-3", "bytes=5-2", "lines=1-2", "bytes=-", "bytes=a-b")) {
                Answer whole = ask("GET", "resolve/main/" + file, "Range", other);
                assertThat(whole.status()).as(other).isEqualTo(200);
                assertThat(whole.body()).isEqualTo(all);
            }
            Answer headOfRange = ask("HEAD", "resolve/main/" + file, "Range", "bytes=0-0");
            assertThat(headOfRange.header("Content-Length")).isEqualTo("1");
        }
    }

    @Test
    void theSizeOfAnEmptyFileCanBeLearnt() throws Exception {
        Answer answer = ask("GET", "resolve/main/empty.txt", "Range", "bytes=0-0");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Range")).endsWith("/0");
        assertThat(answer.body()).isEmpty();
        assertThat(ask("GET", "resolve/main/empty.txt").header("Content-Length"))
                .isEqualTo("0");
    }

    @Test
    void whatTheClientHasIsNotSentAgain() throws Exception {
        String etag = ask("HEAD", "resolve/main/big.bin").header("ETag");
        for (String seen : List.of(etag, "W/" + etag, "\"x\", " + etag, "*")) {
            Answer same = ask("GET", "resolve/main/big.bin", "If-None-Match", seen);
            assertThat(same.status()).as(seen).isEqualTo(304);
            assertThat(same.header("ETag")).isEqualTo(etag);
            assertThat(same.body()).isEmpty();
        }
        assertThat(ask("GET", "resolve/main/big.bin", "If-None-Match", "\"x\"").status())
                .isEqualTo(200);
        assertThat(ask("GET", "resolve/main/big.bin", "Range", "bytes=1-1", "If-Range", etag)
                        .status())
                .isEqualTo(206);
        assertThat(ask("GET", "resolve/main/big.bin", "Range", "bytes=1-1", "If-Range", "\"old\"")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void nothingThatIsServedRunsInABrowser() throws Exception {
        for (String path :
                List.of("resolve/main/page.html", "resolve/main/x.svg", "raw/main/page.html", "raw/main/x.svg")) {
            Answer answer = ask("GET", path);
            assertThat(answer.header("Content-Type")).isEqualTo("text/plain; charset=utf-8");
            assertThat(answer.header("Content-Security-Policy")).isEqualTo("default-src 'none'; sandbox");
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        }
    }

    @Test
    void namesOfFilesAreSaidSafely() throws Exception {
        Answer answer = ask("GET", "resolve/main/d/%C3%A9%20%22q%22.json");
        assertThat(answer.header("Content-Disposition"))
                .isEqualTo("inline; filename*=UTF-8''%C3%A9%20%22q%22.json; filename=\"_ _q_.json\";");
        assertThat(ask("GET", "resolve/main/a.txt?download=true").header("Content-Disposition"))
                .startsWith("attachment;");
        assertThat(ask("GET", "resolve/main/a.txt?noContentDisposition=1").header("Content-Disposition"))
                .isEmpty();
    }

    @Test
    void aFileThatIsNotThereIsRememberedForItsRevision() throws Exception {
        for (String path : List.of("resolve/main/nowhere.txt", "resolve/main/d", "raw/main/nowhere.txt")) {
            Answer answer = ask("HEAD", path);
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.header("X-Error-Code")).isEqualTo("EntryNotFound");
            assertThat(answer.header("X-Repo-Commit")).isEqualTo(head());
        }
        Answer revision = ask("HEAD", "resolve/v9/a.txt");
        assertThat(revision.header("X-Error-Code")).isEqualTo("RevisionNotFound");
        assertThat(revision.header("X-Repo-Commit")).isEmpty();
    }

    @Test
    void aGateIsOnFilesAndAnObjectOfOthersStaysTheirs() throws Exception {
        hub.parts().entries().put(entry.with(Visibility.PUBLIC, Gate.MANUAL));
        Answer gated = ask("GET", "resolve/main/a.txt");
        assertThat(gated.status()).isEqualTo(401);
        assertThat(gated.header("X-Error-Code")).isEqualTo("GatedRepo");
        hub.user("eve");
        assertThat(hub.get("/datasets/ada/words/resolve/main/a.txt", hub.token("eve", "read"))
                        .status())
                .isEqualTo(403);
        // A pointer by itself opens nothing: here somebody pushed one to another entry.
        hub.parts().held().release(entry.id(), Set.of(object.sha256().hex()));
        Answer taken = hub.get("/datasets/ada/words/resolve/main/big.bin", token);
        assertThat(taken.status()).isEqualTo(404);
        assertThat(taken.header("X-Error-Code")).isEmpty();
    }

    @Test
    void whoTakesManyFilesCountsOnce() throws Exception {
        assertThat(hub.parts().downloads().of(entry.id())).isEqualTo(new Downloads.Count(0, 0));
        ask("HEAD", "resolve/main/a.txt");
        ask("GET", "resolve/main/a.txt");
        ask("GET", "resolve/main/big.bin");
        hub.get("/datasets/ada/words/resolve/main/a.txt", token);
        assertThat(hub.parts().downloads().of(entry.id())).isEqualTo(new Downloads.Count(2, 2));
        hub.close();
        hub = TestHub.in(data);
        assertThat(hub.parts().downloads().of(Set.of(entry.id()))).containsEntry(entry.id(), new Downloads.Count(2, 2));
    }
}
