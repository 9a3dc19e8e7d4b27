package glasshouse.hub.lfs;

import static org.assertj.core.api.Assertions.assertThat;

import glasshouse.core.entry.EntryKind;
import glasshouse.core.entry.Visibility;
import glasshouse.hub.HubConfig;
import glasshouse.hub.index.Entry;
import glasshouse.hub.job.Task;
import glasshouse.hub.testing.FakeClock;
import glasshouse.hub.testing.TestHub;
import glasshouse.store.object.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is on its way counts, in an entry that takes a megabyte. */
class RoomTest {
    @TempDir
    Path data;

    private final FakeClock clock = new FakeClock(Instant.parse("2026-11-20T10:00:00Z"));
    private TestHub hub;
    private Entry entry;

    @BeforeEach
    void start() throws Exception {
        HubConfig plain = HubConfig.inFolder(data, 0);
        hub = TestHub.with(
                new HubConfig(
                        plain.data(),
                        plain.server(),
                        plain.database(),
                        new HubConfig.Limits(1 << 20, 1L << 30, 1_000_000, 1_500_000)),
                clock);
        hub.user("ada");
        hub.user("bob");
        entry = hub.entry(EntryKind.MODEL, "ada/engine", Visibility.PUBLIC, "ada");
    }

    @AfterEach
    void stop() throws IOException {
        hub.close();
    }

    private static byte[] random(int bytes, long seed) {
        byte[] made = new byte[bytes];
        new Random(seed).nextBytes(made);
        return made;
    }

    private URI link(SignedLinks.Deed deed, byte[] bytes) throws Exception {
        var people = hub.parts().people();
        SignedLinks links = new SignedLinks(people.setting("lfs-link-key", () -> "never"), people, clock);
        Sha256 sha = Sha256.of(MessageDigest.getInstance("SHA-256").digest(bytes));
        int part = deed == SignedLinks.Deed.PART ? 1 : 0;
        String id = people.account("ada").orElseThrow().id();
        return URI.create(
                hub.base() + links.path(new SignedLinks.Claim(deed, entry.id(), sha, bytes.length, part, id)));
    }

    private int put(SignedLinks.Deed deed, byte[] bytes) throws Exception {
        return hub.send(HttpRequest.newBuilder(link(deed, bytes))
                        .PUT(BodyPublishers.ofByteArray(bytes))
                        .build())
                .status();
    }

    private long parts() throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("tmp/parts"))) {
            return files.count();
        }
    }

    @Test
    void partsThatWaitTakeRoomUntilTheyAreGivenUp() throws Exception {
        assertThat(put(SignedLinks.Deed.PART, random(600_000, 1))).isEqualTo(200);
        assertThat(put(SignedLinks.Deed.PART, random(600_000, 1))).as("again").isEqualTo(200);
        assertThat(put(SignedLinks.Deed.PART, random(600_000, 2))).isEqualTo(403);
        assertThat(put(SignedLinks.Deed.UPLOAD, random(600_000, 3))).isEqualTo(403);
        assertThat(parts()).isEqualTo(1);
        clock.advance(Duration.ofHours(13));
        hub.parts().background().queue().add(new Task.PurgeDeleted());
        hub.parts().background().queue().settle();
        assertThat(parts()).isZero();
        assertThat(put(SignedLinks.Deed.UPLOAD, random(600_000, 3))).isEqualTo(200);
    }

    @Test
    void twoUploadsAtOnceDoNotFillTheRoomForOne() throws Exception {
        byte[] first = random(600_000, 4);
        byte[] second = random(600_000, 5);
        URI href = link(SignedLinks.Deed.UPLOAD, first);
        try (Socket socket = new Socket("127.0.0.1", hub.hub().port())) {
            OutputStream out = socket.getOutputStream();
            out.write(("PUT " + href.getRawPath() + "?" + href.getRawQuery()
                            + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Length: 600000\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            out.write(first, 0, 300_000);
            out.flush();
            // Once the first has begun, the second is refused, and leaves nothing behind.
            Path temporary = data.resolve("store/tmp");
            for (int i = 0; i < 200 && isEmpty(temporary); i++) {
                Thread.sleep(10);
            }
            assertThat(put(SignedLinks.Deed.UPLOAD, second)).isEqualTo(403);
            out.write(first, 300_000, 300_000);
            out.flush();
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 200");
        }
        assertThat(hub.parts().held().totalBytes(entry.id())).isEqualTo(600_000);
        assertThat(put(SignedLinks.Deed.UPLOAD, random(300_000, 6)))
                .as("what ended is free again")
                .isEqualTo(200);
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    @Test
    void anEntryDoesNotMoveWhereThereIsNoRoomForIt() throws Exception {
        assertThat(put(SignedLinks.Deed.UPLOAD, random(900_000, 7))).isEqualTo(200);
        hub.organisation("lab", Map.of("ada", glasshouse.core.access.Role.ADMIN));
        Entry other = hub.entry(EntryKind.MODEL, "lab/other", Visibility.PUBLIC, "ada");
        hub.parts().held().hold(other.id(), "ab".repeat(32), 900_000, clock.instant());
        String ada = hub.token("ada", "write");
        var refused = hub.post(
                "/api/repos/move", ada, Map.of("fromRepo", "ada/engine", "toRepo", "lab/engine", "type", "model"));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body()).contains("lab");
        var within = hub.post(
                "/api/repos/move", ada, Map.of("fromRepo", "ada/engine", "toRepo", "ada/motor", "type", "model"));
        assertThat(within.status()).as(within.body()).isEqualTo(200);
        hub.parts().held().release(other.id(), java.util.List.of("ab".repeat(32)));
        var moved = hub.post(
                "/api/repos/move", ada, Map.of("fromRepo", "ada/motor", "toRepo", "lab/engine", "type", "model"));
        assertThat(moved.status()).as(moved.body()).isEqualTo(200);
    }
}
