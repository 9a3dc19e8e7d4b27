/**
 * What is done in the background, and what comes of it: the queue, the inspection of what was pushed, the index that is derived
 * from the repositories, and the way back when the index is lost.
 *
 * <p>The queue is a table, so that work outlives the process; a ref that has changed makes a row or two, however many refs a push
 * has, since the row names the entry and the work finds out itself what is new. Everything here can be done again without harm:
 * what is derived follows from the repositories alone. Start with {@link glasshouse.hub.job.Task}, then {@link
 * glasshouse.hub.job.RefIntake}, {@link glasshouse.hub.job.Inspecting} and {@link glasshouse.hub.job.RevisionFindings}.
 */
@NullMarked
package glasshouse.hub.job;

import org.jspecify.annotations.NullMarked;
