package glasshouse.hub.git;

import glasshouse.core.entry.EntryId;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jgit.internal.storage.file.FileRepository;

/**
 * One open repository. The JGit object inside may be used by many threads; its readers may not, so each use takes its own.
 *
 * @param id of the entry
 * @param folder the bare repository
 * @param jgit the repository as JGit sees it
 * @param writing held by whoever changes refs, so that two commits are made one after the other
 * @param commits those that were asked for lately
 */
public record GitRepo(EntryId id, Path folder, FileRepository jgit, ReentrantLock writing, RecentCommits commits) {
    GitRepo(EntryId id, Path folder, FileRepository jgit, ReentrantLock writing) {
        this(id, folder, jgit, writing, new RecentCommits());
    }
}
