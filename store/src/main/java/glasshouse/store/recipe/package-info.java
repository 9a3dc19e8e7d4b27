/**
 * Objects as recipes: each is a list of chunks that lie in xorbs, so that equal chunks are kept once, and clients of the Xet
 * protocol find what they know.
 *
 * <p>{@link glasshouse.store.recipe.RecipeStore} is an {@link glasshouse.store.object.ObjectStore}; its class comment is the layout
 * on disk, which is written for good. Objects come in through {@code RecipeWriter} as bytes, or through {@link
 * glasshouse.store.recipe.RecipeStore#putXorb} and {@link glasshouse.store.recipe.RecipeStore#bind} as what Xet clients send. They
 * go out through {@code OpenRecipe}, which checks every chunk against its name. {@link glasshouse.store.recipe.Conversion} takes
 * over what an older store has written.
 *
 * <p>Two rules hold everything together. A recipe is put in place only when all xorbs that it names are durable: its rename and
 * the sync of its folder are the moment of acknowledgement. And a stored chunk is used again only after it was read back and
 * found equal: so damage never spreads to what is stored later, and storing the same bytes again always heals.
 */
@NullMarked
package glasshouse.store.recipe;

import org.jspecify.annotations.NullMarked;
