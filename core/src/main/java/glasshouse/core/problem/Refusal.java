package glasshouse.core.problem;

/** Carries a {@link Problem} from where it was noticed to the one place that renders it. */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public Refusal(Problem problem) {
        super(problem.sentence());
        this.problem = problem;
    }

    public Refusal(Problem problem, Throwable cause) {
        super(problem.sentence(), cause);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
