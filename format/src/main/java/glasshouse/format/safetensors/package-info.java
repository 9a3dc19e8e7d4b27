/**
 * Safetensors: weights behind a JSON header, and the index that names the shards of a large model.
 *
 * <p>Only headers are read, and as a stream: a header may have 100 MB and more than a million tensors, so nobody holds them all.
 * Start with {@link glasshouse.format.safetensors.SafetensorsFile}.
 */
@NullMarked
package glasshouse.format.safetensors;

import org.jspecify.annotations.NullMarked;
