package glasshouse.cli.command;

import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import glasshouse.hub.admin.Operations.Seed;
import glasshouse.hub.admin.Operations.SeedOrganisation;
import glasshouse.hub.admin.Operations.SeedToken;
import glasshouse.hub.admin.Operations.SeedUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads the YAML of a seed; a fault is told with its place. */
final class SeedFile {
    private static final int MAX_CHARACTERS = 4 << 20;

    private SeedFile() {}

    static Seed read(Path file, boolean publicToo) throws IOException {
        try {
            LoadSettings limits = LoadSettings.builder()
                    .setAllowDuplicateKeys(false)
                    .setMaxAliasesForCollections(10)
                    .setCodePointLimit(MAX_CHARACTERS)
                    .build();
            Object root = new Load(limits).loadFromString(Files.readString(file));
            Map<String, Object> top = map("the file", root, Set.of("users", "organisations"));
            List<SeedUser> users = new ArrayList<>();
            for (Object user : list("users", top.get("users"))) {
                users.add(user("users[" + users.size() + "]", user));
            }
            List<SeedOrganisation> organisations = new ArrayList<>();
            for (Object organisation : list("organisations", top.get("organisations"))) {
                organisations.add(organisation("organisations[" + organisations.size() + "]", organisation));
            }
            return new Seed(users, organisations, publicToo);
        } catch (NoSuchFileException e) {
            throw Problem.of(Code.INVALID, "there is no file `" + file + "`").refusal();
        } catch (YamlEngineException e) {
            throw Problem.of(Code.INVALID, "the seed is not YAML")
                    .at(file.toString())
                    .because(String.valueOf(e.getMessage()))
                    .refusal();
        }
    }

    private static SeedUser user(String place, Object value) {
        Map<String, Object> user = map(place, value, Set.of("name", "email", "password", "admin", "tokens"));
        List<SeedToken> tokens = new ArrayList<>();
        for (Object token : list(place + ".tokens", user.get("tokens"))) {
            String at = place + ".tokens[" + tokens.size() + "]";
            Map<String, Object> given = map(at, token, Set.of("value", "role"));
            tokens.add(new SeedToken(
                    text(at + ".value", given.get("value")),
                    given.containsKey("role") ? text(at + ".role", given.get("role")) : "read"));
        }
        Object admin = user.getOrDefault("admin", false);
        if (!(admin instanceof Boolean administers)) {
            throw fault(place + ".admin", "is neither true nor false");
        }
        return new SeedUser(
                text(place + ".name", user.get("name")),
                optionalText(place + ".email", user.get("email")),
                optionalText(place + ".password", user.get("password")),
                administers,
                tokens);
    }

    private static SeedOrganisation organisation(String place, Object value) {
        Map<String, Object> organisation = map(place, value, Set.of("name", "members"));
        Map<String, String> members = new LinkedHashMap<>();
        if (organisation.get("members") instanceof Map<?, ?> given) {
            given.forEach((name, role) ->
                    members.put(text(place + ".members", name), text(place + ".members." + name, role)));
        } else if (organisation.get("members") != null) {
            throw fault(place + ".members", "is not a map of user to role");
        }
        return new SeedOrganisation(text(place + ".name", organisation.get("name")), members);
    }

    private static Map<String, Object> map(String place, Object value, Set<String> known) {
        if (!(value instanceof Map<?, ?> given)) {
            throw fault(place, "is not a map");
        }
        Map<String, Object> map = new LinkedHashMap<>();
        given.forEach((key, content) -> {
            if (!(key instanceof String name) || !known.contains(name)) {
                throw fault(
                        place,
                        "has `" + key + "`, which is none of "
                                + known.stream().sorted().toList());
            }
            if (content != null) {
                map.put(name, content);
            }
        });
        return map;
    }

    private static List<?> list(String place, @org.jspecify.annotations.Nullable Object value) {
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> given)) {
            throw fault(place, "is not a list");
        }
        return given;
    }

    private static String text(String place, @org.jspecify.annotations.Nullable Object value) {
        return optionalText(place, value).orElseThrow(() -> fault(place, "is missing"));
    }

    private static Optional<String> optionalText(String place, @org.jspecify.annotations.Nullable Object value) {
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof Map || value instanceof List) {
            throw fault(place, "is not a text");
        }
        return Optional.of(value.toString());
    }

    private static RuntimeException fault(String place, String what) {
        return Problem.of(Code.INVALID, "`" + place + "` " + what)
                .mend("`glasshouse admin seed --help` shows what a seed looks like")
                .refusal();
    }
}
