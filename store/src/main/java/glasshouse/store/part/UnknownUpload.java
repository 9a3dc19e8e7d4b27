package glasshouse.store.part;

import java.io.IOException;

/** No such upload: never begun, or already assembled, aborted or expired. */
public final class UnknownUpload extends IOException {
    private static final long serialVersionUID = 1L;

    UnknownUpload(UploadId id) {
        super("no upload `" + id + "`");
    }
}
