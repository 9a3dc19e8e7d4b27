package glasshouse.hub.web;

/** Answers one kind of request. Safe for many threads. */
@FunctionalInterface
public interface Handler {
    /**
     * Answers a call whose guard has let it through.
     *
     * @throws glasshouse.core.problem.Refusal to answer with a problem
     * @throws Exception anything else is our own fault and answered as such
     */
    Reply handle(Call call) throws Exception;
}
