/**
 * What asks the servers: requests one by one, many at once, and the programs people use. Start with {@link glasshouse.bench.client.Api}.
 */
@NullMarked
package glasshouse.bench.client;

import org.jspecify.annotations.NullMarked;
