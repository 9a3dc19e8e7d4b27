package glasshouse.hub.server;

import static org.assertj.core.api.Assertions.assertThat;

import glasshouse.core.entry.EntryKind;
import glasshouse.core.entry.Visibility;
import glasshouse.hub.HubConfig;
import glasshouse.hub.testing.TestHub;
import glasshouse.hub.testing.TestHub.Answer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands before the links of an answer, by what a proxy says. */
class AddressesTest {
    @TempDir
    Path data;

    private HubConfig behindProxy() {
        HubConfig plain = HubConfig.inFolder(data, 0);
        ServerConfig server = plain.server();
        return new HubConfig(
                plain.data(),
                new ServerConfig(
                        server.host(),
                        server.port(),
                        Optional.empty(),
                        List.of("hub.example"),
                        List.of("127.0.0.1"),
                        server.idleTimeout(),
                        server.headTimeout(),
                        server.minBodyRate(),
                        server.maxConnections(),
                        server.stopTimeout()),
                plain.database(),
                plain.limits());
    }

    private static Answer page(TestHub hub, String forwarded) throws Exception {
        return hub.send(hub.request("GET", "/api/models?limit=1", "", "", "")
                .header("X-Forwarded-Host", forwarded)
                .build());
    }

    @Test
    void aForwardedHostIsHeldToTheFormOfAHost() throws Exception {
        try (TestHub hub = TestHub.with(behindProxy())) {
            hub.user("ada");
            hub.entry(EntryKind.MODEL, "ada/one", Visibility.PUBLIC, "ada");
            hub.entry(EntryKind.MODEL, "ada/two", Visibility.PUBLIC, "ada");
            assertThat(page(hub, "hub.example:8443").header("Link")).startsWith("<http://hub.example:8443/");
            for (String odd : List.of(
                    "localhost:@evil.example",
                    "hub.example:80@evil.example",
                    "localhost:/x",
                    "hub.example, localhost")) {
                Answer answer = page(hub, odd);
                assertThat(answer.status()).as(odd).isEqualTo(400);
                assertThat(answer.body()).contains("X-Forwarded-Host").doesNotContain("evil.example");
            }
        }
    }
}
