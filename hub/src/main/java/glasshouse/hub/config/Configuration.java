package glasshouse.hub.config;

import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What is set, and by whom. Made of checked values only: a setting's form has read each of them. */
public final class Configuration {
    /** What the names of our environment variables begin with. */
    public static final String PREFIX = "GLASSHOUSE_";

    /** Read by the launcher, not by the program. */
    private static final Set<String> LAUNCHER =
            Set.of("GLASSHOUSE_JAVA_HOME", "GLASSHOUSE_JAVA_OPTIONS", "GLASSHOUSE_START_CACHE");

    /** What a container platform sets in every process for a service that is called as we are. */
    private static final Pattern PLATFORM = Pattern.compile(PREFIX + "(SERVICE_(HOST|PORT)|PORT).*");

    private static final int NEAR = 3;

    /** A setting with its value as it may be shown. */
    public record Shown(Setting<?> setting, String value, Origin origin) {}

    private final List<Setting<?>> settings;
    private final Map<String, Given> given;

    private Configuration(List<Setting<?>> settings, Map<String, Given> given) {
        this.settings = settings;
        this.given = given;
    }

    /**
     * Lays what was given over the defaults.
     *
     * @param given in the order of sources, the strongest last
     * @throws glasshouse.core.problem.Refusal INVALID with every fault there is
     */
    public static Configuration of(List<Setting<?>> settings, List<Given> given) {
        Map<String, Setting<?>> byName = new LinkedHashMap<>();
        settings.forEach(setting -> byName.put(setting.name(), setting));
        List<String> faults = new ArrayList<>();
        Map<String, Given> last = new LinkedHashMap<>();
        for (Given value : given) {
            Setting<?> setting = byName.get(value.name());
            if (setting == null) {
                Set<String> known =
                        value.origin() instanceof Origin.Environment ? variables(settings) : byName.keySet();
                faults.add("no setting is called `" + safe(value.name()) + "` (" + value.origin() + ")"
                        + suggestion(value.name(), known));
                continue;
            }
            try {
                Object read = setting.form().read().apply(value.text());
                Objects.requireNonNull(read);
                last.put(value.name(), value);
            } catch (IllegalArgumentException | ArithmeticException e) {
                faults.add("`" + value.name() + "` (" + value.origin() + ") " + e.getMessage() + ": `"
                        + safe(setting.shown().apply(value.text())) + "`; it is "
                        + setting.form().unit() + ", " + setting.form().limits());
            }
        }
        refuse(faults);
        return new Configuration(List.copyOf(settings), last);
    }

    /**
     * What the environment sets; a variable that is ours but sets nothing is given by its own name. It is ours if its section is,
     * or if it is nearly one of ours; others that begin with our prefix are let be.
     */
    public static List<Given> environment(List<Setting<?>> settings, Map<String, String> environment) {
        Map<String, Setting<?>> byVariable =
                settings.stream().collect(Collectors.toMap(Setting::variable, setting -> setting));
        Set<String> sections = settings.stream()
                .filter(setting -> setting.name().contains("."))
                .map(setting -> setting.variable()
                        .substring(0, PREFIX.length() + setting.name().indexOf('.') + 1))
                .collect(Collectors.toSet());
        List<Given> given = new ArrayList<>();
        environment.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(variable -> {
            String name = variable.getKey();
            Setting<?> setting = byVariable.get(name);
            boolean ours = name.startsWith(PREFIX)
                    && !LAUNCHER.contains(name)
                    && !PLATFORM.matcher(name).matches()
                    && (sections.stream().anyMatch(name::startsWith)
                            || nearest(name, byVariable.keySet()).isPresent());
            if (setting != null || ours) {
                given.add(new Given(
                        setting == null ? name : setting.name(), variable.getValue(), new Origin.Environment(name)));
            }
        });
        return given;
    }

    private static Set<String> variables(List<Setting<?>> settings) {
        return settings.stream().map(Setting::variable).collect(Collectors.toUnmodifiableSet());
    }

    private static void refuse(List<String> faults) {
        if (!faults.isEmpty()) {
            String heading = faults.size() == 1 ? "the configuration has a fault" : "the configuration has faults";
            throw Problem.of(Code.INVALID, heading)
                    .because("\n  " + String.join("\n  ", faults))
                    .refusal();
        }
    }

    /** The value of a setting. */
    public <T> T get(Setting<T> setting) {
        Given value = given.get(setting.name());
        return value == null ? setting.standard() : setting.form().read().apply(value.text());
    }

    /** Every setting, in the order of the list, as it may be shown. */
    public List<Shown> shown() {
        return settings.stream().map(this::shown).toList();
    }

    private <T> Shown shown(Setting<T> setting) {
        Given value = given.get(setting.name());
        String text = setting.form().write().apply(get(setting));
        return new Shown(setting, setting.shown().apply(text), value == null ? new Origin.Default() : value.origin());
    }

    private static String suggestion(String name, Set<String> names) {
        return nearest(name, names)
                .map(near -> "; did you mean `" + near + "`?")
                .orElse("");
    }

    private static Optional<String> nearest(String name, Set<String> names) {
        return names.stream()
                .filter(other -> distance(name, other) <= NEAR)
                .min(Comparator.comparingInt((String other) -> distance(name, other))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** How many letters must be put in, taken out or changed to make one name of the other. */
    private static int distance(String a, String b) {
        if (Math.abs(a.length() - b.length()) > NEAR) {
            return NEAR + 1;
        }
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }

    private static String safe(String text) {
        String shown = text.length() > 120 ? text.substring(0, 120) + "…" : text;
        return shown.replaceAll("\\p{Cntrl}", "?");
    }
}
