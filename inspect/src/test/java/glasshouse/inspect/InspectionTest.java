package glasshouse.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import glasshouse.core.entry.ArtefactPath;
import glasshouse.core.know.Evidence;
import glasshouse.core.know.InspectorId;
import glasshouse.core.know.Standing;
import glasshouse.core.know.Unread.Cause;
import glasshouse.inspect.Releases.InMemory;
import glasshouse.inspect.inspector.Inspector;
import glasshouse.inspect.record.Records;
import glasshouse.inspect.report.JsonReport;
import glasshouse.inspect.report.TextReport;
import glasshouse.inspect.revision.Artefact;
import glasshouse.inspect.revision.FolderRevision;
import glasshouse.inspect.weights.Parameters;
import glasshouse.testkit.bytes.Damage;
import glasshouse.testkit.cases.Cases;
import glasshouse.testkit.seed.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class InspectionTest {
    private static final Path ROOT = Path.of(System.getProperty("glasshouse.root", ".."));

    private static byte[] licence() throws IOException {
        return Files.readAllBytes(ROOT.resolve("LICENSE"));
    }

    private static List<Evidence> run(Map<String, byte[]> files) throws IOException {
        return Inspection.run(new InMemory(files), EvidenceCache.none());
    }

    @TestFactory
    Stream<DynamicTest> releasesGiveTheFindingsThatSomebodyReviewed() throws IOException {
        return Releases.all(licence()).entrySet().stream()
                .map(release -> DynamicTest.dynamicTest(release.getKey(), () -> {
                    Findings findings = Findings.of(run(release.getValue()));
                    Path expected = Cases.of("Inspection", release.getKey());
                    Cases.expect(
                            expected.resolve("report.txt"),
                            TextReport.render(release.getKey(), findings, TextReport.Marks.SIGNS, 120));
                    Cases.expect(
                            expected.resolve("report.json"),
                            JsonReport.render(findings).replace(",\"", ",\n\""));
                }));
    }

    @Test
    void nothingOfAnHonestReleaseIsContradicted() throws IOException {
        Findings findings = Findings.of(run(Releases.honest(licence())));

        assertThat(findings.counts()).containsEntry(Standing.CONTRADICTED, 0).containsEntry(Standing.NOT_CHECKABLE, 0);
        assertThat(Parameters.of(findings.evidence()))
                .contains(new Parameters(new TreeMap<>(Map.of("F16", 48L, "F32", 32L)), 80));
    }

    @Test
    void aFolderAndAnotherRevisionGiveTheSameEvidence(@TempDir Path folder) throws IOException {
        for (Map<String, byte[]> files : Releases.all(licence()).values()) {
            Path release = Files.createTempDirectory(folder, "release");
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                Files.write(release.resolve(file.getKey()), file.getValue());
            }
            assertThat(json(Inspection.run(FolderRevision.of(release), EvidenceCache.none())))
                    .isEqualTo(json(run(files)));
        }
    }

    @Test
    void theOrderOfFilesDoesNotMatter() throws IOException {
        for (Map<String, byte[]> files : Releases.all(licence()).values()) {
            List<Map.Entry<String, byte[]>> shuffled = new ArrayList<>(files.entrySet());
            Collections.shuffle(shuffled, new Random(7));
            Map<String, byte[]> other = new LinkedHashMap<>();
            shuffled.forEach(file -> other.put(file.getKey(), file.getValue()));
            assertThat(json(run(other))).isEqualTo(json(run(files)));
        }
    }

    @Test
    void removingAFileNeverAddsSupport() throws IOException {
        for (Map<String, byte[]> files : Releases.all(licence()).values()) {
            int supported = licenceSupport(files);
            for (String path : files.keySet()) {
                Map<String, byte[]> fewer = new LinkedHashMap<>(files);
                fewer.remove(path);
                assertThat(licenceSupport(fewer)).as("without " + path).isLessThanOrEqualTo(supported);
            }
        }
    }

    private static int licenceSupport(Map<String, byte[]> files) throws IOException {
        return (int) Findings.of(run(files)).statements().stream()
                .filter(one -> one.name().equals("licence") && one.standing() == Standing.SUPPORTED)
                .count();
    }

    @Test
    void anyDamageEndsInEvidence() throws IOException {
        Map<String, byte[]> honest = Releases.honest(licence());
        Seeds.check(100, random -> {
            Map<String, byte[]> files = new LinkedHashMap<>(honest);
            files.replaceAll((path, bytes) -> random.nextInt(3) == 0
                    ? Arrays.copyOf(bytes, random.nextInt(bytes.length + 1))
                    : Damage.noise(bytes, 4, random));
            Findings findings = Findings.of(run(files));
            assertThat(findings.ourFaults()).isEmpty();
            assertThat(TextReport.render("x", findings, TextReport.Marks.WORDS, 80))
                    .doesNotContain("\u0000");
            for (Evidence one : findings.evidence()) {
                assertThat(Records.evidence(Records.write(one))).isEqualTo(one);
            }
            findings.claims()
                    .forEach(claim ->
                            assertThat(Records.claim(Records.write(claim))).isEqualTo(claim));
            findings.facts()
                    .forEach(fact ->
                            assertThat(Records.fact(Records.write(fact))).isEqualTo(fact));
        });
    }

    private static Inspector inspector(String name, Inspecting inspecting) {
        return new Inspector() {
            @Override
            public InspectorId id() {
                return new InspectorId(name, 1);
            }

            @Override
            public String reads() {
                return "all";
            }

            @Override
            public String limits() {
                return "none";
            }

            @Override
            public int maxArtefacts() {
                return 3;
            }

            @Override
            public boolean reads(ArtefactPath path) {
                return true;
            }

            @Override
            public List<Evidence> inspect(List<Artefact> artefacts) throws IOException {
                return inspecting.inspect(artefacts);
            }
        };
    }

    private interface Inspecting {
        List<Evidence> inspect(List<Artefact> artefacts) throws IOException;
    }

    @Test
    void anInspectorThatFailsCostsItsOwnEvidenceOnly() throws IOException {
        List<Integer> progress = new ArrayList<>();
        List<Evidence> evidence = new Inspection(
                        List.of(
                                inspector("bug", artefacts -> {
                                    throw new IllegalStateException("secret of this machine");
                                }),
                                inspector("disk", artefacts -> {
                                    throw new IOException("secret of this machine");
                                }),
                                inspector("good", artefacts -> List.of())),
                        EvidenceCache.none())
                .run(new InMemory(Map.of("a", new byte[1])), (done, total) -> progress.add(done));

        assertThat(evidence)
                .extracting(one -> one.unread().getFirst().cause())
                .containsExactly(Cause.OUR_FAULT, Cause.UNAVAILABLE);
        assertThat(json(evidence)).doesNotContain("secret");
        assertThat(progress).containsExactly(0, 1, 2, 3);
        assertThat(Findings.of(evidence).counts()).containsEntry(Standing.NOT_CHECKABLE, 2);
    }

    @Test
    void anInspectorGetsTheFirstOfTooManyAndTheRestIsTold() throws IOException {
        List<String> given = new ArrayList<>();
        Map<String, byte[]> files =
                Map.of("e", new byte[0], "a", new byte[0], "c", new byte[0], "d", new byte[0], "b", new byte[0]);

        List<Evidence> evidence = new Inspection(
                        List.of(inspector("few", artefacts -> {
                            artefacts.forEach(one -> given.add(one.path().value()));
                            return List.of();
                        })),
                        EvidenceCache.none())
                .run(new InMemory(files), Progress.NOBODY);

        assertThat(given).containsExactly("a", "b", "c");
        assertThat(evidence.getFirst().unread().getFirst().why()).startsWith("2 further artefacts");
    }

    @Test
    void whatWasLookedAtIsNotLookedAtAgain() throws IOException {
        Map<EvidenceCache.Key, List<Evidence>> kept = new ConcurrentHashMap<>();
        EvidenceCache cache = new EvidenceCache() {
            @Override
            public Optional<List<Evidence>> get(Key key) {
                return Optional.ofNullable(kept.get(key));
            }

            @Override
            public void put(Key key, List<Evidence> evidence) {
                kept.put(key, evidence);
            }
        };
        Map<String, byte[]> files = Releases.honest(licence());
        List<Evidence> first = Inspection.run(new InMemory(files), cache);
        assertThat(kept).hasSize(Inspectors.ALL.size());

        files.put("config.json", new byte[] {1}); // read by none
        assertThat(Inspection.run(new InMemory(files), cache)).isEqualTo(first);
        assertThat(kept).hasSize(Inspectors.ALL.size());

        files.put("README.md", Releases.text("# other\n")); // read by one
        assertThat(Inspection.run(new InMemory(files), cache)).isNotEqualTo(first);
        assertThat(kept).hasSize(Inspectors.ALL.size() + 1);

        files.put("README.md", Releases.text("version https://git-lfs.github.com/spec/v1\n"));
        Inspection.run(new InMemory(files), cache);
        assertThat(kept).as("a pointer's content may come").hasSize(Inspectors.ALL.size() + 1);
    }

    @Test
    void everyInspectorSaysWhatItReads() {
        assertThat(Inspectors.ALL).extracting(Inspector::id).doesNotHaveDuplicates();
        assertThat(Inspectors.ALL).allSatisfy(one -> {
            assertThat(one.reads()).isNotBlank().doesNotEndWith(".");
            assertThat(one.limits()).isNotBlank().doesNotEndWith(".");
            assertThat(one.maxArtefacts()).isPositive();
        });
    }

    @Test
    void aRealSeriesIsWhole() throws IOException {
        Path series = ROOT.resolve("../shared/data/series");
        assumeTrue(Files.isDirectory(series), "the checkpoint series is not on this machine");

        Findings findings = Findings.of(Inspection.run(FolderRevision.of(series), EvidenceCache.none()));

        assertThat(findings.evidence().stream().filter(one -> one.topic().equals("safetensors-header")))
                .hasSize(12)
                .allSatisfy(one -> {
                    assertThat(one.values().whole("total")).contains(875_264L);
                    assertThat(one.values().fields("parameters").whole("BF16")).contains(875_264L);
                    assertThat(one.values().items("defects")).isEmpty();
                });
        assertThat(Parameters.of(findings.evidence()))
                .as("twelve checkpoints are no model of twelve times the size")
                .isEmpty();
    }

    private static String json(List<Evidence> evidence) {
        StringBuilder json = new StringBuilder();
        evidence.forEach(one -> json.append(Records.write(one)).append('\n'));
        return json.toString();
    }
}
