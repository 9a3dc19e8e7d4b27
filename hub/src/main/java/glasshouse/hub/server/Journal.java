package glasshouse.hub.server;

import glasshouse.hub.web.Json;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import org.eclipse.jetty.server.Request;

/** Writes down each request, as a line of JSON and as figures. Queries are left out: they can hold secrets. */
public final class Journal {
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Counter requests = Counter.builder()
            .name("glasshouse_requests_total")
            .help("Requests answered, by method, route and status.")
            .labelNames("method", "route", "status")
            .register(registry);
    private final Histogram seconds = Histogram.builder()
            .name("glasshouse_request_seconds")
            .help("Time from the first byte of a request to the last byte of its answer, by route.")
            .labelNames("route")
            .classicOnly()
            .classicUpperBounds(0.001, 0.005, 0.025, 0.1, 0.5, 2, 10, 60)
            .register(registry);
    private final String prefix;
    private final AtomicLong next = new AtomicLong();
    private final InstantSource clock;
    private final Consumer<String> log;

    /** @param log takes one line per request, without a line break */
    public Journal(InstantSource clock, Consumer<String> log) {
        byte[] random = new byte[4];
        new SecureRandom().nextBytes(random);
        this.prefix = HexFormat.of().formatHex(random);
        this.clock = clock;
        this.log = log;
    }

    /** An id for a request that brought none. */
    String newId() {
        return prefix + "-" + Long.toHexString(0x10000 + next.incrementAndGet());
    }

    void record(Request request, String id, String pattern, String account, int status, long nanos) {
        String method = request.getMethod().length() > 10 ? "OTHER" : request.getMethod();
        requests.labelValues(method, pattern, Integer.toString(status)).inc();
        seconds.labelValues(pattern).observe(nanos / 1e9);
        log.accept(Json.text(Json.object()
                .put("at", clock.instant().toString())
                .put("request", id)
                .put("method", method)
                .put("path", String.valueOf(request.getHttpURI().getPath()))
                .put("route", pattern)
                .put("account", account)
                .put("status", status)
                .put("ms", Math.round(nanos / 1e4) / 100.0)));
    }

    /** A figure that is asked for when somebody looks. */
    public void gauge(String name, String help, DoubleSupplier value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call(value.getAsDouble()))
                .register(registry);
    }

    /** All figures in the text format of Prometheus. */
    public String metrics() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.create().write(out, registry.scrape());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
