package glasshouse.hub.job;

import glasshouse.core.entry.Digest;
import glasshouse.core.entry.EntryId;
import glasshouse.core.entry.RevisionId;
import glasshouse.core.know.Evidence;
import glasshouse.core.know.Standing;
import glasshouse.hub.git.GitRepo;
import glasshouse.hub.git.Repositories;
import glasshouse.hub.index.Entries;
import glasshouse.hub.index.Entry;
import glasshouse.hub.index.HeldObjects;
import glasshouse.hub.index.Inspections;
import glasshouse.hub.index.Inspections.Sighting;
import glasshouse.hub.web.Json;
import glasshouse.inspect.Findings;
import glasshouse.inspect.Inspection;
import glasshouse.inspect.Inspectors;
import glasshouse.inspect.weights.Parameters;
import glasshouse.store.object.ObjectStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Runs the inspectors on revisions, and keeps what they find. */
final class Inspecting {
    /** Who looks, with their versions: a revision that others looked at is looked at again. */
    static final String INSPECTORS = Inspectors.ALL.stream()
            .map(inspector -> inspector.id().toString())
            .sorted()
            .collect(Collectors.joining(" "));

    private final Repositories repositories;
    private final Entries entries;
    private final Inspections inspections;
    private final ObjectStore objects;
    private final HeldObjects held;
    private final InstantSource clock;

    Inspecting(
            Repositories repositories,
            Entries entries,
            Inspections inspections,
            ObjectStore objects,
            HeldObjects held,
            InstantSource clock) {
        this.repositories = repositories;
        this.entries = entries;
        this.inspections = inspections;
        this.objects = objects;
        this.held = held;
        this.clock = clock;
    }

    /** Inspects the head of the default branch, as it is now. */
    String head(EntryId id, Steps steps) throws IOException {
        Optional<Entry> entry = entries.find(id);
        if (entry.isEmpty()) {
            return "the entry is gone";
        }
        GitRepo repo = repositories.open(id);
        Optional<RevisionId> head = RefReader.head(repo, entry.get());
        if (head.isEmpty()) {
            return "the default branch has no commit";
        }
        return told(inspect(repo, id, head.get(), true, steps, ""));
    }

    /** Inspects one revision anew. */
    String anew(EntryId id, RevisionId revision, Steps steps) throws IOException {
        return entries.find(id).isEmpty()
                ? "the entry is gone"
                : told(inspect(repositories.open(id), id, revision, false, steps, ""));
    }

    /** Inspects what branches and tags point at, where nobody has looked yet. */
    String refs(EntryId id, Steps steps) throws Exception {
        if (entries.find(id).isEmpty()) {
            return "the entry is gone";
        }
        GitRepo repo = repositories.open(id);
        Set<RevisionId> known = inspections.inspected(id, INSPECTORS);
        Map<RevisionId, String> todo = new LinkedHashMap<>();
        RefReader.revisions(repo).forEach((ref, revision) -> {
            if (!known.contains(revision)) {
                todo.putIfAbsent(revision, ref);
            }
        });
        int done = 0;
        Optional<Exception> fault = Optional.empty();
        for (Map.Entry<RevisionId, String> one : todo.entrySet()) {
            String name = RefReader.brief(one.getValue());
            steps.at(done, todo.size(), name);
            try {
                inspect(repo, id, one.getKey(), true, steps.within(), name);
            } catch (IOException | RuntimeException e) {
                // A checkpoint that is broken does not keep the others from being looked at.
                Optional<Broken> broken = Broken.of(e);
                if (broken.isEmpty()) {
                    throw e;
                }
                fault = Optional.of(broken.get());
            }
            done++;
        }
        if (fault.isPresent()) {
            throw fault.get();
        }
        return done + " revisions inspected";
    }

    private static String told(Findings findings) {
        Map<Standing, Integer> counts = findings.counts();
        return findings.statements().size() + " statements, " + counts.getOrDefault(Standing.CONTRADICTED, 0)
                + " contradicted";
    }

    private Findings inspect(GitRepo repo, EntryId id, RevisionId revision, boolean takeOver, Steps steps, String where)
            throws IOException {
        GitRevision files = new GitRevision(repo, revision, objects, held, steps::check);
        KeptEvidence kept = new KeptEvidence(inspections, clock, takeOver, steps::stopping);
        List<Evidence> evidence = new Inspection(Inspectors.ALL, kept)
                .run(files, (done, total) -> steps.at(done, total, where.isEmpty() ? revision.brief() : where));
        // INVARIANT: a look that was told to end in the middle must not count as one that found nothing.
        steps.check();
        Findings findings = Findings.of(evidence);
        List<Sighting> seen = evidence.stream().map(kept::sighting).toList();
        int contradicted = findings.counts().getOrDefault(Standing.CONTRADICTED, 0);
        int statements = findings.statements().size();
        inspections.put(
                new Inspections.Inspection(
                        id, revision, clock.instant(), INSPECTORS, digest(seen).hex(), contradicted, statements),
                seen);
        Optional<Parameters> parameters = Parameters.of(evidence);
        List<String> faults = files.faults();
        entries.change(
                id, entry -> isHead(entry, revision) ? entry.with(head(entry, findings, parameters, faults)) : entry);
        return findings;
    }

    private static boolean isHead(Entry entry, RevisionId revision) {
        return entry.head().revision().equals(Optional.of(revision));
    }

    private static Entry.Head head(
            Entry entry, Findings findings, Optional<Parameters> parameters, List<String> faults) {
        Entry.Head head = HeadReader.with(
                entry.head(),
                parameters.map(Parameters::total),
                parameters.map(Inspecting::weights),
                findings.counts().getOrDefault(Standing.CONTRADICTED, 0),
                findings.statements().size());
        return faults.isEmpty() ? head : HeadReader.withFault(head, String.join("; ", faults));
    }

    private static String weights(Parameters found) {
        var json = Json.object();
        var perType = json.putObject("parameters");
        found.parameters().forEach(perType::put);
        return Json.text(json.put("total", found.total()));
    }

    /** One digest of all evidence, in its order. */
    static Digest digest(List<Sighting> seen) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            seen.forEach(one -> sha256.update((one.digest() + "\n").getBytes(StandardCharsets.UTF_8)));
            return Digest.sha256(sha256.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
