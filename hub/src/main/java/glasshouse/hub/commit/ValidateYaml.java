package glasshouse.hub.commit;

import glasshouse.format.card.CardFile;
import glasshouse.format.source.ByteSource;
import glasshouse.format.source.FormatFailure;
import glasshouse.hub.web.BodyLimit;
import glasshouse.hub.web.Call;
import glasshouse.hub.web.Json;
import glasshouse.hub.web.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.node.ObjectNode;

/** Reads the front matter of a card that is to be committed. The answer is JSON in every case: clients read it before the status. */
final class ValidateYaml {
    private ValidateYaml() {}

    static Reply answer(Call call) throws IOException {
        byte[] card = call.json(BodyLimit.TEXT).path("content").asString("").getBytes(StandardCharsets.UTF_8);
        ObjectNode answer = Json.object();
        var errors = answer.putArray("errors");
        var warnings = answer.putArray("warnings");
        try {
            CardFile read = CardFile.read(ByteSource.of(card));
            if (read.unclosed()) {
                warnings.addObject().put("message", "front matter is opened with `---` and never closed");
            } else if (!read.present() || read.plainMetadata().isEmpty()) {
                warnings.addObject().put("message", "empty or missing yaml metadata in repo card");
            }
            return Reply.json(answer);
        } catch (FormatFailure failure) {
            errors.addObject().put("message", failure.place() + ": " + failure.reason());
            return Reply.json(400, answer);
        }
    }
}
