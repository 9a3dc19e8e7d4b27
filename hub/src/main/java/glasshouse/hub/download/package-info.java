/**
 * The bytes of files: resolved ({@code /resolve/}, large files in full) and as git holds them ({@code /raw/}, pointers for large
 * files).
 *
 * <p>Everything is answered from its own address: a redirect to the same host with another port, which a store beside us would
 * be, is followed by some clients in a way that loses the headers they need. Nothing that is served runs in a browser. Start with
 * {@link glasshouse.hub.download.DownloadRoutes}.
 */
@NullMarked
package glasshouse.hub.download;

import org.jspecify.annotations.NullMarked;
