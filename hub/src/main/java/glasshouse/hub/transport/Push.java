package glasshouse.hub.transport;

import glasshouse.core.problem.Refusal;
import glasshouse.hub.git.GitRepo;
import glasshouse.hub.git.Incoming;
import glasshouse.hub.git.Quota;
import glasshouse.hub.git.RefBatch;
import glasshouse.hub.git.RefWatch;
import glasshouse.hub.index.Entry;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.eclipse.jgit.errors.TooLargeObjectInPackException;
import org.eclipse.jgit.errors.TooLargePackException;
import org.eclipse.jgit.internal.submodule.SubmoduleValidator.SubmoduleValidationException;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.transport.ReceiveCommand.Result;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.util.NB;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One push. JGit speaks the protocol and parses the pack, into a folder beside the repository; the rest is here: what may come in,
 * and how it becomes part of the repository.
 */
final class Push extends ReceivePack {
    private static final Logger LOG = LoggerFactory.getLogger(Push.class);
    /** The largest object that is parsed: a tree of a million files; a blob of that size is refused below. */
    private static final long MAX_OBJECT_BYTES = 64L << 20;
    /** What the parser needs of memory for each object that a pack announces. */
    private static final long BYTES_PER_OBJECT = 160;

    private static final int MAX_FAULTS_TOLD = 20;

    /**
     * What a push has to keep to.
     *
     * @param quota of the entry that is pushed to
     * @param room how many bytes it could still take when the push began
     * @param request its id, for the log
     */
    record Terms(
            GitRepo repo,
            PushRules refs,
            ObjectRules objects,
            Entry entry,
            Quota quota,
            long room,
            RefWatch watch,
            String request) {}

    private final Terms terms;
    private final Incoming incoming;
    private final InputStream body;
    private Quota.Reservation reserved;

    /** @param body the stream that is handed to {@code receive}, which can go back to a mark */
    Push(Terms terms, Incoming incoming, InputStream body) throws IOException {
        super(incoming.jgit());
        this.terms = terms;
        this.incoming = incoming;
        this.body = body;
        this.reserved = terms.quota().nothing();
        setBiDirectionalPipe(false);
        setAllowCreates(true);
        setAllowDeletes(true);
        setAllowBranchDeletes(true);
        setAllowNonFastForwards(true);
        setMaxPackSizeLimit(terms.room());
        setMaxObjectSizeLimit(MAX_OBJECT_BYTES);
        setObjectChecker(new ObjectChecker()
                // Old histories have them, and they do no harm.
                .setAllowLeadingZeroFileMode(true)
                .setAllowInvalidPersonIdent(true));
        // Whether all is there that is named is found out together with what the objects are: see `check`.
        connectivityChecker = (info, haves, monitor) -> {};
        setPreReceiveHook((push, commands) -> check(commands));
    }

    @Override
    protected void receivePackAndCheckConnectivity() throws IOException, SubmoduleValidationException {
        try {
            refuseEndlessPack();
            super.receivePackAndCheckConnectivity();
        } catch (TooLargePackException e) {
            throw new IOException(
                    "the quota is reached: the entry can take " + Quota.amount(terms.room())
                            + " more, and the push has more",
                    e);
        } catch (TooLargeObjectInPackException e) {
            throw new IOException(
                    "an object is larger than " + Quota.amount(MAX_OBJECT_BYTES)
                            + "; large files belong into git-lfs: git lfs migrate import --everything --above="
                            + (terms.objects().regularFileBytes() >> 20) + "MiB",
                    e);
        } catch (Refusal refusal) {
            throw new IOException(refusal.problem().sentence(), refusal);
        } catch (OutOfMemoryError | RuntimeException e) {
            LOG.error("request {}: a push failed", terms.request(), e);
            throw new IOException(
                    "something went wrong here; tell the administrator the request id " + terms.request(), e);
        }
    }

    /** A pack says first how many objects it has, and the parser makes room for as many at once. */
    private void refuseEndlessPack() throws IOException {
        byte[] header = new byte[12];
        body.mark(header.length);
        int n = body.readNBytes(header, 0, header.length);
        body.reset();
        long objects = NB.decodeUInt32(header, 8);
        long most = Runtime.getRuntime().maxMemory() / 2 / BYTES_PER_OBJECT;
        if (n == header.length && objects > most) {
            throw new IOException(
                    "the push has " + objects + " objects, and this server takes " + most + " at once; push in parts");
        }
    }

    private void check(Collection<ReceiveCommand> commands) {
        List<ReceiveCommand> withObjects = new ArrayList<>();
        for (ReceiveCommand command : commands) {
            terms.refs().fault(command).ifPresentOrElse(fault -> reject(command, fault), () -> {
                if (command.getType() != ReceiveCommand.Type.DELETE) {
                    withObjects.add(command);
                }
            });
        }
        if (withObjects.isEmpty()) {
            return;
        }
        List<ObjectId> tips =
                withObjects.stream().map(ReceiveCommand::getNewId).distinct().toList();
        List<String> faults;
        try (NewObjects objects = new NewObjects(terms.repo(), incoming, terms.objects())) {
            faults = objects.check(tips);
            if (faults.isEmpty()) {
                reserve();
            }
        } catch (Refusal full) {
            faults = List.of(full.problem().sentence());
        } catch (IOException | RuntimeException e) {
            LOG.error("request {}: a push could not be checked", terms.request(), e);
            faults = List.of("what was pushed could not be read; request " + terms.request());
        }
        if (faults.isEmpty()) {
            return;
        }
        faults.stream().limit(MAX_FAULTS_TOLD).forEach(this::sendError);
        if (faults.size() > MAX_FAULTS_TOLD) {
            sendError("and more of the kind");
        }
        for (ReceiveCommand command : withObjects) {
            reject(command, faults.getFirst());
        }
    }

    /** Others may have come in since the push began: what it brings must fit beside them, until it is in the repository itself. */
    private void reserve() throws IOException {
        long bytes = incoming.bytes();
        if (bytes > 0) {
            reserved = terms.quota().reserve(terms.entry(), bytes);
        }
    }

    /** To be called when all is done: gives back the room that was kept for what is in the repository by now, or refused. */
    void end() {
        reserved.close();
    }

    private static void reject(ReceiveCommand command, String why) {
        command.setResult(Result.REJECTED_OTHER_REASON, why);
    }

    @Override
    protected void executeCommands() {
        List<ReceiveCommand> commands = filterCommands(Result.NOT_ATTEMPTED);
        List<RefWatch.Change> changes;
        try {
            changes =
                    RefBatch.apply(terms.repo(), commands, isAtomic(), hasReceivedPack() ? incoming::admit : () -> {});
        } catch (IOException | RuntimeException e) {
            LOG.error("request {}: a push could not be written", terms.request(), e);
            ReceiveCommand.filter(commands, Result.NOT_ATTEMPTED)
                    .forEach(command -> reject(command, "it could not be written; request " + terms.request()));
            return;
        }
        if (!changes.isEmpty()) {
            terms.watch().changed(terms.repo().id(), changes);
        }
    }
}
