package glasshouse.hub.admin;

import java.io.IOException;

/**
 * Something that can be ordered.
 *
 * @param name how the order is called on the socket
 * @param order what it is given
 * @param result what it gives back
 * @param deed what it does
 */
public record Operation<I, O>(String name, Class<I> order, Class<O> result, Deed<I, O> deed) {
    /** Carries an order out. */
    @FunctionalInterface
    public interface Deed<I, O> {
        O carryOut(Administration administration, I order) throws IOException;
    }
}
