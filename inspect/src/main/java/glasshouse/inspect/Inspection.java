package glasshouse.inspect;

import glasshouse.core.entry.Digest;
import glasshouse.core.know.Evidence;
import glasshouse.core.know.Evidence.Outcome;
import glasshouse.core.know.Subject;
import glasshouse.core.know.Unread;
import glasshouse.core.know.Unread.Cause;
import glasshouse.core.know.Value;
import glasshouse.inspect.inspector.Inspector;
import glasshouse.inspect.revision.Artefact;
import glasshouse.inspect.revision.Revision;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Runs inspectors on a revision.
 *
 * <p>The same bytes give the same evidence, in the same order. Nothing that an artefact holds makes this throw: what cannot be read
 * is evidence with a reason, and an inspector that fails costs its own evidence only and says that the fault is ours.
 */
public final class Inspection {
    /** Topic of the evidence that stands for an inspector that failed, or that was given too many artefacts. */
    public static final String INSPECTION = "inspection";

    private final List<Inspector> inspectors;
    private final EvidenceCache cache;

    public Inspection(List<Inspector> inspectors, EvidenceCache cache) {
        this.inspectors = List.copyOf(inspectors);
        this.cache = cache;
    }

    /** All inspectors, on a revision. */
    public static List<Evidence> run(Revision revision, EvidenceCache cache) throws IOException {
        return new Inspection(Inspectors.ALL, cache).run(revision, Progress.NOBODY);
    }

    /**
     * Inspects a revision.
     *
     * @throws IOException where its artefacts cannot be listed
     */
    public List<Evidence> run(Revision revision, Progress progress) throws IOException {
        List<Selection> selections = select(revision);
        List<Evidence> evidence = new ArrayList<>();
        progress.at(0, selections.size());
        for (int i = 0; i < selections.size(); i++) {
            evidence.addAll(inspect(selections.get(i)));
            progress.at(i + 1, selections.size());
        }
        return List.copyOf(evidence);
    }

    /** What an inspector reads: the artefacts nearest to the root, as many as it takes. What is about the whole lies there. */
    private static final class Selection {
        final Inspector inspector;
        final TreeSet<Artefact> artefacts =
                new TreeSet<>(Comparator.comparing(Selection::depth).thenComparing(Artefact::path));
        long leftOut;

        Selection(Inspector inspector) {
            this.inspector = inspector;
        }

        private static long depth(Artefact artefact) {
            return artefact.path().value().chars().filter(c -> c == '/').count();
        }

        void offer(Artefact artefact) {
            if (inspector.reads(artefact.path())) {
                artefacts.add(artefact);
                if (artefacts.size() > inspector.maxArtefacts()) {
                    artefacts.pollLast(); // which ones stay does not depend on the order of listing
                    leftOut++;
                }
            }
        }
    }

    private List<Selection> select(Revision revision) throws IOException {
        List<Selection> selections = inspectors.stream().map(Selection::new).toList();
        try (Stream<Artefact> artefacts = revision.artefacts()) {
            artefacts.forEach(artefact -> selections.forEach(selection -> selection.offer(artefact)));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return selections;
    }

    private List<Evidence> inspect(Selection selection) {
        Inspector inspector = selection.inspector;
        List<Artefact> artefacts = selection.artefacts.stream()
                .sorted(Comparator.comparing(Artefact::path))
                .toList();
        Optional<EvidenceCache.Key> key = key(inspector, artefacts);
        List<Evidence> evidence =
                new ArrayList<>(key.flatMap(cache::get).orElseGet(() -> look(inspector, artefacts, key)));
        if (selection.leftOut > 0) {
            evidence.add(failure(
                    inspector,
                    Cause.LIMIT,
                    selection.leftOut + " further artefacts; " + inspector.maxArtefacts() + " are looked at"));
        }
        return evidence;
    }

    private List<Evidence> look(Inspector inspector, List<Artefact> artefacts, Optional<EvidenceCache.Key> key) {
        try {
            List<Evidence> evidence = List.copyOf(inspector.inspect(artefacts));
            // What failed for another reason than the bytes may succeed next time.
            if (key.isPresent() && evidence.stream().allMatch(Inspection::followsFromBytes)) {
                cache.put(key.get(), evidence);
            }
            return evidence;
        } catch (IOException e) {
            return List.of(failure(inspector, Cause.UNAVAILABLE, "the bytes could not be read"));
        } catch (RuntimeException | StackOverflowError e) {
            // The message may hold anything, and differ from run to run: the kind of the exception has to do.
            return List.of(failure(
                    inspector,
                    Cause.OUR_FAULT,
                    "the inspector failed: " + e.getClass().getSimpleName()));
        }
    }

    private static boolean followsFromBytes(Evidence evidence) {
        return evidence.subjects().stream().allMatch(subject -> subject.digest().isPresent())
                && evidence.unread().stream().noneMatch(Inspection::mayPass);
    }

    private static boolean mayPass(Unread unread) {
        return unread.cause() == Cause.UNAVAILABLE || unread.cause() == Cause.OUR_FAULT;
    }

    private static Evidence failure(Inspector inspector, Cause cause, String why) {
        Unread unread = new Unread(cause, inspector.id().name(), why);
        return new Evidence(INSPECTION, List.of(), inspector.id(), Outcome.UNREADABLE, Value.NONE, List.of(unread));
    }

    /** None where a digest cannot be had: such evidence is not kept. */
    private static Optional<EvidenceCache.Key> key(Inspector inspector, List<Artefact> artefacts) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            for (Artefact artefact : artefacts) {
                Subject subject = artefact.subject();
                if (subject.digest().isEmpty()) {
                    return Optional.empty();
                }
                // No path has a control character, so that the line cannot be read in two ways.
                String line = subject.path() + "\n" + subject.sizeBytes() + "\n"
                        + subject.digest().get() + "\n";
                sha256.update(line.getBytes(StandardCharsets.UTF_8));
            }
            return Optional.of(new EvidenceCache.Key(inspector.id(), Digest.sha256(sha256.digest())));
        } catch (IOException e) {
            return Optional.empty();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
