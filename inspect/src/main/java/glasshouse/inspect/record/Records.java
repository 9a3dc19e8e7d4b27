package glasshouse.inspect.record;

import glasshouse.core.entry.ArtefactPath;
import glasshouse.core.entry.Digest;
import glasshouse.core.know.Claim;
import glasshouse.core.know.Evidence;
import glasshouse.core.know.Fact;
import glasshouse.core.know.InspectorId;
import glasshouse.core.know.Observed;
import glasshouse.core.know.Subject;
import glasshouse.core.know.Unread;
import glasshouse.core.know.Value;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Writes and reads what is known. Reading refuses what writing could not have written. */
public final class Records {
    private Records() {}

    public static String write(Evidence evidence) {
        return ValueJson.write(value(evidence));
    }

    public static String write(Observed observed) {
        return ValueJson.write(Value.fields(Map.of(
                "at", Value.text(observed.at().toString()),
                "evidence", value(observed.evidence()))));
    }

    public static String write(Fact fact) {
        return ValueJson.write(FactValues.value(fact));
    }

    public static String write(Claim claim) {
        return ValueJson.write(ClaimValues.value(claim));
    }

    public static Evidence evidence(String json) {
        return evidence(Fields.of(ValueJson.read(json)));
    }

    public static Observed observed(String json) {
        Fields fields = Fields.of(ValueJson.read(json));
        return new Observed(evidence(fields.fields("evidence")), Instant.parse(fields.text("at")));
    }

    public static Fact fact(String json) {
        return FactValues.fact(Fields.of(ValueJson.read(json)));
    }

    public static Claim claim(String json) {
        return ClaimValues.claim(Fields.of(ValueJson.read(json)));
    }

    /** SHA-256 over the JSON of the evidence. When it was made is no part of it. */
    public static Digest digest(Evidence evidence) {
        try {
            byte[] json = write(evidence).getBytes(StandardCharsets.UTF_8);
            return Digest.sha256(MessageDigest.getInstance("SHA-256").digest(json));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Evidence as a value, for documents that hold it. */
    public static Value.Fields value(Evidence evidence) {
        return Value.fields(Map.of(
                "topic", Value.text(evidence.topic()),
                "subjects",
                        Value.items(
                                evidence.subjects().stream().map(Records::value).toList()),
                "inspector",
                        Value.fields(Map.of(
                                "name", Value.text(evidence.inspector().name()),
                                "version", Value.number(evidence.inspector().version()))),
                "outcome", Value.text(evidence.outcome().word()),
                "values", evidence.values(),
                "unread",
                        Value.items(
                                evidence.unread().stream().map(Records::value).toList())));
    }

    private static Value value(Subject subject) {
        Map<String, Value> fields = new TreeMap<>();
        fields.put("path", Value.text(subject.path().value()));
        fields.put("sizeBytes", Value.number(subject.sizeBytes()));
        subject.digest().ifPresent(digest -> fields.put("digest", Value.text(digest.toString())));
        return Value.fields(fields);
    }

    private static Value value(Unread unread) {
        return Value.fields(Map.of(
                "cause", Value.text(unread.cause().word()),
                "where", Value.text(unread.where()),
                "why", Value.text(unread.why())));
    }

    static Evidence evidence(Fields fields) {
        Fields inspector = fields.fields("inspector");
        List<Subject> subjects = new ArrayList<>();
        fields.items("subjects").forEach(one -> subjects.add(subject(Fields.of(one))));
        List<Unread> unread = new ArrayList<>();
        fields.items("unread").forEach(one -> unread.add(unread(Fields.of(one))));
        return new Evidence(
                fields.text("topic"),
                subjects,
                new InspectorId(inspector.text("name"), Math.toIntExact(inspector.whole("version"))),
                fields.word("outcome", List.of(Evidence.Outcome.values()), Evidence.Outcome::word),
                fields.fields("values").value(),
                unread);
    }

    private static Subject subject(Fields fields) {
        return new Subject(
                new ArtefactPath(fields.text("path")),
                fields.whole("sizeBytes"),
                fields.has("digest") ? Optional.of(digest(fields.text("digest"))) : Optional.empty());
    }

    private static Unread unread(Fields fields) {
        return new Unread(
                fields.word("cause", List.of(Unread.Cause.values()), Unread.Cause::word),
                fields.text("where"),
                fields.text("why"));
    }

    private static Digest digest(String text) {
        if (text.startsWith("sha256:")) {
            return Digest.sha256(text.substring(7));
        }
        if (text.startsWith("git:")) {
            return Digest.gitBlob(text.substring(4));
        }
        throw new IllegalArgumentException("`" + text + "` is no digest");
    }
}
