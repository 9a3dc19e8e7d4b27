package glasshouse.hub.web;

import glasshouse.core.access.Action;
import glasshouse.core.entry.ArtefactPath;
import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import glasshouse.hub.account.Caller;
import glasshouse.hub.index.Entry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One request, after its path was matched and its caller found. Used by one thread. */
public final class Call implements AutoCloseable {
    /** More do not fit into the head of a request, but where they are empty. */
    private static final int MAX_QUERY = 2000;

    private final Request request;
    private final String id;
    private final Route route;
    private final Map<String, String> parameters;
    private final Address address;
    private final String remote;
    private final Caller caller;
    private final InputStream body;
    private final Function<Guard.Demand, Boolean> judge;
    private final Parameters query;
    private final BodyMemory.Share memory;
    private final List<Map.Entry<String, String>> notes = new ArrayList<>();
    private @Nullable Entry entry;
    private byte @Nullable [] whole;
    private @Nullable JsonNode json;
    private @Nullable Parameters form;

    /**
     * @param id of the request, in the log and in the answer
     * @param parameters what the pattern's names stand for, decoded
     * @param remote the address that the request came from, as the network or a trusted proxy says
     * @param body the body, already limited in how slowly it may come
     * @param memory what bodies may take of it
     * @param judge whether the caller may, by the one rule of access
     */
    public Call(
            Request request,
            String id,
            Route route,
            Map<String, String> parameters,
            Address address,
            String remote,
            Caller caller,
            InputStream body,
            BodyMemory memory,
            Function<Guard.Demand, Boolean> judge) {
        this.request = request;
        this.id = id;
        this.route = route;
        this.parameters = Map.copyOf(parameters);
        this.address = address;
        this.remote = remote;
        this.caller = caller;
        this.body = body;
        this.judge = judge;
        this.memory = memory.share();
        String asked = request.getHttpURI().getQuery();
        this.query = Parameters.parse(asked == null ? "" : asked, MAX_QUERY, "the query of the address");
    }

    public String id() {
        return id;
    }

    public Route route() {
        return route;
    }

    public Address address() {
        return address;
    }

    /** A header that the answer carries whatever comes of the call: also where it is refused later on. */
    public void note(String name, String value) {
        notes.add(Map.entry(name, value));
    }

    /** What was noted, for whoever sends the answer. */
    public List<Map.Entry<String, String>> notes() {
        return List.copyOf(notes);
    }

    public Caller caller() {
        return caller;
    }

    /** The account of the caller, who is signed in: a guard saw to it. */
    public glasshouse.hub.index.People.Account account() {
        return caller.account()
                .orElseThrow(() -> Problem.of(Code.SIGN_IN, "sign in first").refusal());
    }

    /** The entry in the path: the guard of the route found it. */
    public Entry entry() {
        if (entry == null) {
            throw new IllegalStateException("the route " + route.pattern() + " has no entry");
        }
        return entry;
    }

    /** Called once by the gatekeeper. */
    public void found(Entry subject) {
        this.entry = subject;
    }

    /** Whether the caller may do something to the entry in the path beyond what the guard asked. */
    public boolean may(Action action) {
        return judge.apply(new Guard.Demand.OnEntry(action, entry()));
    }

    /** Whether the caller may do something to another subject. */
    public boolean may(Guard.Demand demand) {
        return judge.apply(demand);
    }

    /** A part of the path, decoded. */
    public String path(String name) {
        String value = parameters.get(name);
        if (value == null) {
            throw new IllegalStateException("the route " + route.pattern() + " has no " + name);
        }
        return value;
    }

    /** A part of the path that may be missing. */
    public Optional<String> optionalPath(String name) {
        return Optional.ofNullable(parameters.get(name)).filter(text -> !text.isEmpty());
    }

    /** The path of an artefact in the address, checked. */
    public ArtefactPath artefact() {
        return new ArtefactPath(path("path"));
    }

    /** The request as it was sent: path and query, encoded. */
    public String uri() {
        return request.getHttpURI().getPathQuery();
    }

    public boolean isHead() {
        return request.getMethod().equals("HEAD");
    }

    public Optional<String> query(String name) {
        return query.first(name);
    }

