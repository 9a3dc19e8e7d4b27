package glasshouse.hub.web;

/** The HTTP methods that routes take. {@code HEAD} is answered by the route of {@code GET}, without its body. */
public enum Method {
    GET,
    POST,
    PUT,
    PATCH,
    DELETE;

    /** Whether the method changes nothing: a request from another site may make it. */
    public boolean isSafe() {
        return this == GET;
    }
}
