package glasshouse.cli.command;

import glasshouse.hub.config.Configuration;
import glasshouse.hub.web.Json;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;

/** Shows the settings in force. */
@Command(
        name = "config",
        description = "Show the settings in force, and where each comes from.",
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  glasshouse config", "  glasshouse config --config /etc/glasshouse.toml --json"})
public final class ConfigCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final Place place = new Place();

    @Option(names = "--json", description = "for programs")
    private boolean json;

    public ConfigCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Configuration configuration = place.configuration(terminal, List.of());
        if (json) {
            ArrayNode all = Json.array();
            for (Configuration.Shown shown : configuration.shown()) {
                all.addObject()
                        .put("name", shown.setting().name())
                        .put("value", shown.value())
                        .put("origin", shown.origin().toString());
            }
            Table.json(terminal.out(), all);
            return 0;
        }
        Table table = new Table("SETTING", "VALUE", "FROM");
        for (Configuration.Shown shown : configuration.shown()) {
            table.row(
                    shown.setting().name(),
                    shown.value().isEmpty() ? "(empty)" : shown.value(),
                    shown.origin().toString());
        }
        table.print(terminal.out());
        return 0;
    }
}
