package glasshouse.hub;

import glasshouse.hub.config.ConfigFile;
import glasshouse.hub.config.Configuration;
import glasshouse.hub.config.Form;
import glasshouse.hub.config.Given;
import glasshouse.hub.config.Origin;
import glasshouse.hub.config.Setting;
import glasshouse.hub.index.DatabaseConfig;
import glasshouse.hub.server.RequestLogConfig;
import glasshouse.hub.server.ServerConfig;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything that can be set, a line per setting, and what is made of it. */
public final class HubSettings {
    private static final HubConfig.Limits LIMITS = HubConfig.Limits.DEFAULT;
    private static final ServerConfig SERVER = ServerConfig.loopback(8080);
    private static final long MAX_SIZE = 8L << 50;

    static final Setting<String> DATA = Setting.of(
            "data",
            Form.text("folder"),
            "data",
            "The folder that everything is kept in. Set by a flag, the environment, or a file that `--config` names.");
    static final Setting<String> HOST =
            Setting.of("server.host", Form.text("address"), SERVER.host(), "The address that the server listens on.");
    static final Setting<Integer> PORT = Setting.of(
            "server.port",
            Form.count("port", 0, 65_535),
            SERVER.port(),
            "The port that the server listens on; 0 takes any that is free.");
    static final Setting<Optional<String>> PUBLIC_URL = Setting.of(
            "server.public-url",
            Form.optional("URL", "http or https, without path, or empty", HubSettings::publicUrl),
            Optional.empty(),
            "What stands before links. Where it is empty, links are built from the host that the client used,"
                    + " if that is a loopback name or an alias.");
    static final Setting<List<String>> ALIASES = Setting.of(
            "server.aliases",
            Form.list("host names"),
            SERVER.aliases(),
            "Other host names that clients may use for this server.");
    static final Setting<List<String>> PROXIES = Setting.of(
            "server.trusted-proxies",
            Form.list("IP addresses"),
            SERVER.trustedProxies(),
            "Proxies whose `X-Forwarded-…` headers count.");
    static final Setting<Duration> IDLE = Setting.of(
            "server.idle-timeout",
            Form.time(Duration.ofSeconds(1), Duration.ofHours(1)),
            SERVER.idleTimeout(),
            "How long a connection may be silent.");
    static final Setting<Duration> HEAD = Setting.of(
            "server.head-timeout",
            Form.time(Duration.ofSeconds(1), Duration.ofHours(1)),
            SERVER.headTimeout(),
            "How long the headers of a request may take to come, however steadily.");
    static final Setting<Long> BODY_RATE = Setting.of(
            "server.min-body-rate",
            Form.bytes(0, 1L << 30),
            SERVER.minBodyRate(),
            "The least that a request's body must bring per second, after a time of grace.");
    static final Setting<Integer> CONNECTIONS = Setting.of(
            "server.max-connections",
            Form.count("connections", 1, 1_000_000),
            SERVER.maxConnections(),
            "The most connections at once.");
    static final Setting<Duration> STOP = Setting.of(
            "server.stop-timeout",
            Form.time(Duration.ZERO, Duration.ofHours(1)),
            SERVER.stopTimeout(),
            "How long running requests may take to finish when the server stops.");
    static final Setting<Optional<String>> DATABASE = Setting.of(
                    "database.url",
                    Form.optional("URL", "jdbc:postgresql://… or postgresql://…, or empty", PostgresUrl::jdbc),
                    Optional.<String>empty(),
                    "The PostgreSQL database to use, with user and password. Where it is empty, two SQLite files in the"
                            + " data folder are used.")
            .masked(PostgresUrl::masked);
    static final Setting<Long> REGULAR = Setting.of(
            "limits.regular-file",
            Form.bytes(1, 1L << 30),
            LIMITS.regularFileBytes(),
            "A file of this size or more must be uploaded by git-lfs.");
    static final Setting<Long> FILE =
            Setting.of("limits.file", Form.bytes(1, MAX_SIZE), LIMITS.fileBytes(), "The most bytes of one file.");
    static final Setting<Long> ENTRY =
            Setting.of("limits.entry", Form.bytes(1, MAX_SIZE), LIMITS.entryBytes(), "The most bytes of one entry.");
    static final Setting<Long> NAMESPACE = Setting.of(
            "limits.namespace",
            Form.bytes(1, MAX_SIZE),
            LIMITS.namespaceBytes(),
            "The most bytes of a user or an organisation that has no limit of its own.");
    static final Setting<String> REQUESTS = Setting.of(
            "log.requests",
            Form.text("file"),
            "logs/requests.jsonl",
            "The file that gets a line of JSON per request, in the data folder unless the path is absolute; `-` for standard"
                    + " error, `off` for none.");
    static final Setting<Long> REQUESTS_SIZE = Setting.of(
            "log.requests-max-size",
            Form.bytes(1 << 10, 1L << 40),
            64L << 20,
            "A request log of this size is put aside, and a new one begun.");
    static final Setting<Integer> REQUESTS_KEPT = Setting.of(
            "log.requests-kept", Form.count("files", 0, 1000), 5, "How many request logs put aside are kept.");

