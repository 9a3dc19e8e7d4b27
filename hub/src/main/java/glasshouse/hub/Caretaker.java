package glasshouse.hub;

import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import glasshouse.hub.admin.ControlClient;
import glasshouse.hub.admin.Operation;
import glasshouse.hub.admin.Operations;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Has orders carried out on a data folder: by the server that holds it, or here, where none does. */
public final class Caretaker {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long PAUSE_MILLIS = 50;

    private Caretaker() {}

    /**
     * Carries an order out.
     *
     * @throws glasshouse.core.problem.Refusal as the operation refused it; CONFLICT where something holds the folder and does not answer
     */
    public static <I, O> O order(HubConfig config, Operation<I, O> operation, I order) throws IOException {
        if (!Files.isDirectory(config.data()) && !Operations.FOUNDING.contains(operation)) {
            throw Problem.of(Code.NOT_FOUND, "there is no data folder `" + config.data() + "`")
                    .mend("name the right one with --data, or make it with `glasshouse serve`")
                    .refusal();
        }
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Optional<ControlClient> server = ControlClient.call(config.data());
            if (server.isPresent()) {
                try (ControlClient client = server.get()) {
                    return client.order(operation, order);
                }
            }
            Optional<Hub> here = Hub.openIfFree(config, InstantSource.system(), line -> {});
            if (here.isPresent()) {
                try (Hub hub = here.get()) {
                    return operation.deed().carryOut(hub.administration(), order);
                }
            }
            // A server that starts or stops holds the folder and does not listen, and so does another command: a
            // moment, then again.
            if (System.nanoTime() > until) {
                throw DataFolder.held(config.data());
            }
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while waiting for the data folder", e);
            }
        }
    }
}
