package glasshouse.hub.admin;

import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import glasshouse.core.problem.Refusal;
import glasshouse.hub.web.Json;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Takes orders from commands on this machine, through a socket in the data folder that its owner alone may open. */
public final class ControlSocket implements AutoCloseable {
    /** Its name in the data folder. */
    public static final String NAME = "control.sock";

    private static final Logger LOG = LoggerFactory.getLogger(ControlSocket.class);
    /** The system's limit on the path of a socket is 104 to 108 bytes. */
    private static final int MAX_PATH_BYTES = 100;

    private static final int AT_ONCE = 8;
    private static final Map<String, Operation<?, ?>> BY_NAME =
            Operations.ALL.stream().collect(Collectors.toUnmodifiableMap(Operation::name, Function.identity()));

    private final Administration administration;
    private final ServerSocketChannel channel;
    private final Path place;
    private final Semaphore free = new Semaphore(AT_ONCE);

    private ControlSocket(Administration administration, ServerSocketChannel channel, Path place) {
        this.administration = administration;
        this.channel = channel;
        this.place = place;
    }

    /** Opens the socket of a data folder that this process holds; one that a crash left behind is replaced. */
    public static ControlSocket open(Path dataFolder, Administration administration) throws IOException {
        Path place = dataFolder.resolve(NAME);
        // INVARIANT: the socket is made in a folder that only its owner may enter, so that at no moment others could
        // open it.
        Path near = Files.createTempDirectory(
                dataFolder,
                "control",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        boolean far =
                near.resolve("s").toAbsolutePath().toString().getBytes(java.nio.charset.StandardCharsets.UTF_8).length
                        > MAX_PATH_BYTES;
        Path made = far ? Files.createTempDirectory("glasshouse").resolve("s") : near.resolve("s");
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.bind(UnixDomainSocketAddress.of(made));
            Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rw-------"));
            if (far) {
                // The path is too long for a socket: it stands in the system's folder for such things, a link to it
                // here.
                Files.deleteIfExists(place);
                Files.createSymbolicLink(place, made);
            } else {
                Files.move(made, place, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        } finally {
            Files.deleteIfExists(near);
        }
        ControlSocket socket = new ControlSocket(administration, channel, place);
        Thread.ofVirtual().name("control").start(socket::accept);
        return socket;
    }

    private void accept() {
        while (true) {
            try {
                SocketChannel caller = channel.accept();
                free.acquireUninterruptibly();
                Thread.ofVirtual().name("control-order").start(() -> serve(caller));
            } catch (ClosedChannelException closed) {
                return;
            } catch (IOException e) {
                LOG.warn("the control socket cannot be listened on: {}", e.toString());
                return;
            }
        }
    }

    private void serve(SocketChannel caller) {
        try (caller;
                InputStream in = new BufferedInputStream(Channels.newInputStream(caller));
                OutputStream out = Channels.newOutputStream(caller)) {
            Exchange.write(out, answer(in));
        } catch (IOException gone) {
            LOG.debug("a command hung up", gone);
        } finally {
            free.release();
        }
    }

    private JsonNode answer(InputStream in) throws IOException {
        try {
            JsonNode message = Exchange.read(in);
            Operation<?, ?> operation = BY_NAME.get(message.path("operation").asString(""));
            if (operation == null || message.path("version").asInt(0) != Exchange.VERSION) {
                throw Problem.of(Code.INVALID, "the running server does not know this order")
                        .because("it is of another version than this command")
                        .mend("use the version that runs, or restart the server with this one")
                        .refusal();
            }
            return Json.object().set("result", carryOut(operation, message.path("order")));
        } catch (Refusal refusal) {
            return Json.object().set("problem", Exchange.problem(refusal.problem()));
        } catch (RuntimeException | IOException e) {
            LOG.error("an order on the control socket failed", e);
            Problem ours = Problem.of(Code.INTERNAL, "something went wrong in the server")
                    .mend("its log says what");
            return Json.object().set("problem", Exchange.problem(ours));
        }
    }

    private <I, O> JsonNode carryOut(Operation<I, O> operation, JsonNode order) throws IOException {
        I read = Json.mapper().treeToValue(order, operation.order());
        return Json.mapper().valueToTree(operation.deed().carryOut(administration, read));
    }

    @Override
    public void close() throws IOException {
        channel.close();
        if (Files.isSymbolicLink(place)) {
            Path made = Files.readSymbolicLink(place);
            Files.deleteIfExists(made);
            Path folder = made.getParent();
            if (folder != null) {
                Files.deleteIfExists(folder);
            }
        }
        Files.deleteIfExists(place);
    }
}
