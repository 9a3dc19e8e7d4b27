package glasshouse.hub.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glasshouse.core.entry.EntryKind;
import glasshouse.core.entry.Visibility;
import glasshouse.core.problem.Problem.Code;
import glasshouse.core.problem.Refusal;
import glasshouse.hub.testing.TestHub;
import glasshouse.hub.testing.TestHub.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Bodies that are made to cost more than they are worth. */
class BodyTest {
    private static final String FORM = "application/x-www-form-urlencoded";

    @TempDir
    Path data;

    private TestHub hub;

    @BeforeEach
    void start() throws IOException {
        hub = TestHub.in(data);
        hub.user("ada");
        hub.entry(EntryKind.MODEL, "ada/engine", Visibility.PUBLIC, "ada");
    }

    @AfterEach
    void stop() throws IOException {
        hub.close();
    }

    private Answer json(String path, String body) throws Exception {
        return hub.send("POST", path, "", "application/json", body);
    }

    @Test
    void aFormHasFewFieldsAndFewerWhereNobodyIsSignedInYet() throws Exception {
        Answer many = hub.send("POST", "/login", "", FORM, "a&".repeat(5000));
        assertThat(many.status()).isEqualTo(413);
        assertThat(many.body()).contains("more than 100 fields");
        assertThat(hub.send("POST", "/login", "", FORM, "name=" + "a".repeat(20_000))
                        .status())
                .isEqualTo(413);
        String token = hub.token("ada", "write");
        assertThat(hub.send("POST", "/ada/engine/discussions", token, FORM, "a&".repeat(5000))
                        .status())
                .isEqualTo(413);
        assertThat(hub.get("/api/models?" + "a&".repeat(3000), "").status()).isEqualTo(413);
    }

    @Test
    @Timeout(5)
    void aNameThatIsRepeatedTakesNoLongerForIt() throws Exception {
        Answer answer = hub.send(
                "POST", "/api/models/ada/engine/paths-info/main", "", FORM, "paths=.gitattributes&".repeat(45_000));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json()).hasSize(1);
    }

    @Test
    void anAddressTakesNoLongerBodyThanItHasUseFor() throws Exception {
        assertThat(json("/api/validate-yaml", "{\"content\": \"" + "a".repeat(4 << 20) + "\"}")
                        .status())
                .isEqualTo(200);
        assertThat(json("/api/validate-yaml", "{\"content\": \"" + "a".repeat(6 << 20) + "\"}")
                        .status())
                .isEqualTo(413);
        String batch = "{\"operation\": \"download\", \"objects\": [], \"ref\": \"" + "a".repeat(3 << 20) + "\"}";
        assertThat(json("/ada/engine.git/info/lfs/objects/batch", batch).status())
                .isEqualTo(413);
    }

    @Test
    void jsonIsCountedInValuesAsWellAsInBytes() throws Exception {
        Answer answer = json("/api/validate-yaml", "[" + "{},".repeat(10_000) + "{}]");
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.body()).contains("1000").contains("send less at once");
        assertThat(json("/api/models/ada/engine/paths-info/main", "[" + "{},".repeat(100_000) + "{}]")
                        .status())
                .isEqualTo(413);
    }

    @Test
    void bodiesWaitForEachOtherAndAreToldWhenToComeAgain() {
        BodyMemory memory = new BodyMemory(1 << 20, Duration.ofMillis(50));
        BodyMemory.Share one = memory.share();
        BodyMemory.Share other = memory.share();
        one.grow(600 << 10);
        other.grow(300 << 10);
        assertThatThrownBy(() -> other.grow(600 << 10)).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.problem().code()).isEqualTo(Code.UNAVAILABLE);
            assertThat(refusal.problem().retryAfter()).isPresent();
        });
        one.close();
        other.grow(600 << 10);
        other.close();
        one.grow(1 << 20);
    }

    @Test
    void theMemoryOfABodyIsGivenBack() throws Exception {
        String card = "{\"content\": \"" + "a".repeat(4 << 20) + "\"}";
        for (long sent = 0; sent < Runtime.getRuntime().maxMemory() / 8 + (16 << 20); sent += card.length()) {
            assertThat(json("/api/validate-yaml", card).status()).isEqualTo(200);
        }
    }
}
