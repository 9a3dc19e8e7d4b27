package glasshouse.store.xet;

/** Bytes are not an LZ4 frame. Its message is the reason; where it lies is known to whoever knows where the frame lies. */
final class BadFrame extends Exception {
    private static final long serialVersionUID = 1L;

    BadFrame(String reason) {
        // Hostile input is common and a stack trace says nothing about it.
        super(reason, null, false, false);
    }

    String reason() {
        String reason = getMessage();
        return reason == null ? "unreadable" : reason;
    }
}
