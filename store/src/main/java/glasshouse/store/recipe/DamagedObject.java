package glasshouse.store.recipe;

import glasshouse.store.object.Sha256;
import java.io.IOException;

/** What is stored of an object is not what was stored. Storing the same bytes again heals it. */
public final class DamagedObject extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Sha256 sha256;

    DamagedObject(Sha256 sha256, String reason) {
        super("object " + sha256 + ": " + reason);
        this.sha256 = sha256;
    }

    DamagedObject(Sha256 sha256, DamagedXorb cause) {
        super("object " + sha256 + ": " + cause.getMessage(), cause);
        this.sha256 = sha256;
    }

    public Sha256 sha256() {
        return sha256;
    }
}
