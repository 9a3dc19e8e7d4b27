package glasshouse.inspect.inspector;

import glasshouse.core.entry.ArtefactPath;
import glasshouse.core.know.Evidence;
import glasshouse.core.know.InspectorId;
import glasshouse.inspect.revision.Artefact;
import java.io.IOException;
import java.util.List;

/**
 * Looks at the artefacts of a revision and says what is there. It never judges, never executes, reads ranges and not whole files
 * where those may be large, and gives the same evidence for the same bytes, byte for byte.
 */
public interface Inspector {
    /** Name and version. What it finds may change only together with its version: old evidence is kept by it. */
    InspectorId id();

    /** What it reads, for the reference: a sentence without a full stop. */
    String reads();

    /** What it does not look at: a sentence without a full stop. */
    String limits();

    /** The most artefacts that it is given: those nearest to the root, by path among those as near. */
    default int maxArtefacts() {
        return 10_000;
    }

    /** Whether it reads an artefact of this path. It is given these and no others, so that what it read is known before it does. */
    boolean reads(ArtefactPath path);

    /**
     * Looks.
     *
     * <p>What an artefact has wrong with it is evidence. An exception of any kind is a fault of the storage or of the inspector,
     * and costs all of its evidence on this revision.
     *
     * @param artefacts those that it reads, in the order of their paths
     */
    List<Evidence> inspect(List<Artefact> artefacts) throws IOException;
}
