package glasshouse.hub.commit;

import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a commit says of itself.
 *
 * @param summary the first line
 * @param description what follows it; may be empty
 * @param parentCommit the commit that the client takes to be the head, whole or its first digits, in lower case
 */
record Header(String summary, String description, Optional<String> parentCommit) {
    static final int MAX_SUMMARY = 1000;
    static final int MAX_DESCRIPTION = 65_536;

    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{5,40}");

    Header {
        if (summary.isBlank() || summary.length() > MAX_SUMMARY) {
            throw Problem.of(Code.INVALID, "a commit has a `summary` of 1 to " + MAX_SUMMARY + " characters")
                    .refusal();
        }
        if (description.length() > MAX_DESCRIPTION) {
            throw Problem.of(Code.INVALID, "the `description` has more than " + MAX_DESCRIPTION + " characters")
                    .refusal();
        }
        if (parentCommit.isPresent() && !COMMIT.matcher(parentCommit.get()).matches()) {
            throw Problem.of(Code.INVALID, "`parentCommit` is not a commit id")
                    .because("it has 5 to 40 hex digits")
                    .refusal();
        }
    }

    /** As git keeps it: no NUL, which would end it. */
    String message() {
        String text = description.isBlank() ? summary : summary + "\n\n" + description;
        return text.replace("\0", "");
    }
}
