package glasshouse.inspect.licence;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The words that cards use for licences, and the texts that they mean. */
final class HubLicences {
    /** Words that name a family: which licence of it is meant, only the publisher can say. */
    private static final Set<String> FAMILIES = Set.of("bsd", "cc", "gpl", "lgpl", "gfdl", "openrail", "rail");

    /** Words that name nothing. */
    private static final Set<String> NONE = Set.of("other", "unknown", "none");

    /** Licences that the Hub has a word for, whose text we do not know. */
    private static final Set<String> WITHOUT_TEXT = Set.of(
            "wtfpl",
            "etalab-2.0",
            "h-research",
            "intel-research",
            "apple-ascl",
            "apple-amlr",
            "openrail++",
            "unlicense",
            "zlib",
            "deepfloyd-if-license",
            "fair-noncommercial-research-license",
            "llama3",
            "grok2-community");

    private static final Map<String, List<String>> TEXTS = Map.ofEntries(
            Map.entry(
                    "bigscience-openrail-m",
                    List.of("LicenseRef-bigscience-open-rail-m", "LicenseRef-bigscience-open-rail-m2")),
            Map.entry("creativeml-openrail-m", List.of("LicenseRef-stable-diffusion-2022-08-22")),
            Map.entry("bigscience-bloom-rail-1.0", List.of("LicenseRef-bigscience-rail-1.0")),
            Map.entry("bigcode-openrail-m", List.of("LicenseRef-bigcode-open-rail-m-v1")),
            Map.entry("c-uda", List.of("C-UDA-1.0")),
            Map.entry("odc-by", List.of("ODC-By-1.0")),
            Map.entry("odbl", List.of("ODbL-1.0")),
            Map.entry("pddl", List.of("PDDL-1.0")),
            Map.entry("lgpl-lr", List.of("LGPLLR")),
            Map.entry("openmdw-1.1", List.of("LicenseRef-OpenMDW-1.1")),
            Map.entry("llama2", List.of("LicenseRef-llama-2-license-2023")),
            Map.entry("llama3.1", List.of("LicenseRef-llama-3.1-license-2024")),
            Map.entry("llama3.2", List.of("LicenseRef-llama-3.2-license-2024")),
            Map.entry("llama3.3", List.of("LicenseRef-llama-3.3-license-2024")),
            Map.entry("llama4", List.of("LicenseRef-llama-4-license-2025", "LicenseRef-llama-4-cla-2025")),
            Map.entry("gemma", List.of("LicenseRef-gemma-tou-2024-04-01", "LicenseRef-gemma-tou-2025-03-24")));

    /** What a card's word means. */
    sealed interface Meaning {}

    /** One of these texts. */
    record Texts(List<String> ids) implements Meaning {}

    /** A licence whose text we do not know. */
    record NoText() implements Meaning {}

    /** A family of licences. */
    record Family() implements Meaning {}

    /** No licence that has a name, or a word that we do not know. */
    record Unnamed() implements Meaning {}

    private HubLicences() {}

    static Meaning of(String word) {
        String key = word.strip().toLowerCase(Locale.ROOT);
        if (FAMILIES.contains(key)) {
            return new Family();
        }
        if (WITHOUT_TEXT.contains(key)) {
            return new NoText();
        }
        if (NONE.contains(key)) {
            return new Unnamed();
        }
        List<String> listed = TEXTS.get(key);
        if (listed != null) {
            return new Texts(listed);
        }
        String plain = key.replaceAll("-(only|or-later)$", "");
        List<String> same = Fingerprints.ALL.stream()
                .map(Fingerprint::id)
                .filter(id ->
                        id.toLowerCase(Locale.ROOT).replaceAll("-only$", "").equals(plain))
                .toList();
        return same.isEmpty() ? new Unnamed() : new Texts(same);
    }
}
