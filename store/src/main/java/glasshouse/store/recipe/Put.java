package glasshouse.store.recipe;

import glasshouse.store.xet.Xorb;

/**
 * A xorb that is in the store for good.
 *
 * @param isNew whether it was not here before, or was here damaged
 */
public record Put(Xorb xorb, boolean isNew) {}
