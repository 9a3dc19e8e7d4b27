package glasshouse.hub.git;

import java.nio.file.Path;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/**
 * Keeps JGit to the data folder: it reads no configuration of the user or the machine, writes none (by default it measures the
 * clock of file systems and notes it in the home folder), and takes no value from the environment.
 */
final class HermeticReader extends SystemReader.Delegate {
    private HermeticReader(SystemReader system) {
        super(system);
    }

    /** Takes effect for the whole process. */
    static synchronized void install() {
        if (!(SystemReader.getInstance() instanceof HermeticReader)) {
            SystemReader.setInstance(new HermeticReader(SystemReader.getInstance()));
        }
    }

    @Override
    public @Nullable String getenv(String variable) {
        return variable.startsWith("GIT_") || variable.startsWith("XDG_") ? null : super.getenv(variable);
    }

    @Override
    public FileBasedConfig openUserConfig(Config parent, FS fs) {
        return nothing(parent, fs);
    }

    @Override
    public FileBasedConfig openSystemConfig(Config parent, FS fs) {
        return nothing(parent, fs);
    }

    @Override
    public FileBasedConfig openJGitConfig(Config parent, FS fs) {
        return nothing(parent, fs);
    }

    private static FileBasedConfig nothing(Config parent, FS fs) {
        return new FileBasedConfig(parent, Path.of("").toFile(), fs) {
            @Override
            public void load() {
                // there is no file
            }

            @Override
            public void save() {
                // there is no file
            }

            @Override
            public boolean isOutdated() {
                return false;
            }
        };
    }
}
