package glasshouse.hub.lfs;

import static org.assertj.core.api.Assertions.assertThat;

import glasshouse.core.entry.EntryKind;
import glasshouse.core.entry.Visibility;
import glasshouse.hub.index.Entry;
import glasshouse.hub.testing.Git;
import glasshouse.hub.testing.TestHub;
import glasshouse.hub.web.Json;
import glasshouse.store.object.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class LfsTest {
    @TempDir
    Path folder;

    private TestHub hub;
    private HttpClient http;
    private Entry entry;
    private String token;

    @BeforeEach
    void start() throws Exception {
        hub = TestHub.in(folder.resolve("data"));
        http = HttpClient.newHttpClient();
        hub.user("ada");
        hub.user("bob");
        token = hub.token("ada", "write");
        entry = hub.entry(EntryKind.MODEL, "ada/engine", Visibility.PRIVATE, "ada");
    }

    @AfterEach
    void stop() throws IOException {
        http.close();
        hub.close();
    }

    private static byte[] random(int bytes, long seed) {
        byte[] made = new byte[bytes];
        new Random(seed).nextBytes(made);
        return made;
    }

    private static String sha(byte[] bytes) throws Exception {
        return Sha256.of(MessageDigest.getInstance("SHA-256").digest(bytes)).hex();
    }

    private JsonNode batch(String operation, String secret, String oid, long size, String... transfers)
            throws Exception {
        return hub.post(
                        "/ada/engine.git/info/lfs/objects/batch",
                        secret,
                        Map.of(
                                "operation",
                                operation,
                                "transfers",
                                List.of(transfers),
                                "hash_algo",
                                "sha_256",
                                "objects",
                                List.of(Map.of("oid", oid, "size", size))))
                .json();
    }

    private static JsonNode action(JsonNode batch, String name) {
        return batch.path("objects").path(0).path("actions").path(name);
    }

    private HttpResponse<byte[]> send(String method, String url, byte[] body, String... headers) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url)).method(method, BodyPublishers.ofByteArray(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofByteArray());
    }

    private List<String> stored() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
            return files.filter(Files::isRegularFile)
                    .map(Path::toString)
                    .filter(name -> name.contains("/store/") || name.contains("/tmp/"))
                    .sorted()
                    .toList();
        }
    }

    private String upload(byte[] bytes) throws Exception {
        String oid = sha(bytes);
        String href = action(batch("upload", token, oid, bytes.length), "upload")
                .path("href")
                .asString();
        assertThat(send("PUT", href, bytes).statusCode()).isEqualTo(200);
        return oid;
    }

    @Test
    void pushesAndClonesWithRealGitLfs() throws Exception {
        Git git = Git.withLfs(folder.resolve("home"));
        String url = hub.base().replace("://", "://ada:" + token + "@") + "/ada/engine";
        Git mine = git.clone(url, "mine");
        byte[] weights = random(3_000_000, 1);
        mine.write("model.safetensors", weights)
                .write("small.bin", random(10, 2))
                .write("README.md", "# x\n");
        mine.commit("weights").run("push", "origin", "main").succeeded();
        assertThat(hub.parts().held().holds(entry.id(), sha(weights))).isTrue();
        Git other = git.clone(url, "other");
        assertThat(other.folder().resolve("model.safetensors")).hasBinaryContent(weights);
        assertThat(other.run("lfs", "fsck").succeeded().output()).contains("OK");
        mine.write("more.bin", random(20, 3)).commit("more");
        String output = mine.run("push", "origin", "main").succeeded().output();
        assertThat(output).doesNotContain("locksverify");
    }

    @Test
    void refusesAPushWhoseObjectsWereNotSent() throws Exception {
        Git git = Git.withLfs(folder.resolve("home"));
        String url = hub.base().replace("://", "://ada:" + token + "@") + "/ada/engine";
        Git mine = git.clone(url, "mine");
        byte[] bytes = random(1000, 4);
        mine.write("w.bin", bytes).commit("w");
        assertThat(mine.start(Map.of("GIT_LFS_SKIP_PUSH", "1"), "push", "origin", "main")
                        .end()
                        .failed()
                        .output())
                .contains(sha(bytes));
        mine.run("push", "origin", "main").succeeded();
    }

    @Test
    void holdsNothingOfBytesThatAreNotWhatWasAnnounced() throws Exception {
        byte[] bytes = random(5000, 5);
        String oid = sha(bytes);
        String href = action(batch("upload", token, oid, bytes.length), "upload")
                .path("href")
                .asString();
        List<String> before = stored();
        byte[] others = random(5000, 6);
        var wrong = send("PUT", href, others);
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(new String(wrong.body(), StandardCharsets.UTF_8)).contains(sha(others));
        assertThat(send("PUT", href, Arrays.copyOf(bytes, 4999)).statusCode()).isEqualTo(400);
        // Without a length, in chunks: one byte more than announced.
        HttpRequest chunked = HttpRequest.newBuilder(URI.create(href))
                .PUT(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(Arrays.copyOf(bytes, 5001))))
                .build();
        assertThat(http.send(chunked, BodyHandlers.discarding()).statusCode()).isEqualTo(400);
        assertThat(stored()).isEqualTo(before);
        assertThat(hub.parts().held().holds(entry.id(), oid)).isFalse();
        assertThat(send("PUT", href, bytes).statusCode()).isEqualTo(200);
        assertThat(action(batch("upload", token, oid, bytes.length), "upload").isMissingNode())
                .isTrue();
    }

    @Test
    void keepsNothingOfABodyThatStopsInTheMiddle() throws Exception {
        byte[] bytes = random(500_000, 7);
        URI href = URI.create(action(batch("upload", token, sha(bytes), bytes.length), "upload")
                .path("href")
                .asString());
        List<String> before = stored();
        try (Socket socket = new Socket("127.0.0.1", hub.hub().port())) {
            OutputStream out = socket.getOutputStream();
            out.write(("PUT " + href.getRawPath() + "?" + href.getRawQuery()
                            + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: " + bytes.length + "\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            out.write(bytes, 0, 300_000);
            out.flush();
            socket.shutdownOutput();
            // The server notices, and says so or closes.
            socket.getInputStream().readAllBytes();
        }
        assertThat(stored()).isEqualTo(before);
        assertThat(hub.parts().held().holds(entry.id(), sha(bytes))).isFalse();
    }

    @Test
    void givesObjectsAndRangesToThoseWhoMayRead() throws Exception {
        byte[] bytes = random(2_000_000, 8);
        String oid = upload(bytes);
        String href = action(batch("download", token, oid, bytes.length), "download")
                .path("href")
                .asString();
        assertThat(send("GET", href, new byte[0]).body()).isEqualTo(bytes);
        var part = send("GET", href, new byte[0], "Range", "bytes=1000-1999");
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.headers().firstValue("Content-Range")).contains("bytes 1000-1999/2000000");
        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(bytes, 1000, 2000));
        assertThat(send("GET", href, new byte[0], "Range", "bytes=-5").body())
                .isEqualTo(Arrays.copyOfRange(bytes, 1_999_995, 2_000_000));
        assertThat(send("GET", href, new byte[0], "Range", "bytes=2000000-").statusCode())
                .isEqualTo(416);
        var head = send("HEAD", href, new byte[0]);
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValue("Content-Length")).contains("2000000");
        assertThat(hub.post(
                                "/ada/engine.git/info/lfs/objects/batch",
                                hub.token("bob", "write"),
                                Map.of("operation", "download"))
                        .status())
                .isEqualTo(404);
        assertThat(hub.post("/ada/engine.git/info/lfs/objects/batch", "", Map.of("operation", "download"))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void anAddressAllowsOneThingOnly() throws Exception {
        byte[] bytes = random(100, 9);
        String oid = upload(bytes);
        String href = action(batch("download", token, oid, bytes.length), "download")
                .path("href")
                .asString();
        byte[] none = new byte[0];
        assertThat(send("PUT", href, bytes).statusCode()).isEqualTo(403);
        assertThat(send("GET", href.replace(oid, "ab".repeat(32)), none).statusCode())
                .isEqualTo(403);
        assertThat(send("GET", href.replaceAll("until=\\d+", "until=9999999999"), none)
                        .statusCode())
                .isEqualTo(403);
        assertThat(send("GET", href.replaceAll("size=\\d+", "size=7"), none).statusCode())
                .isEqualTo(403);
        assertThat(send("GET", href.replaceAll("sig=.*", "sig="), none).statusCode())
                .isEqualTo(403);
        assertThat(send("GET", href.replaceAll("\\?.*", ""), none).statusCode()).isEqualTo(403);
        hub.parts()
                .people()
                .setDisabled(hub.parts().people().account("ada").orElseThrow().id(), true);
        assertThat(send("GET", href, none).statusCode()).isEqualTo(403);
        assertThat(hub.log()).noneMatch(line -> line.contains("sig="));
    }

    @Test
    void doesNotTellWhatOtherEntriesHold() throws Exception {
        byte[] bytes = random(100, 10);
        String oid = upload(bytes);
        hub.entry(EntryKind.DATASET, "bob/data", Visibility.PUBLIC, "bob");
        String bob = hub.token("bob", "write");
        var ask = Map.of("operation", "upload", "objects", List.of(Map.of("oid", oid, "size", 100)));
        JsonNode answer = hub.post("/datasets/bob/data.git/info/lfs/objects/batch", bob, ask)
                .json();
        assertThat(action(answer, "upload").path("href").asString()).isNotEmpty();
        JsonNode down = hub.post(
                        "/datasets/bob/data.git/info/lfs/objects/batch",
                        bob,
                        Map.of("operation", "download", "objects", List.of(Map.of("oid", oid, "size", 100))))
                .json();
        assertThat(down.path("objects").path(0).path("error").path("code").asInt())
                .isEqualTo(404);
    }

    @Test
    void tellsWhatIsWrongWithEachObject() throws Exception {
        byte[] bytes = random(100, 11);
        String oid = upload(bytes);
        assertThat(batch("upload", token, oid, 99)
                        .path("objects")
                        .path(0)
                        .path("error")
                        .path("code")
                        .asInt())
                .isEqualTo(422);
        assertThat(batch("upload", token, "../../etc", 99)
                        .path("objects")
                        .path(0)
                        .path("error")
                        .path("code")
                        .asInt())
                .isEqualTo(422);
        assertThat(batch("upload", token, sha(random(5, 1)), Long.MAX_VALUE)
                        .path("objects")
                        .path(0)
                        .path("error")
                        .path("code")
                        .asInt())
                .isEqualTo(413);
        assertThat(batch("upload", token, sha(random(5, 1)), 5, "xet", "ssh")
                        .path("transfer")
                        .asString())
                .isEqualTo("basic");
        assertThat(hub.post("/ada/engine.git/info/lfs/locks/verify", token, Map.of())
                        .status())
                .isEqualTo(404);
        assertThat(hub.get("/ada/engine.git/info/lfs/locks", token)
                        .json()
                        .path("locks")
                        .size())
                .isZero();
    }

    @Test
    void putsPartsTogether() throws Exception {
        PartPlan plan = PartPlan.STANDARD;
        long size = plan.fromBytes();
        JsonNode asked = batch("upload", token, "cd".repeat(32), size, "basic", "multipart");
        assertThat(asked.path("transfer").asString()).isEqualTo("multipart");
        JsonNode header = action(asked, "upload").path("header");
        long chunk = Long.parseLong(header.path("chunk_size").asString());
        assertThat(header.size() - 1).isEqualTo((int) Math.ceilDiv(size, chunk));
        assertThat(header.path("00001").asString()).startsWith(hub.base());
        byte[] part = new byte[(int) chunk];
        String done = action(asked, "upload").path("href").asString();
        var first = send("PUT", header.path("00001").asString(), part);
        assertThat(first.headers().firstValue("ETag").orElse("")).isNotEmpty();
        assertThat(send("PUT", header.path("00002").asString(), new byte[5]).statusCode())
                .isEqualTo(400);
        var early = send("POST", done, Json.bytes(Map.of("oid", "cd".repeat(32), "parts", List.of())));
        assertThat(early.statusCode()).isEqualTo(400);
        assertThat(new String(early.body(), StandardCharsets.UTF_8)).contains("not all parts are here");
        assertThat(stored()).as("what has come stays").anyMatch(name -> name.contains("/tmp/parts/"));
    }

    /** An address for a part, or for the end, of an upload that is too small to be cut by itself. */
    private String link(SignedLinks.Deed deed, String account, byte[] bytes) throws Exception {
        var people = hub.parts().people();
        SignedLinks links = new SignedLinks(people.setting("lfs-link-key", () -> "never"), people, Instant::now);
        String id = people.account(account).orElseThrow().id();
        int part = deed == SignedLinks.Deed.PART ? 1 : 0;
        return hub.base()
                + links.path(new SignedLinks.Claim(deed, entry.id(), new Sha256(sha(bytes)), bytes.length, part, id));
    }

    private HttpResponse<byte[]> complete(String account, byte[] bytes, String etag) throws Exception {
        var body = Map.of("oid", sha(bytes), "parts", List.of(Map.of("partNumber", 1, "etag", etag)));
        return send("POST", link(SignedLinks.Deed.COMPLETE, account, bytes), Json.bytes(body));
    }

    private String part(String account, byte[] announced, byte[] sent) throws Exception {
        var answer = send("PUT", link(SignedLinks.Deed.PART, account, announced), sent);
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.headers().firstValue("ETag").orElseThrow();
    }

    @Test
    void anUploadInPartsIsOfOneAccount() throws Exception {
        byte[] bytes = random(1000, 12);
        String mine = part("ada", bytes, bytes);
        // Somebody else sends other bytes under the same name.
        String other = part("bob", bytes, random(1000, 13));
        assertThat(complete("bob", bytes, other).statusCode()).isEqualTo(400);
        assertThat(complete("bob", bytes, mine).statusCode()).isEqualTo(400);
        assertThat(complete("ada", bytes, mine).statusCode()).isEqualTo(200);
        assertThat(hub.parts().held().holds(entry.id(), sha(bytes))).isTrue();
        assertThat(stored()).noneMatch(name -> name.contains("/tmp/parts/"));
    }

    @Test
    void completingTwiceIsCompletingOnce() throws Exception {
        byte[] bytes = random(1000, 14);
        String etag = part("ada", bytes, bytes);
        assertThat(complete("ada", bytes, "\"0-1\"").statusCode()).isEqualTo(400);
        assertThat(complete("ada", bytes, etag).statusCode())
                .as("a slip costs no parts")
                .isEqualTo(200);
        assertThat(complete("ada", bytes, etag).statusCode()).isEqualTo(200);
    }

    @Test
    void partsThatBreakOffTakeNoPlace() throws Exception {
        for (int i = 0; i < 70; i++) {
            byte[] bytes = random(1000, 100 + i);
            URI href = URI.create(link(SignedLinks.Deed.PART, "ada", bytes));
            try (Socket socket = new Socket("127.0.0.1", hub.hub().port())) {
                OutputStream out = socket.getOutputStream();
                out.write(("PUT " + href.getRawPath() + "?" + href.getRawQuery()
                                + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n\r\n")
                        .getBytes(StandardCharsets.UTF_8));
                out.write(bytes, 0, i % 2 == 0 ? 0 : 500);
                out.flush();
                socket.shutdownOutput();
                socket.getInputStream().readAllBytes();
            }
        }
        assertThat(stored()).noneMatch(name -> name.contains("/tmp/parts/"));
        byte[] bytes = random(1000, 15);
        part("ada", bytes, bytes);
    }

    @Test
    void whoHasTooManyUploadsStandsInNobodyElsesWay() throws Exception {
        for (int i = 0; i < 64; i++) {
            byte[] bytes = random(10, 200 + i);
            part("bob", bytes, bytes);
        }
        byte[] bytes = random(10, 16);
        assertThat(send("PUT", link(SignedLinks.Deed.PART, "bob", bytes), bytes).statusCode())
                .isEqualTo(429);
        part("ada", bytes, bytes);
    }
}