    /** The one list: `glasshouse config`, the reference and the reading run over it. */
    public static final List<Setting<?>> ALL = List.of(
            DATA,
            HOST,
            PORT,
            PUBLIC_URL,
            ALIASES,
            PROXIES,
            IDLE,
            HEAD,
            BODY_RATE,
            CONNECTIONS,
            STOP,
            DATABASE,
            REGULAR,
            FILE,
            ENTRY,
            NAMESPACE,
            REQUESTS,
            REQUESTS_SIZE,
            REQUESTS_KEPT);

    private HubSettings() {}

    /**
     * Reads every source: defaults, file, environment, flags; a later one goes before an earlier one.
     *
     * @param folder what relative paths start from
     * @param file the file that `--config` names; without it {@code glasshouse.toml} in the data folder, where there is one
     * @throws glasshouse.core.problem.Refusal INVALID with every fault there is
     */
    public static Configuration read(
            Path folder, Optional<Path> file, Map<String, String> environment, List<Given> flags) {
        List<Given> outside = new ArrayList<>(Configuration.environment(ALL, environment));
        outside.addAll(flags);
        List<Given> given = new ArrayList<>();
        if (file.isPresent()) {
            given.addAll(ConfigFile.read(folder.resolve(file.get())));
        } else {
            String data = outside.stream()
                    .filter(value -> value.name().equals(DATA.name()))
                    .reduce((weaker, stronger) -> stronger)
                    .map(Given::text)
                    .orElse(DATA.standard());
            Path usual = folder.resolve(data).resolve("glasshouse.toml");
            if (Files.exists(usual)) {
                // A file in the data folder cannot say where the data folder is: there, `data` is no setting.
                ConfigFile.read(usual).stream()
                        .map(value -> value.name().equals(DATA.name())
                                ? new Given("data (in the data folder itself)", value.text(), value.origin())
                                : value)
                        .forEach(given::add);
            }
        }
        given.addAll(outside);
        return Configuration.of(ALL, given);
    }

    /** A flag of the command line that sets something. */
    public static Given flag(String setting, String flag, String text) {
        return new Given(setting, text, new Origin.Flag(flag));
    }

    /** What the server is opened with. */
    public static HubConfig hub(Configuration configuration, Path folder) {
        Path data = data(configuration, folder);
        return new HubConfig(
                data,
                new ServerConfig(
                        configuration.get(HOST),
                        configuration.get(PORT),
                        configuration.get(PUBLIC_URL),
                        configuration.get(ALIASES),
                        configuration.get(PROXIES),
                        configuration.get(IDLE),
                        configuration.get(HEAD),
                        configuration.get(BODY_RATE),
                        configuration.get(CONNECTIONS),
                        configuration.get(STOP)),
                configuration
                        .get(DATABASE)
                        .<DatabaseConfig>map(DatabaseConfig.Postgres::new)
                        .orElse(new DatabaseConfig.Embedded(data)),
                new HubConfig.Limits(
                        configuration.get(REGULAR),
                        configuration.get(FILE),
                        configuration.get(ENTRY),
                        configuration.get(NAMESPACE)));
    }

    /** Where the request log goes. */
    public static RequestLogConfig requestLog(Configuration configuration, Path folder) {
        String target = configuration.get(REQUESTS);
        return new RequestLogConfig(
                target.equals("-") || target.equals("off")
                        ? Optional.empty()
                        : Optional.of(data(configuration, folder).resolve(target)),
                configuration.get(REQUESTS_SIZE),
                configuration.get(REQUESTS_KEPT),
                !target.equals("off"));
    }

    private static Path data(Configuration configuration, Path folder) {
        return folder.resolve(configuration.get(DATA)).toAbsolutePath().normalize();
    }

    private static String publicUrl(String text) {
        URI uri = URI.create(text);
        boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
        boolean bare = uri.getRawPath() == null
                || uri.getRawPath().isEmpty()
                || uri.getRawPath().equals("/");
        if (!web || uri.getHost() == null || !bare || uri.getRawQuery() != null || uri.getUserInfo() != null) {
            throw new IllegalArgumentException("is not a URL such as `https://hub.example.org`");
        }
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }
}
