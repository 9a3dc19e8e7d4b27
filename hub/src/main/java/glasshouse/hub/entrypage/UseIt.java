package glasshouse.hub.entrypage;

import glasshouse.hub.index.Entry;
import java.util.ArrayList;
import java.util.List;

/** How to get an entry with the clients that people have: commands that work against this server as they stand. */
public record UseIt(String title, String text) {
    /**
     * The ways to use an entry.
     *
     * @param base of this server
     * @param word the revision, empty for the default branch
     */
    static List<UseIt> of(Entry entry, String base, String word) {
        String name = entry.name().toString();
        String type = entry.kind().apiType();
        String export = "export HF_ENDPOINT=" + base + "\n";
        String revision = word.isEmpty() ? "" : " --revision " + shell(word);
        List<UseIt> ways = new ArrayList<>();
        String repoType = type.equals("model") ? "" : " --repo-type " + type;
        ways.add(new UseIt("Command line", export + "hf download " + name + repoType + revision));
        switch (entry.kind()) {
            case MODEL ->
                ways.add(new UseIt(
                        "Python, transformers",
                        "# with HF_ENDPOINT=" + base
                                + " in the environment\nfrom transformers import AutoModel\nmodel = AutoModel.from_pretrained(\""
                                + name + "\"" + (word.isEmpty() ? "" : ", revision=" + literal(word)) + ")"));
            case DATASET ->
                ways.add(new UseIt(
                        "Python, datasets",
                        "# with HF_ENDPOINT=" + base
                                + " in the environment\nfrom datasets import load_dataset\ndata = load_dataset(\""
                                + name + "\"" + (word.isEmpty() ? "" : ", revision=" + literal(word)) + ")"));
            case CODE -> {}
        }
        String branch = word.isEmpty() || word.matches("[0-9a-f]{40}") ? "" : " --branch " + shell(word);
        ways.add(new UseIt("git and git-lfs", "git clone" + branch + " " + base + "/" + entry.hubPath()));
        ways.add(new UseIt(
                "JavaScript",
                "import { snapshotDownload } from \"@huggingface/hub\";\nawait snapshotDownload({\n  repo: { type: \""
                        + type
                        + "\", name: \"" + name + "\" },"
                        + (word.isEmpty() ? "" : "\n  revision: " + literal(word) + ",") + "\n  hubUrl: \"" + base
                        + "\",\n});"));
        return ways;
    }

    /** A word that no shell takes apart: what is pasted must not run. */
    private static String shell(String word) {
        return word.matches("[A-Za-z0-9._/-]+") && !word.startsWith("-")
                ? word
                : "'" + word.replace("'", "'\\''") + "'";
    }

    private static String literal(String word) {
        return "\"" + word.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
