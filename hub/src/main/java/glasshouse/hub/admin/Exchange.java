package glasshouse.hub.admin;

import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import glasshouse.hub.web.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What goes over the socket: one line of JSON each way, in UTF-8.
 *
 * <pre>
 * order  {"version":1,"operation":"user add","order":{…}}
 * answer {"result":{…}}  or  {"problem":{"code":"CONFLICT","what":"…","where":…,"why":…,"mend":…}}
 * </pre>
 */
final class Exchange {
    static final int VERSION = 1;
    private static final int MAX_LINE_BYTES = 16 << 20;

    private Exchange() {}

    static void write(OutputStream out, JsonNode message) throws IOException {
        byte[] line = Json.bytes(message);
        out.write(line);
        out.write('\n');
        out.flush();
    }

    /** Reads up to the end of a line. */
    static JsonNode read(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next;
        while ((next = in.read()) >= 0 && next != '\n') {
            line.write(next);
            if (line.size() > MAX_LINE_BYTES) {
                throw Problem.of(Code.TOO_LARGE, "the order has more than 16 MiB")
                        .refusal();
            }
        }
        if (next < 0) {
            throw new IOException("the other side hung up");
        }
        return Json.parse(line.toByteArray());
    }

    static ObjectNode problem(Problem problem) {
        ObjectNode told = Json.object();
        told.put("code", problem.code().name());
        told.put("what", problem.what());
        problem.where().ifPresent(text -> told.put("where", text));
        problem.why().ifPresent(text -> told.put("why", text));
        problem.mend().ifPresent(text -> told.put("mend", text));
        return told;
    }

    static Problem problem(JsonNode told) {
        return new Problem(
                Code.valueOf(told.path("code").asString(Code.INTERNAL.name())),
                told.path("what").asString("something went wrong"),
                text(told, "where"),
                text(told, "why"),
                text(told, "mend"),
                Optional.empty());
    }

    private static Optional<String> text(JsonNode told, String name) {
        return told.has(name) ? Optional.of(told.path(name).asString()) : Optional.empty();
    }
}
