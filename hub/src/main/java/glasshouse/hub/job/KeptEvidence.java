package glasshouse.hub.job;

import glasshouse.core.know.Evidence;
import glasshouse.hub.index.Inspections;
import glasshouse.hub.index.Inspections.Sighting;
import glasshouse.inspect.EvidenceCache;
import glasshouse.inspect.record.Records;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** What earlier inspections gave, kept in the index: artefacts that many revisions share are looked at once. */
final class KeptEvidence implements EvidenceCache {
    private final Inspections inspections;
    private final InstantSource clock;
    private final boolean takeOver;
    private final BooleanSupplier spoilt;

    /**
     * @param takeOver whether to answer with what is kept; else all is looked at anew
     * @param spoilt whether what is found now is not to be kept, since the work was told to end in the middle of a look
     */
    KeptEvidence(Inspections inspections, InstantSource clock, boolean takeOver, BooleanSupplier spoilt) {
        this.inspections = inspections;
        this.clock = clock;
        this.takeOver = takeOver;
        this.spoilt = spoilt;
    }

    @Override
    public Optional<List<Evidence>> get(Key key) {
        return takeOver
                ? inspections
                        .look(name(key))
                        .map(kept -> kept.stream()
                                .map(one -> Records.evidence(one.body()))
                                .toList())
                : Optional.empty();
    }

    @Override
    public void put(Key key, List<Evidence> evidence) {
        if (!spoilt.getAsBoolean()) {
            inspections.keepLook(
                    name(key), evidence.stream().map(this::sighting).toList());
        }
    }

    /** Evidence as it is kept. */
    Sighting sighting(Evidence evidence) {
        return new Sighting(Records.digest(evidence).hex(), Records.write(evidence), clock.instant());
    }

    private static String name(Key key) {
        return key.inspector() + " " + key.read().hex();
    }
}
