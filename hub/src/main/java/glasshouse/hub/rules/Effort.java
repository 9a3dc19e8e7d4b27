package glasshouse.hub.rules;

import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;

/** How much one request may have its paths compared with rules: they are few in practice, and both may be sent. For one thread. */
public final class Effort {
    /** The most bytes of one text of rules. */
    public static final int MAX_TEXT_BYTES = 1 << 20;

    /** Single comparisons: about a second. */
    private static final long MAX_STEPS = 300_000_000L;

    /** All of them are in memory at once. */
    private static final int MAX_RULES = 50_000;

    private long steps;
    private int rules;

    /** Counts work that is about to be done. */
    public void spend(long more) {
        steps += more;
        if (steps > MAX_STEPS) {
            throw Problem.of(Code.TOO_LARGE, "comparing so many paths with so many rules takes too long")
                    .because("`.gitignore` or `.gitattributes` has many rules, or odd ones")
                    .mend("send fewer files at once, or replace rules for single files by patterns such as `*.bin`")
                    .refusal();
        }
    }

    /** Counts a rule that is kept. */
    void keep() {
        if (++rules > MAX_RULES) {
            throw Problem.of(Code.TOO_LARGE, "`.gitignore` or `.gitattributes` has more than " + MAX_RULES + " rules")
                    .mend("replace rules for single files by patterns such as `*.bin`")
                    .refusal();
        }
    }
}
