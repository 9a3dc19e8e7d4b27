package glasshouse.hub.server;

import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import glasshouse.hub.web.Address;
import glasshouse.hub.web.Json;
import glasshouse.hub.web.Reply;
import glasshouse.hub.web.Surface;

/** Renders a problem in the terms of each surface: the one place where errors become answers. */
public final class Problems {
    /** Draws the page that a person sees; pages are made elsewhere. */
    @FunctionalInterface
    public interface Page {
        Reply draw(int status, Problem problem, String requestId, boolean signedIn);
    }

    private final Page page;

    public Problems(Page page) {
        this.page = page;
    }

    /**
     * An answer that tells a problem.
     *
     * @param uri path and query of the request, for the way back after signing in
     * @param signedIn whether the caller said who they are: a missing entry is 404 to them and 401 to others, who may see it
     *     once they do
     */
    public Reply render(Surface surface, Problem problem, String requestId, String uri, boolean signedIn) {
        int status = status(problem.code(), signedIn);
        Reply reply = switch (surface) {
            case API, FILE -> api(status, problem);
            case GIT -> git(status, problem);
            case LFS -> lfs(status, problem, requestId);
            case PAGE -> {
                boolean mayHelp = problem.code() == Code.SIGN_IN;
                yield mayHelp && !signedIn
                        ? Reply.seeOther("/login?next=" + Address.encodeSegment(uri))
                        : page.draw(pageStatus(status, problem.code()), problem, requestId, signedIn);
            }
            case PLAIN -> Reply.text(status, problem.sentence() + "\n");
        };
        return reply.retryAfter(problem);
    }

    /** A browser would answer 401 with a box of its own: what is hidden is not found, what is gated is not allowed. */
    private static int pageStatus(int status, Code code) {
        return status == 401 ? code == Code.GATED ? 403 : 404 : status;
    }

    private static Reply api(int status, Problem problem) {
        Reply reply = Reply.json(status, Json.object().put("error", problem.sentence()))
                .header("X-Error-Message", headerText(problem.sentence()));
        String code = hubCode(problem.code());
        return code.isEmpty() ? reply : reply.header("X-Error-Code", code);
    }

    private static Reply git(int status, Problem problem) {
        // git shows the body of an error only as text, and asks for a name and a token only after Basic is offered.
        Reply reply = Reply.text(status, problem.sentence() + "\n");
        return status == 401
                ? reply.header("WWW-Authenticate", "Basic realm=\"glasshouse\", charset=\"UTF-8\"")
                : reply;
    }

    private static Reply lfs(int status, Problem problem, String requestId) {
        byte[] body =
                Json.bytes(Json.object().put("message", problem.sentence()).put("request_id", requestId));
        Reply reply = Reply.bytes(status, "application/vnd.git-lfs+json", body);
        return status == 401
                ? reply.header("LFS-Authenticate", "Basic realm=\"glasshouse\", charset=\"UTF-8\"")
                : reply;
    }

    private static int status(Code code, boolean signedIn) {
        return switch (code) {
            case INVALID -> 400;
            case SIGN_IN -> 401;
            case FORBIDDEN, QUOTA -> 403;
            case GATED -> signedIn ? 403 : 401;
            case ENTRY_NOT_FOUND -> signedIn ? 404 : 401;
            case REVISION_NOT_FOUND, ARTEFACT_NOT_FOUND, NOT_FOUND -> 404;
            case CONFLICT -> 409;
            case STALE -> 412;
            case TOO_LARGE -> 413;
            case RANGE -> 416;
            case RATE_LIMITED -> 429;
            case TIMED_OUT -> 408;
            case INTERNAL -> 500;
            case NOT_IMPLEMENTED -> 501;
            case UNAVAILABLE -> 503;
            case NO_SPACE -> 507;
        };
    }

    /** The four codes that the Hub's clients know. */
    private static String hubCode(Code code) {
        return switch (code) {
            case ENTRY_NOT_FOUND -> "RepoNotFound";
            case REVISION_NOT_FOUND -> "RevisionNotFound";
            case ARTEFACT_NOT_FOUND -> "EntryNotFound";
            case GATED -> "GatedRepo";
            default -> "";
        };
    }

    /** Headers carry Latin letters only; what else there is, is in the body. */
    private static String headerText(String sentence) {
        return sentence.replaceAll("[^\\x20-\\x7e]", "?");
    }
}
