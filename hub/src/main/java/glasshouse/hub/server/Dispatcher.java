package glasshouse.hub.server;

import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import glasshouse.core.problem.Refusal;
import glasshouse.hub.account.Caller;
import glasshouse.hub.index.Entry;
import glasshouse.hub.web.Address;
import glasshouse.hub.web.BodyMemory;
import glasshouse.hub.web.Call;
import glasshouse.hub.web.Method;
import glasshouse.hub.web.Reply;
import glasshouse.hub.web.Surface;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers every request: route, caller, access, handler; and what went wrong on the way, once. */
public final class Dispatcher extends Handler.Abstract {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    private static final long SMALL_BODY = 1 << 20;
    private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9._-]{8,64}");

    private final Router router;
    private final Credential credential;
    private final Gatekeeper gatekeeper;
    private final Addresses addresses;
    private final Problems problems;
    private final Journal journal;
    private final ServerConfig config;
    private final BodyMemory memory = BodyMemory.standard();

    public Dispatcher(
            Router router,
            Credential credential,
            Gatekeeper gatekeeper,
            Addresses addresses,
            Problems problems,
            Journal journal,
            ServerConfig config) {
        this.router = router;
        this.credential = credential;
        this.gatekeeper = gatekeeper;
        this.addresses = addresses;
        this.problems = problems;
        this.journal = journal;
        this.config = config;
    }

    /** What is known of a request so far: enough to tell a problem at any point. */
    private static final class Progress {
        Surface surface = Surface.API;
        boolean signedIn;
        String pattern = "-";
        String account = "-";
        Optional<Call> call = Optional.empty();
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws IOException {
        long started = System.nanoTime();
        String given = request.getHeaders().get("X-Request-Id");
        String id = given != null && REQUEST_ID.matcher(given).matches() ? given : journal.newId();
        response.getHeaders().put("X-Request-Id", id);
        Progress progress = new Progress();
        boolean head = request.getMethod().equals("HEAD");
        Reply reply = answer(request, id, progress);
        // A body that is made while it is sent may be made from what is still to be read.
        if (!(reply.body() instanceof Reply.Body.Stream)) {
            readOn(request);
        }
        for (Map.Entry<String, String> note : progress.call.map(Call::notes).orElse(List.of())) {
            reply = reply.header(note.getKey(), note.getValue());
        }
        try {
            try {
                Sender.send(reply, response, head);
            } catch (Refusal refusal) {
                reply = instead(refusal, id, request, response, progress);
                Sender.send(reply, response, head);
            }
            callback.succeeded();
        } catch (EofException | java.nio.channels.ClosedChannelException gone) {
            // The client went away: nothing is wrong on our side, and nobody is there to be told.
            callback.failed(gone);
        } catch (IOException | RuntimeException e) {
            // The answer had begun: a broken connection is the only way left to say that it is not whole.
            LOG.warn("request {} broke off: {}", id, e.toString());
            callback.failed(e);
        } finally {
            progress.call.ifPresent(Call::close);
            journal.record(
                    request, id, progress.pattern, progress.account, reply.status(), System.nanoTime() - started);
        }
        return true;
    }

    /**
     * The answer where a body is made from what is still read, and that is not what it should be. Once something was sent, it is too
     * late for another answer.
     */
    private Reply instead(Refusal refusal, String id, Request request, Response response, Progress progress) {
        if (response.isCommitted()) {
            throw refusal;
        }
        response.reset();
        response.getHeaders().put("X-Request-Id", id);
        String uri = String.valueOf(request.getHttpURI().getPathQuery());
        return problems.render(progress.surface, refusal.problem(), id, uri, progress.signedIn);
    }

    /**
     * Reads what is left of a small body that nobody wanted, since the request was refused before. Otherwise the connection would have
     * to be closed, and a client that still sends would see that instead of the answer.
     */
    private void readOn(Request request) {
        long length = request.getLength();
        if (length <= 0 || length > SMALL_BODY || request.getHeaders().contains(HttpHeader.EXPECT)) {
            return;
        }
        try (InputStream body = new PacedInput(request, config.minBodyRate(), System::nanoTime)) {
            body.skipNBytes(length);
        } catch (IOException | RuntimeException e) {
            // It was read already, or never comes: either way the answer is sent.
            LOG.trace("nothing left to read", e);
        }
    }

    private Reply answer(Request request, String id, Progress progress) {
        String uri = String.valueOf(request.getHttpURI().getPathQuery());
        try {
            return route(request, id, progress);
        } catch (Refusal refusal) {
            return problems.render(progress.surface, refusal.problem(), id, uri, progress.signedIn);
        } catch (Exception e) {
            Problem problem = ours(e, id);
            return problems.render(progress.surface, problem, id, uri, progress.signedIn);
        }
    }

    private static Problem ours(Exception fault, String id) {
        String message = String.valueOf(fault.getMessage());
        if (fault instanceof IOException && (message.contains("No space left") || message.contains("Disk quota"))) {
            return Problem.of(Code.NO_SPACE, "the disk of this server is full")
                    .mend("tell its administrator; nothing was lost");
        }
        // Jetty tells what a read waited for in vain as the cause of another exception.
        if (fault instanceof EofException
                || fault instanceof TimeoutException
                || fault.getCause() instanceof TimeoutException) {
            return Problem.of(Code.TIMED_OUT, "the request stopped in the middle");
        }
        LOG.error("request {} failed", id, fault);
        return Problem.of(Code.INTERNAL, "something went wrong here")
                .mend("tell the administrator the request id `" + id + "`");
    }

    private Reply route(Request request, String id, Progress progress) throws Exception {
        String rawPath = request.getHttpURI().getPath();
        String path = rawPath == null ? "/" : rawPath;
        progress.surface = surfaceOf(path, request);
        Method method = methodOf(request);
        Optional<Router.Match> match = router.match(method, path);
        match.ifPresent(found -> {
            progress.surface = found.route().surface();
            progress.pattern = found.route().pattern();
        });
        Address address = addresses.of(request);
        Caller caller = credential.caller(request, Optional.of(method), address.base());
        progress.signedIn = caller.account().isPresent();
        caller.account().ifPresent(account -> progress.account = account.name());
        if (match.isEmpty()) {
            return noRoute(path, progress);
        }
        Router.Match found = match.get();
        Call call = new Call(
                request,
                id,
                found.route(),
                found.parameters(),
                address,
                addresses.remote(request),
                caller,
                new PacedInput(request, config.minBodyRate(), System::nanoTime),
                memory,
                demand -> gatekeeper.may(caller, demand));
        progress.call = Optional.of(call);
        Optional<Entry> entry = found.kind()
                .filter(kind -> found.route().guard().hasEntry())
                .flatMap(kind -> gatekeeper.find(kind, call.path("ns"), call.path("name")));
        gatekeeper.check(call, entry);
        Optional<Reply> moved = entry.flatMap(e -> Moved.redirect(call, e, path));
        return moved.isPresent() ? moved.get() : found.route().handler().handle(call);
    }

    private Reply noRoute(String path, Progress progress) {
        Set<Method> others = router.methods(path);
        if (others.isEmpty()) {
            throw Problem.of(Code.NOT_FOUND, "nothing is at this address").refusal();
        }
        String allowed = others.stream().map(Method::name).sorted().collect(Collectors.joining(", "));
        return problems.render(
                        progress.surface,
                        Problem.of(Code.INVALID, "this address takes " + allowed + " only"),
                        "",
                        path,
                        true)
                .withStatus(405)
                .header("Allow", allowed);
    }

    private static Method methodOf(Request request) {
        String name = request.getMethod();
        if (name.equals("HEAD")) {
            return Method.GET;
        }
        for (Method method : Method.values()) {
            if (method.name().equals(name)) {
                return method;
            }
        }
        throw Problem.of(Code.INVALID, "the method `" + name.replaceAll("[^A-Z]", "?") + "` is not one that we take")
                .refusal();
    }

    /** In whose terms to speak where no route says it: a browser asks for HTML. */
    private static Surface surfaceOf(String path, Request request) {
        String accept = request.getHeaders().get("Accept");
        return !path.startsWith("/api/") && accept != null && accept.contains("text/html") ? Surface.PAGE : Surface.API;
    }
}
