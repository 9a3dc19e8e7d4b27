package glasshouse.hub.config;

import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.toml.TomlMapper;

/** Reads {@code glasshouse.toml}: a table per section, a key per setting. */
public final class ConfigFile {
    private static final long MAX_BYTES = 1 << 20;

    private ConfigFile() {}

    /**
     * What a file sets.
     *
     * @throws glasshouse.core.problem.Refusal INVALID with the line, where it is not TOML; NOT_FOUND where it is not there
     */
    public static List<Given> read(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw Problem.of(Code.INVALID, "the configuration is larger than 1 MiB")
                        .at(file.toString())
                        .refusal();
            }
            JsonNode root = TomlMapper.shared().readTree(Files.readString(file));
            List<Given> given = new ArrayList<>();
            collect("", root, new Origin.File(file.toString()), given);
            return given;
        } catch (NoSuchFileException e) {
            throw Problem.of(Code.INVALID, "there is no configuration file `" + file + "`")
                    .refusal();
        } catch (JacksonException e) {
            throw Problem.of(Code.INVALID, "the configuration is not TOML")
                    .at(file + ":" + e.getLocation().getLineNr())
                    .because(String.valueOf(e.getOriginalMessage()))
                    .refusal();
        } catch (IOException e) {
            throw Problem.of(Code.INVALID, "the configuration file cannot be read")
                    .at(file.toString())
                    .because(String.valueOf(e.getMessage()))
                    .refusal();
        }
    }

    private static void collect(String prefix, JsonNode table, Origin origin, List<Given> given) {
        for (Map.Entry<String, JsonNode> property : table.properties()) {
            String name = prefix + property.getKey();
            JsonNode value = property.getValue();
            if (value.isObject()) {
                collect(name + ".", value, origin, given);
            } else if (value.isArray()) {
                given.add(new Given(
                        name,
                        String.join(
                                ",", value.valueStream().map(JsonNode::asString).toList()),
                        origin));
            } else {
                given.add(new Given(name, value.asString(), origin));
            }
        }
    }
}
