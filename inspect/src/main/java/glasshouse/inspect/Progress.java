package glasshouse.inspect;

/** Is told how far an inspection is. */
@FunctionalInterface
public interface Progress {
    /** Tells nobody. */
    Progress NOBODY = (done, total) -> {};

    /** Called in order, from the thread that inspects: once before the first inspector and once after each. */
    void at(int done, int total);
}
