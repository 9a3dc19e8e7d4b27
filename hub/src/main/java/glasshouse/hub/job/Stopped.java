package glasshouse.hub.job;

/** Ends work in the middle, through no fault of its own: the server stops, or nobody wants the work any more. */
final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Stopped() {
        super("stopped", null, false, false);
    }
}
