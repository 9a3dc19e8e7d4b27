package glasshouse.cli.command;

import glasshouse.hub.Caretaker;
import glasshouse.hub.HubConfig;
import glasshouse.hub.HubSettings;
import glasshouse.hub.admin.Operation;
import glasshouse.hub.config.Configuration;
import glasshouse.hub.config.Given;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which data folder a command is about: options that every command takes. */
public final class Place {
    @Option(names = "--data", paramLabel = "DIR", description = "the data folder (default: data)")
    private @Nullable String data;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "the configuration (default: glasshouse.toml in the data folder, where there is one)")
    private @Nullable Path config;

    /** The settings in force here. */
    Configuration configuration(Terminal terminal, List<Given> more) {
        List<Given> flags = new ArrayList<>();
        if (data != null) {
            flags.add(HubSettings.flag("data", "--data", data));
        }
        flags.addAll(more);
        return HubSettings.read(terminal.folder(), Optional.ofNullable(config), terminal.environment(), flags);
    }

    /** Has an order carried out, whether a server runs on the data folder or not. */
    <I, O> O order(Terminal terminal, Operation<I, O> operation, I order) throws IOException {
        HubConfig hub = HubSettings.hub(configuration(terminal, List.of()), terminal.folder());
        return Caretaker.order(hub, operation, order);
    }
}
