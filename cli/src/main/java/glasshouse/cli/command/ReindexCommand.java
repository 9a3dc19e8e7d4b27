package glasshouse.cli.command;

import glasshouse.hub.admin.Operations;
import glasshouse.hub.admin.Operations.Nothing;
import glasshouse.hub.admin.Operations.Reindexed;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Makes what is derived anew. */
@Command(
        name = "reindex",
        description = {
            "Make the index anew from the repositories, and inspect everything again.",
            "What people did here (accounts, requests, discussions) is kept elsewhere and stays as it is."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  glasshouse reindex"})
public final class ReindexCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private Place place = new Place();

    public ReindexCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        Reindexed done = place.order(terminal, Operations.REINDEX, new Nothing());
        terminal.out().println(done.entries() + " entries; " + done.failed() + " jobs failed or wait for another try");
        return 0;
    }
}
