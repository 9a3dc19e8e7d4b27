package glasshouse.hub.gate;

import glasshouse.hub.index.Entry;
import glasshouse.hub.index.Governance;
import glasshouse.hub.index.Governance.AccessRequest;
import glasshouse.hub.web.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * All requests of an entry as a table: RFC 4180, UTF-8, a row each, a column for each field that the card asks for today, and one
 * for what was answered to fields that it asked for before. Written page by page, however many there are.
 */
final class AccessReport {
    private static final int PAGE = 500;

    private final Governance governance;
    private final Entry entry;
    private final List<String> fields;

    AccessReport(Governance governance, Entry entry) {
        this.governance = governance;
        this.entry = entry;
        this.fields = GateField.of(entry).stream().map(GateField::name).toList();
    }

    void write(OutputStream out) throws IOException {
        List<String> header = new ArrayList<>(List.of("user", "fullname", "email", "status", "time", "reason"));
        header.addAll(fields);
        header.add("other");
        row(out, header);
        for (AccessRequests.Status status : AccessRequests.Status.values()) {
            List<AccessRequest> page = governance.requests(entry.id(), status.word(), 0, PAGE);
            while (!page.isEmpty()) {
                for (AccessRequest request : page) {
                    row(out, cells(request));
                }
                AccessRequest last = page.getLast();
                page = governance.requestsAfter(entry.id(), status.word(), last.askedAt(), last.accountId(), PAGE);
            }
        }
    }

    private List<String> cells(AccessRequest request) {
        List<String> cells = new ArrayList<>(List.of(
                request.account(),
                request.fullName(),
                request.asked() ? request.email().orElse("") : "",
                request.status(),
                Json.time(request.askedAt()),
                request.reason().orElse("")));
        JsonNode answers = Json.parse(request.fields().getBytes(StandardCharsets.UTF_8));
        ObjectNode other = Json.object();
        answers.properties().forEach(answer -> other.set(answer.getKey(), answer.getValue()));
        for (String field : fields) {
            cells.add(answers.path(field).asString(""));
            other.remove(field);
        }
        cells.add(other.isEmpty() ? "" : other.toString());
        return cells;
    }

    private static void row(OutputStream out, List<String> cells) throws IOException {
        StringBuilder line = new StringBuilder();
        for (String cell : cells) {
            line.append(line.isEmpty() ? "" : ",").append(cell(cell));
        }
        out.write(line.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
    }

    /** A cell, quoted. One that a spreadsheet would take for a formula gets an apostrophe: strangers fill in these texts. */
    static String cell(String text) {
        boolean formula = !text.isEmpty() && "=+-@\t\r\n".indexOf(text.charAt(0)) >= 0;
        return "\"" + (formula ? "'" : "") + text.replace("\"", "\"\"") + "\"";
    }
}
