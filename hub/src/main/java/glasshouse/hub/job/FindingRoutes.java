package glasshouse.hub.job;

import glasshouse.core.access.Action;
import glasshouse.core.entry.EntryId;
import glasshouse.core.entry.RevisionId;
import glasshouse.core.know.Observed;
import glasshouse.hub.git.Repositories;
import glasshouse.hub.git.Revisions;
import glasshouse.hub.index.Entries;
import glasshouse.hub.index.Entry;
import glasshouse.hub.index.Jobs.Job;
import glasshouse.hub.index.Jobs.State;
import glasshouse.hub.job.RevisionFindings.Report;
import glasshouse.hub.job.RevisionFindings.Seen;
import glasshouse.hub.web.Call;
import glasshouse.hub.web.Guard;
import glasshouse.hub.web.Json;
import glasshouse.hub.web.Method;
import glasshouse.hub.web.Reply;
import glasshouse.hub.web.Route;
import glasshouse.hub.web.Surface;
import glasshouse.inspect.Findings;
import glasshouse.inspect.record.Records;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Evidence, claims and jobs for programs. */
final class FindingRoutes {
    private static final String OF_ENTRY = "/api/glasshouse/v1/{kinds}/{entry}";
    private static final int MAX_LISTED = 200;

    private final Repositories repositories;
    private final Entries entries;
    private final RevisionFindings findings;
    private final JobQueue queue;

    FindingRoutes(Repositories repositories, Entries entries, RevisionFindings findings, JobQueue queue) {
        this.repositories = repositories;
        this.entries = entries;
        this.findings = findings;
        this.queue = queue;
    }

    List<Route> routes() {
        return List.of(
                new Route(
                        Method.GET,
                        OF_ENTRY + "/evidence/{rev}",
                        Surface.API,
                        Guard.entry(Action.SEE),
                        this::evidence,
                        "What machines saw in the files of a revision, each piece with its digest and when it was seen."),
                new Route(
                        Method.GET,
                        OF_ENTRY + "/claims/{rev}",
                        Surface.API,
                        Guard.entry(Action.SEE),
                        this::claims,
                        "What the publisher states, held against the evidence; problems first."),
                new Route(
                        Method.POST,
                        OF_ENTRY + "/look/{rev}",
                        Surface.API,
                        Guard.entry(Action.WRITE),
                        this::look,
                        "Has a revision inspected again, taking nothing over that was seen before."),
                new Route(
                        Method.GET,
                        OF_ENTRY + "/jobs",
                        Surface.API,
                        Guard.entry(Action.SEE),
                        call -> jobs(call, Optional.of(call.entry().id())),
                        "Work in the background for an entry; `state`, `limit` and `offset` as for all jobs."),
                new Route(
                        Method.GET,
                        "/api/glasshouse/v1/jobs",
                        Surface.API,
                        Guard.operator(),
                        call -> jobs(call, Optional.empty()),
                        "Work in the background: what runs, what waits, what ended; `state` is waiting, running, done or failed."));
    }

    private Report report(Call call) throws IOException {
        return findings.of(call.entry(), revision(call));
    }

    private RevisionId revision(Call call) throws IOException {
        return Revisions.require(repositories.open(call.entry().id()), call.entry(), call.path("rev"));
    }

    private ObjectNode envelope(Entry entry, Report report) {
        ObjectNode json = Json.object()
                .put("entry", entry.name().toString())
                .put("kind", entry.kind().apiType())
                .put("revision", report.revision().value());
        ObjectNode state =
                json.putObject("inspection").put("state", report.state().word());
        switch (report.state()) {
            case RevisionFindings.Running(long done, long total, String message) ->
                state.put("done", done).put("total", total).put("message", message);
            case RevisionFindings.Failed(String why, var at) ->
                state.put("why", why).put("at", at.toString());
            case RevisionFindings.Done done -> {}
            case RevisionFindings.Waiting waiting -> {}
            case RevisionFindings.NotLooked not -> {}
        }
        report.seen()
                .ifPresent(seen -> state.put("inspectedAt", seen.inspectedAt().toString())
                        .put("digest", "sha256:" + seen.digest())
                        .put("current", seen.current()));
        return json;
    }

