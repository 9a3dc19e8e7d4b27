package glasshouse.core.know;

import java.time.Instant;

/**
 * Evidence and when it was made. The time takes no part in what the evidence is: not in its digest, not in any cache.
 *
 * @param evidence what was found
 * @param at when
 */
public record Observed(Evidence evidence, Instant at) {}
