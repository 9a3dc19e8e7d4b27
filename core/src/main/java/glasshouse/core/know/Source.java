package glasshouse.core.know;

import java.time.LocalDate;
import java.util.Optional;

/**
 * Where a fact comes from.
 *
 * @param statedBy the publisher, a person, or an inspector
 * @param quote the place, where it stands in an artefact
 * @param date when it was stated, where that is known
 */
public record Source(String statedBy, Optional<Quote> quote, Optional<LocalDate> date) {
    public Source {
        statedBy = WellFormed.of(statedBy);
    }
}
