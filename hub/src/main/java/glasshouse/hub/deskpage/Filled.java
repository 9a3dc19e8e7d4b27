package glasshouse.hub.deskpage;

import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import glasshouse.hub.web.BodyLimit;
import glasshouse.hub.web.Call;
import glasshouse.hub.web.Parameters;
import java.io.IOException;
import java.util.Optional;

/** What somebody filled in. */
final class Filled {
    private final Parameters fields;

    private Filled(Parameters fields) {
        this.fields = fields;
    }

    static Filled of(Call call) throws IOException {
        return new Filled(call.form());
    }

    /**
     * What somebody filled in who need not be signed in: there is no session yet that would be checked, and a form on another site must
     * not sign a visitor in under an account that is not theirs.
     */
    static Filled fromHere(Call call) throws IOException {
        String site = call.header("Sec-Fetch-Site").orElse("");
        boolean named = !site.isEmpty();
        boolean here = named
                ? site.equals("same-origin") || site.equals("none")
                : call.header("Origin").map(call.address().base()::equals).orElse(true);
        if (!here) {
            throw Problem.of(Code.FORBIDDEN, "the form was filled in on another site")
                    .refusal();
        }
        return new Filled(call.form(BodyLimit.WORDS));
    }

    /** A field without the space around it; empty where it is missing. */
    String text(String name) {
        return raw(name).strip();
    }

    /** A field as it is. */
    String raw(String name) {
        return fields.first(name).orElse("");
    }

    Optional<String> optional(String name) {
        return Optional.of(text(name)).filter(value -> !value.isEmpty());
    }
}
