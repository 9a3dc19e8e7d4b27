package glasshouse.store.part;

import glasshouse.store.object.Intake;
import java.io.IOException;

/**
 * One part on its way in. If another one begins for the same part, this one fails at its next write: the client has given it up
 * and tries again.
 */
public interface PartWriter extends Intake {
    /**
     * The part is complete. It outlives the process, but not yet a loss of power: what is lost then is asked for again.
     *
     * @throws glasshouse.store.object.ObjectMismatch where bytes are missing
     */
    Part commit() throws IOException;
}
