package glasshouse.core.know;

/** How a statement stands, in the order in which a reader should see them: what is wrong, what is missing, what holds. */
public enum Standing {
    CONTRADICTED("contradicted", "≠"),
    NOT_CHECKABLE("not checkable", "?"),
    WITHHELD("withheld", "—"),
    SUPPORTED("supported", "✓"),
    ATTESTED("attested", "✎"),
    CLAIMED("claimed", "“");

    private final String word;
    private final String sign;

    Standing(String word, String sign) {
        this.word = word;
        this.sign = sign;
    }

    /** The word that readers see. */
    public String word() {
        return word;
    }

    /** The sign beside the word, where there is room for one. */
    public String sign() {
        return sign;
    }

    public static Standing of(Claim.Outcome outcome) {
        return switch (outcome) {
            case Claim.Contradicted c -> CONTRADICTED;
            case Claim.NotCheckable n -> NOT_CHECKABLE;
            case Claim.Supported s -> SUPPORTED;
            case Claim.Attested a -> ATTESTED;
            case Claim.Claimed c -> CLAIMED;
        };
    }

    public static Standing of(Fact.State state) {
        return switch (state) {
            case Fact.Known k -> SUPPORTED;
            case Fact.Estimated e -> SUPPORTED;
            case Fact.Unknown u -> NOT_CHECKABLE;
            case Fact.Withheld w -> WITHHELD;
            case Fact.NotApplicable n -> CLAIMED;
        };
    }
}
