package glasshouse.inspect;

import glasshouse.core.entry.Digest;
import glasshouse.core.know.Evidence;
import glasshouse.core.know.InspectorId;
import java.util.List;
import java.util.Optional;

/**
 * Evidence of earlier inspections. Losing it costs time and nothing else. Implementations are safe for use by several threads.
 */
public interface EvidenceCache {
    /**
     * What evidence follows from.
     *
     * @param inspector who looked
     * @param read SHA-256 over the sorted list of what was read: paths, sizes, digests
     */
    record Key(InspectorId inspector, Digest read) {}

    Optional<List<Evidence>> get(Key key);

    void put(Key key, List<Evidence> evidence);

    /** Remembers nothing. */
    static EvidenceCache none() {
        return new EvidenceCache() {
            @Override
            public Optional<List<Evidence>> get(Key key) {
                return Optional.empty();
            }

            @Override
            public void put(Key key, List<Evidence> evidence) {
                // forgotten at once
            }
        };
    }
}
