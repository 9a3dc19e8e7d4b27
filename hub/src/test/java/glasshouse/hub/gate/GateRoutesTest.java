package glasshouse.hub.gate;

import static org.assertj.core.api.Assertions.assertThat;

import glasshouse.core.entry.EntryKind;
import glasshouse.core.entry.Gate;
import glasshouse.core.entry.Visibility;
import glasshouse.hub.index.Entry;
import glasshouse.hub.testing.TestHub;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class GateRoutesTest {
    private static final String ASK = "/ada/engine/ask-access";
    private static final String REQUESTS = "/api/models/ada/engine/user-access-request/";
    private static final String CARD = """
            {"extra_gated_fields": {"Company": "text", "Agreed": "checkbox", "Born": "date_picker",
             "Use": {"type": "select", "options": ["study", {"label": "Work", "value": "work"}]}, "ip": "ip_location"}}""";

    @TempDir
    Path data;

    private TestHub hub;
    private String ada;
    private String bob;
    private Entry entry;

    @BeforeEach
    void start() throws Exception {
        hub = TestHub.in(data);
        hub.user("ada");
        hub.parts()
                .people()
                .addAccount(
                        "bob", "Bob", Optional.of("bob@example.org"), Optional.empty(), false, java.time.Instant.now());
        ada = hub.token("ada", "write");
        bob = hub.token("bob", "write");
        entry = hub.entry(EntryKind.MODEL, "ada/engine", Visibility.PUBLIC, "ada");
        gate(Gate.MANUAL);
        // What runs in the background reads the card of the entry; those that are made up here come after that.
        hub.parts().background().queue().settle();
    }

    @AfterEach
    void stop() throws Exception {
        hub.close();
    }

    private void gate(Gate gate) throws Exception {
        hub.parts().lifecycle().set(entry, Optional.empty(), Optional.of(gate));
    }

    private void card(String json) {
        hub.parts().entries().change(entry.id(), known -> {
            Entry.Head h = known.head();
            return known.with(new Entry.Head(
                    h.revision(),
                    h.modifiedAt(),
                    json,
                    h.title(),
                    h.tags(),
                    h.licence(),
                    h.library(),
                    h.task(),
                    h.parameters(),
                    h.weights(),
                    h.files(),
                    h.fileBytes(),
                    h.usedBytes(),
                    h.contradicted(),
                    h.statements(),
                    h.fault()));
        });
    }

    private TestHub.Answer form(String token, String body) throws Exception {
        return hub.send("POST", ASK, token, "application/x-www-form-urlencoded", body);
    }

    private boolean mayRead(String token) throws Exception {
        return hub.get("/api/models/ada/engine/auth-check", token).status() == 200;
    }

    private List<String> listed(String status) throws Exception {
        return hub.get(REQUESTS + status, ada)
                .json()
                .valueStream()
                .map(request -> request.path("user").path("user").asString())
                .toList();
    }

    @Test
    void whoAsksAtAnAutomaticGateGetsInAtOnce() throws Exception {
        gate(Gate.AUTO);
        assertThat(mayRead(bob)).isFalse();
        var answer = form(bob, "x=y");
        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.header("Location")).isEqualTo("/models/ada/engine");
        assertThat(mayRead(bob)).isTrue();
        assertThat(listed("accepted")).containsExactly("bob");
    }

    @Test
    void atAManualGateSomebodyDecides() throws Exception {
        card(CARD);
        assertThat(form(bob, "Company=&Agreed=on&Born=2000-02-29&Use=work").status())
                .isEqualTo(400);
        assertThat(form(bob, "Company=ACME&Born=2000-02-29&Use=work").status()).isEqualTo(400);
        assertThat(form(bob, "Company=ACME&Agreed=on&Born=2001-02-29&Use=work").status())
                .isEqualTo(400);
        assertThat(form(bob, "Company=ACME&Agreed=on&Born=2000-02-29&Use=Work").status())
                .isEqualTo(400);
        assertThat(listed("pending")).isEmpty();

        assertThat(form(bob, "Company=ACME&Agreed=on&Born=2000-02-29&Use=work&Else=1")
                        .status())
                .isEqualTo(303);
        assertThat(mayRead(bob)).isFalse();
        JsonNode request = hub.get(REQUESTS + "pending", ada).json().get(0);
        assertThat(request.path("user").path("email").asString()).isEqualTo("bob@example.org");
        assertThat(request.path("fields").toString())
                .isEqualTo("{\"Company\":\"ACME\",\"Agreed\":true,\"Born\":\"2000-02-29\",\"Use\":\"work\"}");
        assertThat(request.path("timestamp").asString()).endsWith("Z");

        assertThat(handle("accepted", "")).isEqualTo(200);
        assertThat(mayRead(bob)).isTrue();
        assertThat(handle("accepted", "")).isEqualTo(404);
        assertThat(handle("pending", "")).isEqualTo(200);
        assertThat(mayRead(bob)).isFalse();
        assertThat(handle("accepted", "no reason is given for this")).isEqualTo(400);
        assertThat(handle("rejected", "not now")).isEqualTo(200);
        assertThat(hub.get(REQUESTS + "rejected", ada)
                        .json()
                        .get(0)
                        .path("rejectionReason")
                        .asString())
                .isEqualTo("not now");
        assertThat(handle("perhaps", "")).isEqualTo(400);
    }

    private int handle(String status, String reason) throws Exception {
        Map<String, String> body = reason.isEmpty()
                ? Map.of("user", "bob", "status", status)
                : Map.of("user", "bob", "status", status, "rejectionReason", reason);
        return hub.post(REQUESTS + "handle", ada, body).status();
    }

    @Test
    void whoWasRejectedCannotBeginAgainAndOthersCan() throws Exception {
        form(bob, "a=b");
        assertThat(hub.post(REQUESTS + "cancel", bob, Map.of()).status()).isEqualTo(200);
        assertThat(listed("pending")).isEmpty();
        form(bob, "a=b");
        handle("rejected", "");
        gate(Gate.AUTO);
        assertThat(hub.post(REQUESTS + "cancel", bob, Map.of()).status()).isEqualTo(403);
        assertThat(hub.post("/api/models/ada/engine/ask-access", bob, Map.of())
                        .json()
                        .path("status")
                        .asString())
                .isEqualTo("rejected");
        assertThat(mayRead(bob)).isFalse();
        assertThat(hub.post(REQUESTS + "cancel", bob, Map.of("user", "ada")).status())
                .isEqualTo(403);
        assertThat(hub.post(REQUESTS + "cancel", ada, Map.of("user", "bob")).status())
                .isEqualTo(200);
        form(bob, "a=b");
        assertThat(mayRead(bob)).isTrue();
    }

    @Test
    void whoWasLetInUnaskedKeepsTheirAddressToThemselves() throws Exception {
        assertThat(hub.post(REQUESTS + "grant", ada, Map.of("user", "Bob")).status())
                .isEqualTo(200);
        assertThat(mayRead(bob)).isTrue();
        assertThat(hub.post(REQUESTS + "grant", ada, Map.of("user", "bob")).status())
                .isEqualTo(400);
        assertThat(hub.post(REQUESTS + "grant", ada, Map.of("user", "nobody")).status())
                .isEqualTo(404);
        assertThat(hub.get(REQUESTS + "accepted", ada).body()).doesNotContain("example.org");
        assertThat(hub.get("/ada/engine/user-access-report", ada).body()).doesNotContain("example.org");
        gate(Gate.NONE);
        assertThat(hub.post(REQUESTS + "grant", ada, Map.of("user", "bob")).status())
                .isEqualTo(400);
        assertThat(form(bob, "a=b").status()).isEqualTo(400);
    }

    @Test
    void manyAreListedPageByPageAndDecidedOnTogether() throws Exception {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            hub.user("user" + i);
            form(hub.token("user" + i, "write"), "a=b");
            names.add("user" + i);
        }
        List<String> seen = new ArrayList<>();
        String next = REQUESTS + "pending?limit=2";
        while (!next.isEmpty()) {
            var page = hub.get(next, ada);
            page.json()
                    .forEach(request ->
                            seen.add(request.path("user").path("user").asString()));
            // What is decided on meanwhile shifts nothing.
            hub.post(REQUESTS + "handle", ada, Map.of("user", seen.getLast(), "status", "accepted"));
            String link = page.header("Link");
            next = link.isEmpty() ? "" : link.substring(1 + hub.base().length(), link.indexOf('>'));
        }
        assertThat(seen).containsExactlyInAnyOrderElementsOf(names);
        var batch = hub.post(
                REQUESTS + "batch", ada, Map.of("users", List.of("user0", "user1", "nobody"), "status", "rejected"));
        assertThat(batch.json().path("handled").size()).isEqualTo(2);
        assertThat(batch.json().path("failed").get(0).path("user").asString()).isEqualTo("nobody");
        assertThat(listed("rejected")).containsExactlyInAnyOrder("user0", "user1");
    }

    @Test
    void theReportRunsNothingInASpreadsheet() throws Exception {
        card("{\"extra_gated_fields\": {\"=cmd\": \"text\"}}");
        form(bob, "%3Dcmd=%3DHYPERLINK(%22http%3A%2F%2Fx%22)");
        var report = hub.get("/ada/engine/user-access-report", ada);
        assertThat(report.header("Content-Type")).startsWith("text/csv");
        assertThat(report.header("Content-Disposition")).contains("attachment");
        String[] lines = report.body().split("\r\n");
        assertThat(lines[0])
                .isEqualTo("\"user\",\"fullname\",\"email\",\"status\",\"time\",\"reason\",\"'=cmd\",\"other\"");
        assertThat(lines[1])
                .startsWith("\"bob\",\"Bob\",\"bob@example.org\",\"pending\",")
                .contains("\"'=HYPERLINK(\"\"http://x\"\")\"");
        assertThat(hub.get("/ada/engine/user-access-report", bob).status()).isEqualTo(403);
    }
}
