package glasshouse.hub.sitepage;

import glasshouse.core.access.Action;
import glasshouse.core.entry.EntryKind;
import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import glasshouse.hub.index.Audience;
import glasshouse.hub.index.Entries;
import glasshouse.hub.index.Entries.Facet;
import glasshouse.hub.index.Entry;
import glasshouse.hub.index.EntryQuery;
import glasshouse.hub.index.People;
import glasshouse.hub.page.Pages;
import glasshouse.hub.page.Paging;
import glasshouse.hub.web.Call;
import glasshouse.hub.web.Guard;
import glasshouse.hub.web.Handler;
import glasshouse.hub.web.Method;
import glasshouse.hub.web.Reply;
import glasshouse.hub.web.Route;
import glasshouse.hub.web.Surface;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Home, catalogue, search, owners. */
public final class SiteRoutes {
    private static final int NEWEST = 12;
    private static final int ATTENTION = 8;
    private static final int CHOICES = 100;

    private final Pages pages;
    private final Entries entries;
    private final People people;

    public SiteRoutes(Pages pages, Entries entries, People people) {
        this.pages = pages;
        this.entries = entries;
        this.people = people;
    }

    public List<Route> routes() {
        return List.of(
                page("/", this::home, "What this instance holds, what is new, what needs attention."),
                page("/models", call -> catalogue(call, EntryKind.MODEL), "The catalogue of models."),
                page("/datasets", call -> catalogue(call, EntryKind.DATASET), "The catalogue of datasets."),
                page("/code", call -> catalogue(call, EntryKind.CODE), "The catalogue of code."),
                page("/spaces", call -> Reply.redirect("/code"), "The Hub's word for the catalogue of code."),
                page("/search", this::search, "Entries of all kinds in which words occur."),
                page("/{ns}", this::owner, "What a person or an organisation publishes."));
    }

    private static Route page(String pattern, Handler handler, String about) {
        return new Route(Method.GET, pattern, Surface.PAGE, Guard.anybody(), handler, about);
    }

    private Reply home(Call call) {
        Audience audience = call.caller().audience();
        List<HomePage.Holding> holdings = Arrays.stream(EntryKind.values())
                .map(kind ->
                        new HomePage.Holding(kind, entries.count(EntryQuery.newest(Optional.of(kind), 1), audience)))
                .toList();
        List<Entry> newest = entries.list(EntryQuery.newest(Optional.empty(), NEWEST), audience);
        List<Entry> contradicted = entries
                .list(sorted(EntryQuery.newest(Optional.empty(), ATTENTION), EntryQuery.Sort.CONTRADICTED), audience)
                .stream()
                .filter(entry -> entry.head().contradicted() > 0)
                .toList();
        return pages.reply("site/home.jte", new HomePage(pages.layout(call, "Home"), holdings, newest, contradicted));
    }

    private static EntryQuery sorted(EntryQuery q, EntryQuery.Sort sort) {
        return new EntryQuery(
                q.kind(),
                q.namespace(),
                q.search(),
                q.tags(),
                q.gated(),
                q.parametersMin(),
                q.parametersMax(),
                q.bytesMin(),
                q.bytesMax(),
                sort,
                false,
                q.offset(),
                q.limit());
    }

    private Reply catalogue(Call call, EntryKind kind) {
        String heading = switch (kind) {
            case MODEL -> "Models";
            case DATASET -> "Datasets";
            case CODE -> "Code";
        };
        return list(call, Filters.of(call, Optional.of(kind)), heading, "/" + kind.pageSegment(), kind.pageSegment());
    }

    private Reply search(Call call) {
        Optional<EntryKind> kind = call.query("kind").flatMap(EntryKind::parse);
        return list(call, Filters.of(call, kind), "Search", "/search", "");
    }

    private Reply list(Call call, Filters filters, String heading, String path, String section) {
        EntryQuery query = filters.query();
        Audience audience = call.caller().audience();
        long total = entries.count(query, audience);
        var choices = new CataloguePage.Choices(
                entries.facet(Facet.LICENCE, query, audience, CHOICES),
                entries.facet(Facet.LIBRARY, query, audience, CHOICES),
                entries.facet(Facet.TASK, query, audience, CHOICES),
                entries.facet(Facet.NAMESPACE, query, audience, CHOICES));
        var page = new CataloguePage(
                pages.layout(call, heading).in(section).searching(filters.search()),
                heading,
                path,
                filters,
                choices,
                total,
                entries.list(query, audience),
                Paging.of(filters.addressOfPages(path), filters.page(), Filters.PAGE_SIZE, total));
        return pages.reply("site/catalogue.jte", page);
    }

    private Reply owner(Call call) {
        String name = call.path("ns");
        var owner = people.namespace(name)
                .orElseThrow(() -> Problem.of(Code.NOT_FOUND, "nobody here is called `" + name + "`")
                        .refusal());
        EntryQuery all = EntryQuery.newest(Optional.empty(), Filters.PAGE_SIZE);
        EntryQuery query = new EntryQuery(
                all.kind(),
                Optional.of(owner.name()),
                all.search(),
                all.tags(),
                all.gated(),
                all.parametersMin(),
                all.parametersMax(),
                all.bytesMin(),
                all.bytesMax(),
                all.sort(),
                all.ascending(),
                0,
                all.limit());
        Audience audience = call.caller().audience();
        boolean me =
                call.caller().account().filter(a -> a.id().equals(owner.id())).isPresent();
        var layout = pages.layout(call, owner.name()).in(me ? "me" : "").at("/" + owner.name());
        var members = owner.organisation() ? people.membersOf(owner.id()) : people.membershipsOf(owner.id());
        return pages.reply(
                "site/owner.jte",
                new OwnerPage(
                        layout,
                        owner,
                        entries.list(query, audience),
                        entries.count(query, audience),
                        members,
                        owner.organisation()
                                && call.may(new Guard.Demand.OnNamespace(Action.MANAGE_NAMESPACE, owner.name())),
                        call.may(new Guard.Demand.OnNamespace(Action.CREATE_ENTRY, owner.name()))));
    }
}
