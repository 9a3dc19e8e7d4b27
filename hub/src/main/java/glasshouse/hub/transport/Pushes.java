package glasshouse.hub.transport;

import glasshouse.core.access.Action;
import glasshouse.hub.git.GitRepo;
import glasshouse.hub.git.Incoming;
import glasshouse.hub.git.Quota;
import glasshouse.hub.git.RefWatch;
import glasshouse.hub.git.Repositories;
import glasshouse.hub.index.HeldObjects;
import glasshouse.hub.web.Call;
import glasshouse.hub.web.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.eclipse.jgit.errors.PackProtocolException;
import org.eclipse.jgit.errors.UnpackException;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.transport.RefAdvertiser.PacketLineOutRefAdvertiser;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes objects and refs in. */
public final class Pushes {
    private static final Logger LOG = LoggerFactory.getLogger(Pushes.class);
    /** A client listens only after it has sent all: so much of a refused push is read to let it. */
    private static final long MAX_DRAINED_BYTES = 256L << 20;

    private final Repositories repositories;
    private final HeldObjects held;
    private final Quota quota;
    private final RefWatch watch;
    private final long regularFileBytes;

    /** @param regularFileBytes a blob of this size or more belongs into git-lfs */
    public Pushes(Repositories repositories, HeldObjects held, Quota quota, RefWatch watch, long regularFileBytes) {
        this.repositories = repositories;
        this.held = held;
        this.quota = quota;
        this.watch = watch;
        this.regularFileBytes = regularFileBytes;
    }

    Reply refs(Call call) {
        GitRepo repo = repositories.open(call.entry().id());
        return Wire.stream("application/x-git-receive-pack-advertisement", out -> {
            PacketLineOut lines = new PacketLineOut(out);
            lines.writeString("# service=git-receive-pack\n");
            lines.end();
            ReceivePack service = new ReceivePack(repo.jgit());
            service.setBiDirectionalPipe(false);
            service.setAtomic(true);
            try {
                service.sendAdvertisedRefs(new PacketLineOutRefAdvertiser(lines));
            } finally {
                service.getRevWalk().close();
            }
        });
    }

    Reply push(Call call) throws IOException {
        Wire.requireType(call, "application/x-git-receive-pack-request");
        GitRepo repo = repositories.open(call.entry().id());
        PushRules rules = new PushRules(call.entry().defaultBranch(), () -> call.may(Action.REWRITE));
        ObjectRules objects = new ObjectRules(call.entry().id(), held, regularFileBytes);
        InputStream body = Wire.body(call);
        long room = quota.leftBytes(call.entry());
        return Wire.stream(
                "application/x-git-receive-pack-result",
                out -> receive(
                        new Push.Terms(repo, rules, objects, call.entry(), quota, room, watch, call.id()), body, out));
    }

    private static void receive(Push.Terms terms, InputStream body, OutputStream out) throws IOException {
        try (Incoming incoming = Incoming.into(terms.repo())) {
            Push push = new Push(terms, incoming, body);
            try {
                push.receive(body, out, null);
            } catch (UnpackException | PackProtocolException told) {
                // The client was told on the wire; nothing of what it sent stays.
                LOG.info("request {}: a push was refused: {}", terms.request(), told.toString());
            } finally {
                push.end();
            }
        }
        drain(body);
    }

    private static void drain(InputStream body) {
        byte[] piece = new byte[64 << 10];
        try {
            long drained = 0;
            int n;
            while (drained < MAX_DRAINED_BYTES && (n = body.read(piece)) >= 0) {
                drained += n;
            }
        } catch (IOException | RuntimeException gone) {
            // The answer is written: whether the client still sends is its own affair.
            LOG.debug("a refused push broke off: {}", gone.toString());
        }
    }
}
