package glasshouse.core.problem;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * One thing that went wrong, told so that a reader can act on it.
 *
 * @param code what kind of problem it is; decides exit codes and HTTP status
 * @param what the thing and what is wrong with it, lower case, input in backticks, e.g. {@code no revision `v9` in `a/b`}
 * @param where path, line or byte, where there is one
 * @param why the reason, where {@code what} does not say it
 * @param mend what to do about it
 * @param retryAfter how long to wait before trying again, where that is known to help
 */
public record Problem(
        Code code,
        String what,
        Optional<String> where,
        Optional<String> why,
        Optional<String> mend,
        Optional<Duration> retryAfter) {

    /** The kinds of problem. Each protocol surface maps every one of them to its own terms. */
    public enum Code {
        /** The input is malformed or asks for something impossible. */
        INVALID,
        /** The caller has not said who they are, and must. */
        SIGN_IN,
        /** The caller is known and may not. */
        FORBIDDEN,
        /** The files of this entry are given on request only. */
        GATED,
        /** No such entry, or none that the caller may know of: the two are told in the same words. */
        ENTRY_NOT_FOUND,
        REVISION_NOT_FOUND,
        /** No such file or folder in the revision. */
        ARTEFACT_NOT_FOUND,
        /** Anything else that is not there. */
        NOT_FOUND,
        /** The name is taken, or the state does not allow it. */
        CONFLICT,
        /** The caller's picture of the branch is older than the branch. */
        STALE,
        TOO_LARGE,
        /** A quota is reached; {@code why} holds the numbers. */
        QUOTA,
        /** The disk is full. Existing data stays readable. */
        NO_SPACE,
        RATE_LIMITED,
        /** The request came too slowly or stopped in the middle. */
        TIMED_OUT,
        /** A range that the file does not have. */
        RANGE,
        NOT_IMPLEMENTED,
        /** The server is stopping or not ready. */
        UNAVAILABLE,
        /** Our own fault. */
        INTERNAL
    }

    public Problem {
        Objects.requireNonNull(code);
        if (what.isBlank()) {
            throw new IllegalArgumentException("a problem says what is wrong");
        }
    }

    /** A problem with nothing but its kind and its sentence. */
    public static Problem of(Code code, String what) {
        return new Problem(code, what, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The same problem, at a place. */
    public Problem at(String place) {
        return new Problem(code, what, Optional.of(place), why, mend, retryAfter);
    }

    /** The same problem, with its reason. */
    public Problem because(String reason) {
        return new Problem(code, what, where, Optional.of(reason), mend, retryAfter);
    }

    /** The same problem, with what to do. */
    public Problem mend(String advice) {
        return new Problem(code, what, where, why, Optional.of(advice), retryAfter);
    }

    /** The same problem, which may be gone after a while. */
    public Problem after(Duration wait) {
        return new Problem(code, what, where, why, mend, Optional.of(wait));
    }

    /** As an exception for a handler to throw. */
    public Refusal refusal() {
        return new Refusal(this);
    }

    /** One line: place, what, reason, advice. */
    public String sentence() {
        StringBuilder line = new StringBuilder();
        where.ifPresent(place -> line.append(place).append(": "));
        line.append(what);
        why.ifPresent(reason -> line.append(": ").append(reason));
        mend.ifPresent(advice -> line.append("; ").append(advice));
        return line.toString();
    }
}
