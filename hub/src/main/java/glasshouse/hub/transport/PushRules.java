package glasshouse.hub.transport;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.transport.ReceiveCommand;

/** Which refs a push may change, and how. */
final class PushRules {
    private static final int MAX_NAME_BYTES = 255;
    private static final Pattern LIKE_A_REVISION = Pattern.compile("[0-9a-fA-F]{40}");

    private final String defaultBranch;
    private final BooleanSupplier mayRewrite;

    /** @param mayRewrite asked at most once for each command that rewrites the default branch */
    PushRules(String defaultBranch, BooleanSupplier mayRewrite) {
        this.defaultBranch = defaultBranch;
        this.mayRewrite = mayRewrite;
    }

    /** Why a command is refused, or nothing. */
    Optional<String> fault(ReceiveCommand command) {
        String ref = command.getRefName();
        boolean branch = ref.startsWith(Constants.R_HEADS);
        if (!branch && !ref.startsWith(Constants.R_TAGS)) {
            return Optional.of(
                    ref.startsWith("refs/pr/")
                            ? "pull requests are opened and changed through the API or on their page"
                            : "only branches and tags can be pushed");
        }
        String name = ref.substring(branch ? Constants.R_HEADS.length() : Constants.R_TAGS.length());
        if (command.getType() == ReceiveCommand.Type.DELETE) {
            return branch && name.equals(defaultBranch) && !mayRewrite.getAsBoolean()
                    ? Optional.of("only administrators may delete the default branch")
                    : Optional.empty();
        }
        if (command.getType() == ReceiveCommand.Type.CREATE) {
            Optional<String> fault = nameFault(name);
            if (fault.isPresent()) {
                return fault;
            }
        }
        return command.getType() == ReceiveCommand.Type.UPDATE_NONFASTFORWARD
                        && branch
                        && name.equals(defaultBranch)
                        && !mayRewrite.getAsBoolean()
                ? Optional.of(
                        "only administrators may rewrite the default branch; push without --force, or to another branch")
                : Optional.empty();
    }

    private static Optional<String> nameFault(String name) {
        if (LIKE_A_REVISION.matcher(name).matches()) {
            return Optional.of("a name of 40 hex digits would be taken for a revision");
        }
        for (String segment : name.split("/")) {
            // `.lock` is added to it while it is written.
            if (segment.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES - ".lock".length()) {
                return Optional.of("a segment of a name has at most 250 bytes");
            }
        }
        return Optional.empty();
    }
}
