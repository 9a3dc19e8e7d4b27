package glasshouse.hub.page;

import glasshouse.core.problem.Problem;

/** What a person sees when something went wrong. */
public record ErrorPage(Layout layout, int status, Problem problem, String requestId) {
    /** What kind of trouble it is, in words. */
    static String heading(int status) {
        return switch (status) {
            case 400 -> "The request was not understood";
            case 401 -> "Sign in first";
            case 403 -> "Not allowed";
            case 404 -> "Not found";
            case 405 -> "Not possible here";
            case 408 -> "The request stopped";
            case 409, 412 -> "Something changed meanwhile";
            case 413 -> "Too large";
            case 429 -> "Too many requests";
            case 501 -> "Not there yet";
            case 503 -> "Not ready";
            case 507 -> "The disk is full";
            default -> status < 500 ? "Not possible" : "Something went wrong here";
        };
    }

    public String heading() {
        return heading(status);
    }

    /** Whether signing in might help: what is not found may be private. */
    public boolean mayHelpToSignIn() {
        return layout.viewer().isEmpty() && (status == 404 || status == 403);
    }
}
