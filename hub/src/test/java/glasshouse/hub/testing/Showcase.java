package glasshouse.hub.testing;

import glasshouse.core.access.Role;
import glasshouse.core.entry.EntryKind;
import glasshouse.core.entry.RepoName;
import glasshouse.core.entry.Visibility;
import glasshouse.hub.git.Committer;
import glasshouse.hub.git.GitRepo;
import glasshouse.hub.git.TreeEdit;
import glasshouse.hub.index.Entry;
import glasshouse.hub.index.People.Account;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;

/**
 * A hub with something to see on each page: people, an organisation, a model with a card, files of many sorts, checkpoints, a
 * discussion and a pull request.
 *
 * @param model the entry
 */
public record Showcase(TestHub hub, Entry model) {
    public static final String MODEL = "/models/openlab/sylva";

    /** @param words what stands wherever people can write something */
    public static Showcase in(TestHub hub, String words) throws IOException {
        Account ada = hub.operator("ada");
        hub.user("bob");
        hub.organisation("openlab", Map.of("ada", Role.ADMIN, "bob", Role.READ));
        String card = "---\nlicense: mit\nlibrary_name: transformers\npipeline_tag: text-generation\nnote: '"
                + words.replace("'", "''") + "'\n---\n# Sylva " + words
                + "\n\nA small model. See [the configuration](configs/sylva.yml).\n";
        Entry model = hub.parts()
                .lifecycle()
                .create(
                        EntryKind.MODEL,
                        RepoName.parse("openlab/sylva"),
                        Visibility.PUBLIC,
                        Optional.empty(),
                        ada,
                        Map.of("README.md", bytes(card)));
        GitRepo repo = hub.parts().repositories().open(model.id());
        Showcase made = new Showcase(hub, model);
        made.commit(
                ada,
                "refs/heads/main",
                "configs/sylva.yml",
                "steps: 143000\nbatch: 1024\n",
                "Add the configuration " + words);
        made.commit(
                ada,
                "refs/heads/main",
                "configs/sylva.yml",
                "steps: 144000\nbatch: 1024\n# " + words + "\n",
                "One thousand more");
        made.commit(
                ada, "refs/heads/main", "rows.csv", "name,text\n1,\"" + words.replace("\"", "\"\"") + "\"\n", "Rows");
        made.commit(
                ada,
                "refs/heads/main",
                "config.json",
                "{\"a\": [1, \"" + words.replace("\\", "").replace("\"", "") + "\"]}",
                "Configuration");
        made.commit(ada, "refs/heads/main", "notes/README.md", "# Notes " + words, "Notes");
        var head = Committer.head(repo, "refs/heads/main");
        for (String step : new String[] {"step1000", "step2000", "step10000"}) {
            hub.parts().committer().move(repo, "refs/tags/" + step, Optional.empty(), head, true);
        }
        hub.parts().pullRequests().discuss(model, ada, clipped("A question " + words), "How many tokens? " + words);
        int num = hub.parts().pullRequests().open(model, ada, "Fewer steps " + words, "As it **was**. " + words);
        made.commit(ada, "refs/pr/" + num, "configs/sylva.yml", "steps: 143000\nbatch: 1024\n", "Fewer steps");
        hub.parts().background().queue().settle();
        return made;
    }

    private static String clipped(String title) {
        return title.length() > 200 ? title.substring(0, 200) : title;
    }

    /** Commits a file. */
    public void commit(Account by, String ref, String path, String text, String message) throws IOException {
        GitRepo repo = hub.parts().repositories().open(model.id());
        hub.parts()
                .committer()
                .commit(
                        repo,
                        ref,
                        Optional.empty(),
                        Optional.empty(),
                        new Committer.Message(by, message),
                        (edit, reader, inserter, base) -> edit.at(
                                path,
                                new TreeEdit.Change.Put(
                                        inserter.insert(Constants.OBJ_BLOB, bytes(text)), FileMode.REGULAR_FILE)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
