/**
 * The servers that are measured, each a process of its own: the program as people start it, one whose disk keeps nothing, and the baselines. Start with {@link glasshouse.bench.server.ServerProcess}.
 */
@NullMarked
package glasshouse.bench.server;

import org.jspecify.annotations.NullMarked;
