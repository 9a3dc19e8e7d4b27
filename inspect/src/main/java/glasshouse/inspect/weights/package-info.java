/**
 * Weights: what the headers of model files say, and whether the files agree. Start with {@link
 * glasshouse.inspect.weights.SafetensorsHeaders}.
 */
@NullMarked
package glasshouse.inspect.weights;

import org.jspecify.annotations.NullMarked;
