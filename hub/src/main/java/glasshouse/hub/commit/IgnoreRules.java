package glasshouse.hub.commit;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.eclipse.jgit.ignore.IgnoreNode;

/** Which paths a {@code .gitignore} at the root leaves out. */
final class IgnoreRules {
    private final IgnoreNode node = new IgnoreNode();

    IgnoreRules(String text) throws IOException {
        node.parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Whether a file is left out: it, or a folder that it lies in, which nothing within can undo. */
    boolean ignores(String path) {
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            if (Boolean.TRUE.equals(node.checkIgnored(path.substring(0, slash), true))) {
                return true;
            }
        }
        return Boolean.TRUE.equals(node.checkIgnored(path, false));
    }
}
