package glasshouse.hub.web;

import static org.assertj.core.api.Assertions.assertThat;

import glasshouse.core.entry.EntryKind;
import glasshouse.core.entry.Visibility;
import glasshouse.hub.testing.TestHub;
import glasshouse.hub.testing.TestHub.Answer;
import java.io.IOException;
import java.nio.file.Path;
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
}