    /** All values of a name, also where it is written {@code name[]}. */
    public List<String> queryAll(String name) {
        List<String> plain = query.all(name);
        return plain.isEmpty() ? query.all(name + "[]") : plain;
    }

    /** A whole number in the query, held within limits; {@code otherwise} where it is missing or not a number. */
    public int queryInt(String name, int otherwise, int min, int max) {
        try {
            return query(name)
                    .map(text -> Math.clamp(Long.parseLong(text), min, max))
                    .orElse(otherwise);
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    public boolean queryFlag(String name) {
        return query(name)
                .map(text -> !text.equalsIgnoreCase("false") && !text.equals("0"))
                .orElse(false);
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(request.getHeaders().get(name));
    }

    public Optional<String> cookie(String name) {
        for (HttpCookie cookie : Request.getCookies(request)) {
            if (cookie.getName().equals(name)) {
                return Optional.of(cookie.getValue());
            }
        }
        return Optional.empty();
    }

    public String contentType() {
        return header("Content-Type").orElse("");
    }

    /** The number of bytes that the body has, where the request says so. */
    public Optional<Long> contentLength() {
        long length = request.getLength();
        return length < 0 ? Optional.empty() : Optional.of(length);
    }

    /** The address that the request came from. */
    public String remote() {
        return remote;
    }

    /** The body as a stream, to be read once. */
    public InputStream body() {
        return body;
    }

    /** Hands the body on in pieces as they come; says how many bytes there were. */
    public long pourBody(Pouring.Sink sink) throws IOException {
        if (body instanceof Pouring pouring) {
            return pouring.pourInto(sink);
        }
        byte[] piece = new byte[64 << 10];
        long bytes = 0;
        for (int n = body.read(piece); n >= 0; n = body.read(piece)) {
            sink.take(ByteBuffer.wrap(piece, 0, n));
            bytes += n;
        }
        return bytes;
    }

    /**
     * The whole body; a second call gives the same bytes.
     *
     * @throws glasshouse.core.problem.Refusal TOO_LARGE where it has more than {@code max} bytes
     */
    private byte[] bytes(int max) throws IOException {
        if (whole == null) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            byte[] piece = new byte[16384];
            int n;
            while ((n = body.read(piece)) >= 0) {
                bytes.write(piece, 0, n);
                if (bytes.size() > max) {
                    throw Problem.of(Code.TOO_LARGE, "the body has more than " + max + " bytes")
                            .because("so much is read at this address and no more")
                            .mend("send less at once")
                            .refusal();
                }
                memory.grow(bytes.size());
            }
            whole = bytes.toByteArray();
        }
        return whole;
    }

    /** The body as JSON. */
    public JsonNode json() throws IOException {
        return json(BodyLimit.USUAL);
    }

    /** The body as JSON where it may be large; a second call gives the same, whatever limit it names. */
    public JsonNode json(BodyLimit limit) throws IOException {
        if (json == null) {
            json = Json.parse(bytes(limit.bytes()), limit.values());
        }
        return json;
    }

    /** The body as a JSON object, or an empty one where there is no body. */
    public JsonNode jsonOrEmpty() throws IOException {
        return bytes(BodyLimit.USUAL.bytes()).length == 0 ? Json.object() : json();
    }

    /** The body as a form. */
    public Parameters form() throws IOException {
        return form(BodyLimit.FORM);
    }

    /** The body as a form where it may be large, or must be small; a second call gives the same. */
    public Parameters form(BodyLimit limit) throws IOException {
        if (form == null) {
            String text = new String(bytes(limit.bytes()), StandardCharsets.UTF_8);
            form = Parameters.parse(text, limit.values(), "the form in the body");
        }
        return form;
    }

    /** A field of a form or of a JSON body, whichever was sent. */
    public Optional<String> field(String name) throws IOException {
        if (contentType().startsWith("application/json")) {
            JsonNode value = jsonOrEmpty().path(name);
            return value.isMissingNode() || value.isNull() ? Optional.empty() : Optional.of(value.asString());
        }
        return form().first(name);
    }

    /** Gives back the memory of the body: the call is answered. */
    @Override
    public void close() {
        memory.close();
    }
}
