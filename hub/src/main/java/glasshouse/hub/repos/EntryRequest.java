package glasshouse.hub.repos;

import glasshouse.core.entry.EntryKind;
import glasshouse.core.entry.Gate;
import glasshouse.core.entry.Names;
import glasshouse.core.entry.RepoName;
import glasshouse.core.entry.Visibility;
import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads what clients say about entries in the bodies of their requests. */
final class EntryRequest {
    private EntryRequest() {}

    /** The kind under a key; a model where nothing is there. */
    static EntryKind kind(JsonNode body, String key) {
        return text(body, key)
                .map(word -> EntryKind.parse(word).orElseThrow(() -> unknown(key, word, "model, dataset or space")))
                .orElse(EntryKind.MODEL);
    }

    /** The namespace that a body names: {@code organization}, or the first part of {@code name}. */
    static Optional<String> namespace(JsonNode body) {
        String name = text(body, "name").orElse("");
        return name.indexOf('/') >= 0 ? Optional.of(name.substring(0, name.indexOf('/'))) : text(body, "organization");
    }

    /**
     * The name of an entry in {@code name} and {@code organization}.
     *
     * @param otherwise the namespace where the body names none
     */
    static RepoName name(JsonNode body, String otherwise) {
        String name = text(body, "name").orElseThrow(() -> missing("name"));
        if (name.indexOf('/') < 0) {
            return new RepoName(namespace(body).orElse(otherwise), name);
        }
        RepoName whole = RepoName.parse(name);
        text(body, "organization")
                .filter(namespace -> !Names.key(namespace).equals(Names.key(whole.namespace())))
                .ifPresent(other -> {
                    throw Problem.of(Code.INVALID, "`name` and `organization` name two namespaces")
                            .refusal();
                });
        return whole;
    }

    /** The name of an entry under a key: {@code ns/name}. */
    static RepoName name(JsonNode body, String key, Optional<String> otherwise) {
        String name = text(body, key).orElseThrow(() -> missing(key));
        return name.indexOf('/') < 0 && otherwise.isPresent()
                ? new RepoName(otherwise.get(), name)
                : RepoName.parse(name);
    }

    /** The visibility that a body asks for: {@code visibility}, or the {@code private} of older clients. */
    static Optional<Visibility> visibility(JsonNode body) {
        Optional<String> word = text(body, "visibility");
        if (word.isPresent()) {
            return Optional.of(Visibility.parse(word.get())
                    .orElseThrow(() -> unknown("visibility", word.get(), "public or private")));
        }
        JsonNode hidden = body.path("private");
        if (hidden.isMissingNode() || hidden.isNull()) {
            return Optional.empty();
        }
        if (!hidden.isBoolean()) {
            throw unknown("private", hidden.toString(), "true or false");
        }
        return Optional.of(hidden.asBoolean() ? Visibility.PRIVATE : Visibility.PUBLIC);
    }

    /** The gate that a body asks for: {@code auto}, {@code manual} or false. */
    static Optional<Gate> gate(JsonNode body) {
        JsonNode gated = body.path("gated");
        if (gated.isMissingNode() || gated.isNull()) {
            return Optional.empty();
        }
        if (gated.isBoolean() && !gated.asBoolean()) {
            return Optional.of(Gate.NONE);
        }
        return Optional.of((gated.isString() ? Gate.parse(gated.asString()) : Optional.<Gate>empty())
                .orElseThrow(() -> unknown("gated", gated.toString(), "`auto`, `manual` or false")));
    }

    /** A text under a key, where one is there that is not empty. */
    static Optional<String> text(JsonNode body, String key) {
        JsonNode value = body.path(key);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isString()) {
            throw Problem.of(Code.INVALID, "`" + key + "` is not text").refusal();
        }
        return Optional.of(value.asString().strip()).filter(text -> !text.isEmpty());
    }

    private static RuntimeException missing(String key) {
        return Problem.of(Code.INVALID, "`" + key + "` is missing").refusal();
    }

    private static RuntimeException unknown(String key, String value, String choices) {
        String shown = (value.length() > 60 ? value.substring(0, 60) + "…" : value).replaceAll("\\p{Cntrl}", "?");
        return Problem.of(Code.INVALID, "`" + key + "` cannot be `" + shown + "`")
                .mend("it is " + choices)
                .refusal();
    }
}
