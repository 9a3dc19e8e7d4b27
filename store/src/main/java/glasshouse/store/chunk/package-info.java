/**
 * Where a stream of bytes is cut into chunks, and how chunks, lists of chunks and whole files are named: the part of the Xet
 * formats that every writer has to agree on to the bit, because equal bytes are found again by equal names.
 *
 * <p>Start with {@link glasshouse.store.chunk.ChunkSplitter}, which does cutting for a stream; {@link
 * glasshouse.store.chunk.Chunker} is the rule alone, {@link glasshouse.store.chunk.XetHasher} names what was cut and {@link
 * glasshouse.store.chunk.MerkleTree} puts the names together. How chunks are laid out in bytes is in {@link
 * glasshouse.store.xet}.
 *
 * <p>BLAKE3 is our own code because no library for the JVM is fast enough to hash what comes in: {@link
 * glasshouse.store.chunk.Blake3} says how it is chosen between two forms of it.
 */
@NullMarked
package glasshouse.store.chunk;

import org.jspecify.annotations.NullMarked;
