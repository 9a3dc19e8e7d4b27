/**
 * Repositories at scale: a million files, nested and in one folder; ten thousand branches. Start with {@link
 * glasshouse.bench.repository.RepositoryBench}.
 */
@NullMarked
package glasshouse.bench.repository;

import org.jspecify.annotations.NullMarked;
