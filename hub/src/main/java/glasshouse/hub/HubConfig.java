package glasshouse.hub;

import glasshouse.hub.index.DatabaseConfig;
import glasshouse.hub.server.ServerConfig;
import java.nio.file.Path;

/**
 * Everything that can be set.
 *
 * @param data the data folder
 * @param server how to listen
 * @param database which engine
 * @param limits what input may make grow
 */
public record HubConfig(Path data, ServerConfig server, DatabaseConfig database, Limits limits) {

    /**
     * Limits on what people publish.
     *
     * @param regularFileBytes a file of this size or more goes to git-lfs
     * @param fileBytes the most bytes of one file
     * @param entryBytes the most logical bytes of one entry
     * @param namespaceBytes the most logical bytes of a namespace, where it has no limit of its own
     */
    public record Limits(long regularFileBytes, long fileBytes, long entryBytes, long namespaceBytes) {
        public static final Limits DEFAULT = new Limits(10L << 20, 500L << 30, 5L << 40, 20L << 40);
    }

    /** Everything in one folder, on loopback. */
    public static HubConfig inFolder(Path data, int port) {
        return new HubConfig(data, ServerConfig.loopback(port), new DatabaseConfig.Embedded(data), Limits.DEFAULT);
    }
}
