package glasshouse.hub.gate;

import glasshouse.core.entry.Gate;
import glasshouse.core.entry.Names;
import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import glasshouse.hub.index.Entry;
import glasshouse.hub.index.Governance;
import glasshouse.hub.index.Governance.AccessRequest;
import glasshouse.hub.index.People;
import glasshouse.hub.index.People.Account;
import glasshouse.hub.web.Json;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Takes requests for access and decides on them. Whether somebody may is not asked here: a guard did. */
public final class AccessRequests {
    /** The most characters of a reason. */
    public static final int MAX_REASON = 2_000;

    private final Governance governance;
    private final People people;
    private final InstantSource clock;

    public AccessRequests(Governance governance, People people, InstantSource clock) {
        this.governance = governance;
        this.people = people;
        this.clock = clock;
    }

    /** How a request stands. */
    public enum Status {
        PENDING,
        ACCEPTED,
        REJECTED;

        /** The word in the API and in the table. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        /** @throws glasshouse.core.problem.Refusal INVALID */
        public static Status parse(String word) {
            for (Status status : values()) {
                if (status.word().equals(word)) {
                    return status;
                }
            }
            throw Problem.of(Code.INVALID, "a request is `pending`, `accepted` or `rejected`")
                    .refusal();
        }
    }

    /**
     * Asks for access. Who asked before gets the answer of then.
     *
     * @param answers what was filled in, by name of the field; what no field asks for is dropped
     * @return how the request stands
     */
    public Status ask(Entry entry, Account account, Map<String, String> answers) {
        requireGate(entry);
        Optional<AccessRequest> before = governance.request(entry.id(), account.id());
        if (before.isPresent()) {
            return Status.parse(before.get().status());
        }
        ObjectNode fields = Json.object();
        for (GateField field : GateField.of(entry)) {
            fields.set(field.name(), field.check(answers.getOrDefault(field.name(), "")));
        }
        governance.ask(entry.id(), account.id(), entry.gate(), fields.toString(), now());
        return entry.gate() == Gate.AUTO ? Status.ACCEPTED : Status.PENDING;
    }

    /**
     * Decides on a request.
     *
     * @throws glasshouse.core.problem.Refusal NOT_FOUND where the person did not ask, or the request stands so already
     */
    public void decide(Entry entry, String user, Status status, Optional<String> reason, Account by) {
        requireGate(entry);
        if (reason.isPresent() && (status != Status.REJECTED || reason.get().length() > MAX_REASON)) {
            throw Problem.of(Code.INVALID, "only a rejection has a reason, of at most " + MAX_REASON + " characters")
                    .refusal();
        }
        Account person = account(user);
        AccessRequest request = governance
                .request(entry.id(), person.id())
                .orElseThrow(() -> Problem.of(Code.NOT_FOUND, "`" + person.name() + "` has not asked for access")
                        .mend("grant it instead")
                        .refusal());
        if (request.status().equals(status.word())) {
            throw Problem.of(Code.NOT_FOUND, "the request of `" + person.name() + "` is " + status.word() + " already")
                    .refusal();
        }
        governance.decide(entry.id(), person.id(), status.word(), reason, by.id(), now());
    }

    /**
     * Gives access to somebody, whether they asked or not.
     *
     * @throws glasshouse.core.problem.Refusal INVALID where they have it
     */
    public void grant(Entry entry, String user, Account by) {
        requireGate(entry);
        Account person = account(user);
        if (governance.hasAccess(entry.id(), person.id())) {
            throw Problem.of(Code.INVALID, "`" + person.name() + "` has access already")
                    .refusal();
        }
        governance.decide(entry.id(), person.id(), Status.ACCEPTED.word(), Optional.empty(), by.id(), now());
    }

    /**
     * Takes a request or a grant back: afterwards it is as if it had not been, and the person can ask again.
     *
     * @throws glasshouse.core.problem.Refusal NOT_FOUND where there is none
     */
    public void cancel(Entry entry, String user) {
        Account person = account(user);
        if (!governance.cancel(entry.id(), person.id())) {
            throw Problem.of(Code.NOT_FOUND, "`" + person.name() + "` has neither asked for access nor has it")
                    .refusal();
        }
    }

    /**
     * Takes one's own request back.
     *
     * @throws glasshouse.core.problem.Refusal FORBIDDEN where it was rejected: asking again would undo that
     */
    public void withdraw(Entry entry, Account account) {
        boolean rejected = governance
                .request(entry.id(), account.id())
                .map(request -> request.status().equals(Status.REJECTED.word()))
                .orElse(false);
        if (rejected) {
            throw Problem.of(Code.FORBIDDEN, "the request was rejected")
                    .mend("write to those who manage the entry")
                    .refusal();
        }
        cancel(entry, account.name());
    }

    private Account account(String user) {
        Names.check(user);
        return people.account(user)
                .orElseThrow(() -> Problem.of(Code.NOT_FOUND, "no user is called `" + user + "`")
                        .refusal());
    }

    private static void requireGate(Entry entry) {
        if (entry.gate() == Gate.NONE) {
            throw Problem.of(
                            Code.INVALID,
                            "`" + entry.name() + "` is not gated: its files are given to everybody who sees it")
                    .refusal();
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
