/**
 * The Xet formats in bytes: xorbs, which hold chunks, and shards, which say how files are put together from them.
 *
 * <p>Only formats: nothing here knows a disk or a request. Readers take what a stranger sent, one chunk or record at a time, check
 * every limit before they allocate, and answer with {@link glasshouse.store.xet.BadXorb} or {@link glasshouse.store.xet.BadShard}.
 * LZ4 is our own code: blocks may refer to those before them, which the libraries for the JVM do not read, and the fast one of
 * them goes around the bounds checks of the language, on input from strangers.
 *
 * <p>Start with {@link glasshouse.store.xet.XorbReader} and {@link glasshouse.store.xet.ShardReader}; their class comments are the
 * grammar. Source: huggingface/hub-docs {@code docs/xet}, huggingface/xet-core and what its client sends.
 */
@NullMarked
package glasshouse.store.xet;

import org.jspecify.annotations.NullMarked;
