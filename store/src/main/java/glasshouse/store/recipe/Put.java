package glasshouse.store.recipe;

import glasshouse.store.xet.Xorb;

/**
 * A xorb that is in the store for good.
 *
 * @param isNew whether it was not here before, or was found damaged. One with its chunks at the same places is replaced without being
 *     read, and counts as having been here
 */
public record Put(Xorb xorb, boolean isNew) {}
