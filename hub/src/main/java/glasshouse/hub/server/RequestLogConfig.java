package glasshouse.hub.server;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the request log goes.
 *
 * @param file none for standard error
 * @param maxBytes a file of this size is put aside and a new one begun
 * @param kept how many files put aside are kept
 * @param on whether there is a log at all
 */
public record RequestLogConfig(Optional<Path> file, long maxBytes, int kept, boolean on) {}
