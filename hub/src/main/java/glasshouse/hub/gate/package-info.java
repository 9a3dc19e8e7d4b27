/**
 * Access to gated entries: asked for, decided on, listed, reported.
 *
 * <p>What somebody has to say when they ask stands in the entry's card ({@link glasshouse.hub.gate.GateField}); what they said
 * and what was decided is kept. Start with {@link glasshouse.hub.gate.AccessRequests}.
 */
@NullMarked
package glasshouse.hub.gate;

import org.jspecify.annotations.NullMarked;