    private Reply evidence(Call call) throws IOException {
        Report report = report(call);
        ObjectNode json = envelope(call.entry(), report);
        ArrayNode rows = json.putArray("evidence");
        for (Observed one : report.seen().map(Seen::observed).orElse(List.of())) {
            ObjectNode row = rows.addObject();
            row.put("digest", Records.digest(one.evidence()).toString());
            row.put("seenAt", one.at().toString());
            row.set("evidence", Json.mapper().readTree(Records.write(one.evidence())));
        }
        return Reply.json(json);
    }

    private Reply claims(Call call) throws IOException {
        Report report = report(call);
        ObjectNode json = envelope(call.entry(), report);
        Optional<Findings> found = report.seen().map(Seen::findings);
        ObjectNode counts = json.putObject("counts");
        ArrayNode statements = json.putArray("statements");
        ArrayNode claims = json.putArray("claims");
        if (found.isPresent()) {
            found.get().counts().forEach((standing, n) -> counts.put(word(standing), n));
            found.get().statements().forEach(statement -> statements.add(statement(statement)));
            found.get().claims().forEach(claim -> claims.add(Json.mapper().readTree(Records.write(claim))));
        }
        return Reply.json(json);
    }

    private static ObjectNode statement(Findings.Statement statement) {
        ObjectNode json = Json.object()
                .put("standing", word(statement.standing()))
                .put("name", statement.name())
                .put("sentence", statement.sentence())
                .put("why", statement.why())
                .put("place", statement.place());
        ArrayNode rows = json.putArray("evidence");
        for (Findings.Row row : statement.rows()) {
            rows.addObject()
                    .put("path", row.path().value())
                    .put("what", row.what())
                    .put("digest", row.digest())
                    .put("inspector", row.inspector());
        }
        return json;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private Reply look(Call call) throws IOException {
        RevisionId revision = revision(call);
        findings.lookAgain(call.entry(), revision);
        return Reply.json(202, envelope(call.entry(), findings.of(call.entry(), revision)));
    }

    private Reply jobs(Call call, Optional<EntryId> entry) {
        Optional<State> state = call.query("state")
                .flatMap(word -> Stream.of(State.values())
                        .filter(known -> known.word().equals(word))
                        .findFirst());
        int limit = call.queryInt("limit", 50, 1, MAX_LISTED);
        int offset = call.queryInt("offset", 0, 0, 1_000_000);
        ObjectNode json = Json.object();
        if (entry.isEmpty()) {
            ObjectNode counts = json.putObject("counts");
            for (Map.Entry<State, Long> count : queue.counts().entrySet()) {
                counts.put(count.getKey().word(), count.getValue());
            }
        }
        ArrayNode rows = json.putArray("jobs");
        queue.list(entry, state, offset, limit).forEach(job -> rows.add(job(job)));
        return Reply.json(json);
    }

    private ObjectNode job(Job job) {
        ObjectNode json = Json.object()
                .put("id", job.id())
                .put("work", job.kind())
                .put("subject", job.subject())
                .put("state", job.state().word())
                .put("attempts", job.attempts())
                .put("runAt", job.runAt().toString())
                .put("createdAt", job.createdAt().toString())
                .put("done", job.stepsDone())
                .put("total", job.stepsTotal())
                .put("message", job.message());
        job.finishedAt().ifPresent(at -> json.put("finishedAt", at.toString()));
        if (!job.entryId().isEmpty()) {
            entries.find(new EntryId(job.entryId()))
                    .ifPresent(entry -> json.put("kind", entry.kind().apiType())
                            .put("entry", entry.name().toString()));
        }
        return json;
    }
}
