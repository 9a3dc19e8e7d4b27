package glasshouse.hub.job;

import glasshouse.core.problem.Problem.Code;
import glasshouse.core.problem.Refusal;
import glasshouse.hub.git.TreeListing.TooManyPaths;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.CorruptPackIndexException;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.InvalidObjectIdException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.PackInvalidException;
import org.eclipse.jgit.errors.PackMismatchException;
import org.eclipse.jgit.errors.UnpackException;

/**
 * That a repository holds something else than it should. Trying again does not help; the page of the entry says what is wrong, in
 * words that name objects and no folders of this machine.
 */
final class Broken extends Exception {
    private static final long serialVersionUID = 1L;

    private Broken(String what, Throwable cause) {
        super(what, cause);
    }

    /** What is wrong, where an exception means that the repository is broken, and not that the disk had a bad moment. */
    static Optional<Broken> of(Exception e) {
        return switch (e) {
            case Broken broken -> Optional.of(broken);
            case UncheckedIOException unchecked -> ofCause(unchecked);
            case MissingObjectException missing ->
                Optional.of(new Broken("the object `" + id(missing.getObjectId()) + "` is missing", e));
            case IncorrectObjectTypeException odd ->
                Optional.of(new Broken("an object is not of the type that leads to it", e));
            case CorruptObjectException corrupt -> Optional.of(new Broken("an object is damaged", e));
            case InvalidObjectIdException odd -> Optional.of(new Broken("an object's name is damaged", e));
            case PackInvalidException pack -> Optional.of(new Broken("a pack is damaged", e));
            case PackMismatchException pack -> Optional.of(new Broken("a pack does not fit its index", e));
            case CorruptPackIndexException pack -> Optional.of(new Broken("the index of a pack is damaged", e));
            case UnpackException pack -> Optional.of(new Broken("a pack is damaged", e));
            case TooManyPaths many -> Optional.of(new Broken(String.valueOf(many.getMessage()), e));
            case Refusal refusal
            when refusal.problem().code() == Code.UNAVAILABLE ->
                Optional.of(new Broken(refusal.problem().what(), e));
            case IOException other -> ofCause(other);
            default -> Optional.empty();
        };
    }

    private static Optional<Broken> ofCause(Exception e) {
        return e.getCause() instanceof Exception cause ? of(cause) : Optional.empty();
    }

    private static String id(org.eclipse.jgit.lib.@org.jspecify.annotations.Nullable ObjectId id) {
        return id == null ? "?" : id.name();
    }

    /** What is wrong. */
    String what() {
        return String.valueOf(getMessage());
    }
}
