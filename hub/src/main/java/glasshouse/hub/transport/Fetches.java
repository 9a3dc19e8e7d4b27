package glasshouse.hub.transport;

import glasshouse.core.problem.Refusal;
import glasshouse.hub.git.GitRepo;
import glasshouse.hub.git.Repositories;
import glasshouse.hub.web.Call;
import glasshouse.hub.web.Reply;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.jgit.storage.pack.PackConfig;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.RefAdvertiser.PacketLineOutRefAdvertiser;
import org.eclipse.jgit.transport.UploadPack;
import org.eclipse.jgit.transport.UploadPackInternalServerErrorException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives out objects: clone and fetch, also shallow and in part. */
public final class Fetches {
    private static final Logger LOG = LoggerFactory.getLogger(Fetches.class);
    /** What a client has to say before it gets objects: names that it wants and has. */
    private static final long MAX_REQUEST_BYTES = 64L << 20;

    private static final long DELTA_MEMORY = 32L << 20;

    private final Repositories repositories;

    public Fetches(Repositories repositories) {
        this.repositories = repositories;
    }

    Reply refs(Call call) {
        UploadPack service = service(call);
        return Wire.stream("application/x-git-upload-pack-advertisement", out -> {
            PacketLineOut lines = new PacketLineOut(out);
            service.sendAdvertisedRefs(new PacketLineOutRefAdvertiser(lines), "git-upload-pack");
        });
    }

    Reply fetch(Call call) throws IOException {
        Wire.requireType(call, "application/x-git-upload-pack-request");
        UploadPack service = service(call);
        InputStream body = Wire.limited(Wire.body(call), MAX_REQUEST_BYTES);
        return Wire.stream("application/x-git-upload-pack-result", out -> {
            try {
                service.upload(body, out, null);
            } catch (UploadPackInternalServerErrorException told) {
                if (told.getCause() instanceof Refusal refusal) {
                    throw refusal;
                }
                // The client was told on the wire.
                LOG.warn("request {}: a fetch failed: {}", call.id(), String.valueOf(told.getCause()));
            }
        });
    }

    private UploadPack service(Call call) {
        GitRepo repo = repositories.open(call.entry().id());
        UploadPack service = new UploadPack(repo.jgit());
        service.setBiDirectionalPipe(false);
        service.setExtraParameters(Wire.extraParameters(call));
        PackConfig packing = new PackConfig(repo.jgit());
        // Deltas are made once, when a repository is tidied, and then reused: not again for each clone.
        packing.setDeltaCompress(false);
        packing.setThreads(1);
        packing.setDeltaSearchMemoryLimit(DELTA_MEMORY);
        service.setPackConfig(packing);
        return service;
    }
}
