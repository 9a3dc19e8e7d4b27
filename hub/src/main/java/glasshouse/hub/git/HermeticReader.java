package glasshouse.hub.git;

import java.nio.file.Path;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/**
 * Keeps JGit to the data folder: in place of the configuration of the user and the machine it reads the values that we
 * rely on; it writes none (by default it measures the
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
        FileBasedConfig defaults = nothing(parent, fs);
        // For every repository, also those that were made elsewhere.
        defaults.setBoolean("core", null, "fsyncObjectFiles", true);
        defaults.setBoolean("core", null, "fsyncRefFiles", true);
        defaults.setString("core", null, "logAllRefUpdates", "false");
        defaults.setBoolean("uploadpack", null, "allowFilter", true);
        defaults.setBoolean("uploadpack", null, "allowAnySHA1InWant", true);
        defaults.setBoolean("receive", null, "autogc", false);
        defaults.setInt("gc", null, "auto", 0);
        return defaults;
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
