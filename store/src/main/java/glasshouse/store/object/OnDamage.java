package glasshouse.store.object;

/** What to do with an object that turns out to be corrupt. */
public enum OnDamage {
    /** Say so and leave it. */
    REPORT,
    /** Keep its bytes for people to look at, but no longer as the object: the next uploader is asked for it. */
    SET_ASIDE
}
