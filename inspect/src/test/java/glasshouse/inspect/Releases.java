package glasshouse.inspect;

import glasshouse.core.entry.ArtefactPath;
import glasshouse.core.entry.Digest;
import glasshouse.format.source.ByteSource;
import glasshouse.inspect.revision.Artefact;
import glasshouse.inspect.revision.Revision;
import glasshouse.testkit.bytes.SafetensorsBytes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Small releases, made by code: honest ones and one for each kind of contradiction. */
final class Releases {
    private static final String CARD = """
            ---
            license: apache-2.0
            language: [en, de]
            library_name: transformers
            pipeline_tag: text-generation
            datasets:
            - openlab/meadow
            base_model: openlab/sylva-70m
            ---
            # Sylva
            A small model.
            ## Bias
            [More Information Needed]
            """;

    private Releases() {}

    /** Files by path. */
    record InMemory(Map<String, byte[]> files) implements Revision {
        @Override
        public Stream<Artefact> artefacts() {
            return files.keySet().stream().map(this::file);
        }

        @Override
        public Optional<Artefact> artefact(ArtefactPath path) {
            return files.containsKey(path.value()) ? Optional.of(file(path.value())) : Optional.empty();
        }

        private Artefact file(String path) {
            byte[] bytes = files.getOrDefault(path, new byte[0]);
            return new Artefact() {
                @Override
                public ArtefactPath path() {
                    return new ArtefactPath(path);
                }

                @Override
                public long sizeBytes() {
                    return bytes.length;
                }

                @Override
                public Digest digest() {
                    try {
                        return Digest.sha256(
                                MessageDigest.getInstance("SHA-256").digest(bytes));
                    } catch (NoSuchAlgorithmException e) {
                        throw new IllegalStateException(e);
                    }
                }

                @Override
                public ByteSource open() {
                    return ByteSource.of(bytes);
                }
            };
        }
    }

    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A release without a fault: two shards, their index, a card, the text of its licence. */
    static Map<String, byte[]> honest(byte[] licence) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("README.md", text(CARD));
        files.put("LICENSE", licence);
        files.put("config.json", text("{}"));
        files.put(
                "model-00001-of-00002.safetensors",
                new SafetensorsBytes()
                        .metadata(Map.of("format", "pt"))
                        .tensor("embed.weight", "F16", 16, 8, 4)
                        .tensor("layer.0.weight", "F16", 16, 4, 4)
                        .write());
        files.put(
                "model-00002-of-00002.safetensors",
                new SafetensorsBytes().tensor("head.weight", "F32", 32, 4, 8).write());
        files.put(
                "model.safetensors.index.json",
                text("{\"metadata\":{\"total_size\":224},\"weight_map\":{"
                        + "\"embed.weight\":\"model-00001-of-00002.safetensors\","
                        + "\"layer.0.weight\":\"model-00001-of-00002.safetensors\","
                        + "\"head.weight\":\"model-00002-of-00002.safetensors\"}}"));
        return files;
    }

    /** The honest one and what can be wrong with it, by name. */
    static Map<String, Map<String, byte[]>> all(byte[] licence) {
        Map<String, Map<String, byte[]>> all = new LinkedHashMap<>();
        all.put("honest", honest(licence));
        all.put("nothing", new LinkedHashMap<>());
        change(all, "licence-another", licence).put("README.md", text(CARD.replace("apache-2.0", "mit")));
        change(all, "licence-missing", licence).remove("LICENSE");
        change(all, "licence-rider", licence)
                .put("LICENSE", text(new String(licence, StandardCharsets.UTF_8) + "\nNot for use in products.\n"));
        change(all, "licence-family", licence).put("README.md", text(CARD.replace("apache-2.0", "openrail")));
        change(all, "licence-undeclared", licence).put("README.md", text(CARD.replace("license: apache-2.0\n", "")));
        change(all, "licence-unknown-text", licence)
                .put("LICENSE", text("Do as you please, but on Tuesdays ask first.\n"));
        change(all, "card-broken", licence).put("README.md", text("---\nlicense: mit\nlicense: apache-2.0\n---\n"));
        change(all, "card-odd", licence)
                .put(
                        "README.md",
                        text(
                                "---\nlicense: {a: b}\nlanguage: English\nmodel-index: no\nbase_model_relation: child\n---\n"));
        change(all, "card-unclosed", licence).put("README.md", text("---\nlicense: mit\n"));
        change(all, "shard-missing", licence).remove("model-00002-of-00002.safetensors");
        change(all, "shard-cut", licence)
                .computeIfPresent(
                        "model-00001-of-00002.safetensors", (path, bytes) -> Arrays.copyOf(bytes, bytes.length - 10));
        change(all, "shard-pointer", licence)
                .put(
                        "model-00001-of-00002.safetensors",
                        text("version https://git-lfs.github.com/spec/v1\noid sha256:" + "a".repeat(64)
                                + "\nsize 96\n"));
        change(all, "index-wrong", licence)
                .put(
                        "model.safetensors.index.json",
                        text(
                                "{\"metadata\":{\"total_size\":1},\"weight_map\":{\"ghost\":\"model-00001-of-00002.safetensors\","
                                        + "\"x\":\"../outside.safetensors\"}}"));
        change(all, "overlap", licence)
                .put(
                        "model-00002-of-00002.safetensors",
                        new SafetensorsBytes()
                                .range("head.weight", "F32", 0, 128, 4, 8)
                                .range("tail.weight", "F32", 64, 192, 4, 8)
                                .range("far.weight", "F32", 200, 208, 1)
                                .write());
        change(all, "not-weights", licence).put("model-00002-of-00002.safetensors", text("<html>404</html>"));
        return all;
    }

    private static Map<String, byte[]> change(Map<String, Map<String, byte[]>> all, String name, byte[] licence) {
        Map<String, byte[]> files = honest(licence);
        all.put(name, files);
        return files;
    }
}
