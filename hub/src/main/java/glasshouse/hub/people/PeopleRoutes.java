package glasshouse.hub.people;

import glasshouse.hub.account.Caller;
import glasshouse.hub.index.Credentials.Token;
import glasshouse.hub.index.People;
import glasshouse.hub.index.People.Account;
import glasshouse.hub.index.People.Membership;
import glasshouse.hub.web.Call;
import glasshouse.hub.web.Guard;
import glasshouse.hub.web.Json;
import glasshouse.hub.web.Method;
import glasshouse.hub.web.Reply;
import glasshouse.hub.web.Route;
import glasshouse.hub.web.Surface;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Who the caller is. */
public final class PeopleRoutes {
    private final People people;

    public PeopleRoutes(People people) {
        this.people = people;
    }

    public List<Route> routes() {
        return List.of(new Route(
                Method.GET,
                "/api/whoami-v2",
                Surface.API,
                Guard.signedIn(),
                this::whoAmI,
                "Who the caller is, what they are a member of, and what they came with."));
    }

    private Reply whoAmI(Call call) {
        Account account = call.account();
        ObjectNode answer = Json.object()
                .put("type", "user")
                .put("id", account.id())
                .put("name", account.name())
                .put("fullname", account.fullName());
        account.email().ifPresent(email -> answer.put("email", email));
        answer.put("emailVerified", account.email().isPresent())
                .put("canPay", false)
                .put("isPro", false)
                .putNull("periodEnd");
        ArrayNode organisations = answer.putArray("orgs");
        for (Membership membership : people.membershipsOf(account.id())) {
            people.namespace(membership.organisation())
                    .ifPresent(organisation -> organisations
                            .addObject()
                            .put("type", "org")
                            .put("id", organisation.id())
                            .put("name", organisation.name())
                            .put("fullname", organisation.fullName())
                            .put("roleInOrg", membership.role().word())
                            .put("canPay", false)
                            .put("isEnterprise", false));
        }
        ObjectNode auth = answer.putObject("auth");
        Optional<Token> token = call.caller() instanceof Caller.Person person ? person.token() : Optional.empty();
        token.ifPresentOrElse(with -> token(auth, with), () -> auth.put("type", "session"));
        return Reply.json(answer);
    }

    private static void token(ObjectNode auth, Token token) {
        auth.put("type", "access_token");
        String role = token.role().equals("fine-grained") ? "fineGrained" : token.role();
        ObjectNode described = auth.putObject("accessToken")
                .put("displayName", token.name())
                .put("role", role)
                .put("createdAt", Json.time(token.createdAt()));
        token.expiresAt().ifPresent(end -> described.put("expiration", Json.time(end)));
        if (role.equals("fineGrained")) {
            ArrayNode scoped = described.putObject("fineGrained").putArray("scoped");
            token.entries().forEach((entry, mayWrite) -> {
                ObjectNode scope = scoped.addObject();
                scope.putObject("entity").put("_id", entry).put("type", "repo");
                ArrayNode permissions = scope.putArray("permissions").add("repo.content.read");
                if (mayWrite) {
                    permissions.add("repo.write");
                }
            });
        }
    }
}
