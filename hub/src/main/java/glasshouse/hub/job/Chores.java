package glasshouse.hub.job;

import glasshouse.core.entry.EntryId;

/** Work that belongs to other parts of the hub and is done from time to time. Each says in a few words what it did. */
public interface Chores {
    /** Packs a repository. */
    String maintain(EntryId entry) throws Exception;

    /** Removes for good what was deleted long enough ago. */
    String purge() throws Exception;
}
