package glasshouse.hub.admin;

import glasshouse.core.problem.Refusal;
import glasshouse.hub.web.Json;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Gives one order to the server that holds a data folder. */
public final class ControlClient implements AutoCloseable {
    private final SocketChannel channel;

    private ControlClient(SocketChannel channel) {
        this.channel = channel;
    }

    /** Calls the server; nobody answers where none listens. */
    public static Optional<ControlClient> call(Path dataFolder) {
        try {
            Path place = dataFolder.resolve(ControlSocket.NAME);
            Path socket = Files.isSymbolicLink(place) ? Files.readSymbolicLink(place) : place;
            if (!Files.exists(socket)) {
                return Optional.empty();
            }
            return Optional.of(new ControlClient(SocketChannel.open(UnixDomainSocketAddress.of(socket))));
        } catch (IOException nobody) {
            return Optional.empty();
        }
    }

    /**
     * Has an order carried out.
     *
     * @throws Refusal as the server refused it
     */
    public <I, O> O order(Operation<I, O> operation, I order) throws IOException {
        ObjectNode message = Json.object();
        message.put("version", Exchange.VERSION);
        message.put("operation", operation.name());
        message.set("order", Json.mapper().valueToTree(order));
        OutputStream out = Channels.newOutputStream(channel);
        Exchange.write(out, message);
        InputStream in = new BufferedInputStream(Channels.newInputStream(channel));
        JsonNode answer = Exchange.read(in);
        if (answer.has("problem")) {
            throw new Refusal(Exchange.problem(answer.path("problem")));
        }
        return Json.mapper().treeToValue(answer.path("result"), operation.result());
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
