package glasshouse.hub.filepage;

import glasshouse.hub.git.TreeItem;
import glasshouse.hub.page.EntryFrame;
import java.util.List;
import java.util.Optional;

/**
 * A file of a revision.
 *
 * @param plainHref where its text is shown as it is, where it is shown as something else here
 */
public record BlobPage(EntryFrame frame, TreeItem item, FileView view, Optional<String> plainHref) {
    public List<Crumb> crumbs() {
        String path = item.path();
        return Crumb.of(frame, path.contains("/") ? path.substring(0, path.lastIndexOf('/')) : "");
    }

    /** The command that gets this one file. */
    public String command() {
        String type = frame.entry().kind().apiType();
        boolean simple = item.path().matches("[A-Za-z0-9._/-]+") && !item.path().startsWith("-");
        String path = simple ? item.path() : "'" + item.path().replace("'", "'\\''") + "'";
        return "export HF_ENDPOINT=" + frame.layout().base() + "\nhf download "
                + frame.entry().name() + " " + path + (type.equals("model") ? "" : " --repo-type " + type);
    }
}
