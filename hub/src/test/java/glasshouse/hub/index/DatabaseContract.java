package glasshouse.hub.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glasshouse.core.access.Role;
import glasshouse.core.entry.EntryId;
import glasshouse.core.entry.EntryKind;
import glasshouse.core.entry.Gate;
import glasshouse.core.entry.RepoName;
import glasshouse.core.entry.RevisionId;
import glasshouse.core.entry.Visibility;
import glasshouse.core.problem.Refusal;
import glasshouse.hub.index.Credentials.Token;
import glasshouse.hub.index.HeldObjects.Held;
import glasshouse.hub.index.Inspections.Inspection;
import glasshouse.hub.index.Inspections.Sighting;
import glasshouse.hub.index.Jobs.Job;
import glasshouse.hub.index.Jobs.State;
import glasshouse.hub.index.Jobs.Wanted;
import glasshouse.hub.index.People.Account;
import glasshouse.hub.index.SeenRefs.Seen;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every engine behind the two databases has to do. */
abstract class DatabaseContract {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00.123Z");
    private static final EntryId ONE = new EntryId("000000000000000000000001");
    private static final EntryId TWO = new EntryId("000000000000000000000002");
    private static final RevisionId A = new RevisionId("a".repeat(40));
    private static final RevisionId B = new RevisionId("b".repeat(40));

    /** Both databases of an engine. */
    private record Open(Database people, Database index) implements AutoCloseable {
        @Override
        public void close() {
            people.close();
            index.close();
        }
    }

    /** An engine with nothing in it. */
    abstract DatabaseConfig engine() throws Exception;

    private static Open open(DatabaseConfig config) {
        return new Open(Database.people(config), Database.index(config));
    }

    private static Entry entry(EntryId id, String name) {
        return new Entry(
                id,
                EntryKind.MODEL,
                RepoName.parse(name),
                Visibility.PUBLIC,
                Gate.NONE,
                "main",
                Optional.empty(),
                "creator",
                NOW,
                Entry.Head.unknown(NOW));
    }

    private static Account account(Open db, String name) {
        return new People(db.people()).addAccount(name, name, Optional.empty(), Optional.empty(), false, NOW);
    }

    @Test
    void whatWasWrittenIsThereWhenItIsOpenedAgain() throws Exception {
        DatabaseConfig config = engine();
        try (Open db = open(config)) {
            account(db, "Ada");
            new Entries(db.index()).put(entry(ONE, "Ada/Engine"));
        }
        try (Open db = open(config)) {
            assertThat(new People(db.people()).account("aDA")).hasValueSatisfying(found -> {
                assertThat(found.name()).isEqualTo("Ada");
                assertThat(found.createdAt()).isEqualTo(NOW);
            });
            assertThat(new Entries(db.index()).find(EntryKind.MODEL, RepoName.parse("ada/ENGINE")))
                    .isPresent();
        }
    }

    @Test
    void aNameIsTakenOnceWhateverItsLetters() throws Exception {
        try (Open db = open(engine())) {
            account(db, "ada");
            assertThatThrownBy(() -> account(db, "ADA")).isInstanceOf(Refusal.class);
            assertThatThrownBy(() -> account(db, People.RECOVERED)).isInstanceOf(Refusal.class);
        }
    }

    @Test
    void anOrganisationKeepsAnAdministrator() throws Exception {
        try (Open db = open(engine())) {
            People people = new People(db.people());
            Account ada = account(db, "ada");
            String lab = people.addOrganisation("lab", "Lab", NOW).id();
            people.setMember(lab, ada.id(), Role.READ);
            people.setMember(lab, ada.id(), Role.ADMIN);
            assertThat(people.membershipsOf(ada.id()))
                    .singleElement()
                    .satisfies(membership -> assertThat(membership.role()).isEqualTo(Role.ADMIN));
            assertThatThrownBy(() -> people.removeMember(lab, ada.id())).isInstanceOf(Refusal.class);
            assertThat(people.membershipsOf(ada.id()))
                    .as("the refusal undid it")
                    .hasSize(1);
        }
    }

    @Test
    void tokensSessionsAndLinks() throws Exception {
        try (Open db = open(engine())) {
            Credentials credentials = new Credentials(db.people());
            Account ada = account(db, "ada");
            Token token = new Token(
                    "t1",
                    ada.id(),
                    "laptop",
                    "fine-grained",
                    "abcd",
                    NOW,
                    Optional.of(NOW.plusSeconds(60)),
                    Optional.empty(),
                    Map.of(ONE.value(), true));
            credentials.addToken(token, "hash");
            credentials.markUsed(Map.of("t1", NOW.plusSeconds(5)));
            assertThat(credentials.tokenByHash("hash")).hasValueSatisfying(found -> {
                assertThat(found.entries()).containsEntry(ONE.value(), true);
                assertThat(found.lastUsedAt()).contains(NOW.plusSeconds(5));
                assertThat(found.expiresAt()).contains(NOW.plusSeconds(60));
            });
            for (int i = 0; i < 4; i++) {
                credentials.addSession("session" + i, ada.id(), NOW.plusSeconds(i), NOW.plusSeconds(60), 2);
            }
            assertThat(credentials.session("session0"))
                    .as("the oldest go first")
                    .isEmpty();
            assertThat(credentials.session("session3"))
                    .hasValueSatisfying(
                            session -> assertThat(session.accountId()).isEqualTo(ada.id()));
            credentials.addLink("link", "first", NOW.plusSeconds(10));
            assertThat(credentials.linkIsGood("link", "first", NOW)).isTrue();
            assertThat(credentials.linkIsGood("link", "first", NOW.plusSeconds(10)))
                    .isFalse();
        }
    }

    @Test
    void requestsAndDecisions() throws Exception {
        try (Open db = open(engine())) {
            Governance governance = new Governance(db.people());
            Account ada = account(db, "ada");
            governance.ask(ONE, ada.id(), Gate.MANUAL, "{}", NOW);
            governance.ask(ONE, ada.id(), Gate.AUTO, "{}", NOW);
            assertThat(governance.requests(ONE, "pending", 0, 10)).hasSize(1);
            assertThat(governance.hasAccess(ONE, ada.id())).isFalse();
            governance.decide(ONE, ada.id(), "accepted", Optional.of("known"), "boss", NOW);
            assertThat(governance.hasAccess(ONE, ada.id())).isTrue();
            governance.addRedirect(EntryKind.MODEL, RepoName.parse("ada/old"), ONE, NOW);
            assertThat(governance.redirect(EntryKind.MODEL, RepoName.parse("Ada/Old")))
                    .contains(ONE.value());
            governance.forget(ONE);
            assertThat(governance.hasAccess(ONE, ada.id())).isFalse();
            assertThat(governance.redirect(EntryKind.MODEL, RepoName.parse("ada/old")))
                    .isEmpty();
        }
    }

    @Test
    void entriesAreListedForWhoMaySeeThem() throws Exception {
        try (Open db = open(engine())) {
            Entries entries = new Entries(db.index());
            entries.put(entry(ONE, "ada/engine"));
            entries.put(entry(TWO, "bob/motor").with(Visibility.PRIVATE, Gate.NONE));
            EntryQuery newest = EntryQuery.newest(Optional.of(EntryKind.MODEL), 10);
            assertThat(entries.list(newest, Audience.PUBLIC))
                    .extracting(Entry::id)
                    .containsExactly(ONE);
            Audience bob = new Audience(false, Set.of("bob"), Set.of(), false);
            assertThat(entries.list(newest, bob)).extracting(Entry::id).containsExactlyInAnyOrder(ONE, TWO);
            assertThat(entries.count(newest, new Audience(true, Set.of(), Set.of(), false)))
                    .isEqualTo(2);
            assertThat(entries.totals().entries()).isEqualTo(2);
            assertThat(entries.change(ONE, now -> now.withDefaultBranch("trunk")))
                    .hasValueSatisfying(
                            changed -> assertThat(changed.defaultBranch()).isEqualTo("trunk"));
            entries.forget(ONE);
            assertThat(entries.find(ONE)).isEmpty();
        }
    }

    @Test
    void aNameIsOfOneEntry() throws Exception {
        try (Open db = open(engine())) {
            Entries entries = new Entries(db.index());
            entries.put(entry(ONE, "ada/engine"));
            assertThatThrownBy(() -> entries.put(entry(TWO, "ADA/Engine"))).isInstanceOf(RuntimeException.class);
            assertThat(entries.ids()).containsExactly(ONE);
            entries.put(entry(TWO, "ada/other"));
            assertThat(entries.ids())
                    .as("the writer is not spoilt by a failure")
                    .containsExactly(ONE, TWO);
        }
    }

    @Test
    void objectsThatAreHeld(@TempDir Path folder) throws Exception {
        try (Open db = open(engine())) {
            HeldObjects held = new HeldObjects(db.index(), id -> folder);
            List<Held> many = IntStream.range(0, 1200)
                    .mapToObj(n -> new Held("%064x".formatted(n), n))
                    .toList();
            held.holdAll(ONE, many, NOW);
            held.holdAll(ONE, many, NOW);
            assertThat(held.of(ONE)).containsExactlyElementsOf(many);
            assertThat(held.sizesOf(ONE, many.stream().map(Held::sha256).toList()))
                    .hasSize(1200);
            assertThat(held.totalBytes(ONE)).isEqualTo(1199 * 600L);
            assertThat(held.holds(TWO, many.getFirst().sha256())).isFalse();
            held.release(ONE, List.of(many.getLast().sha256()));
            held.restore(ONE);
            assertThat(held.of(ONE)).containsExactlyElementsOf(many.subList(0, 1199));
        }
    }

    @Test
    void refsThatWereSeenAndTheWorkThatTheyMake() throws Exception {
        try (Open db = open(engine())) {
            new Entries(db.index()).put(entry(ONE, "ada/engine"));
            SeenRefs refs = new SeenRefs(db.index());
            Wanted look = new Wanted("inspect-head", ONE.value(), "", 1);
            List<Seen> thousand = IntStream.range(0, 1000)
                    .mapToObj(n -> new Seen("refs/heads/step" + n, Optional.of(A)))
                    .toList();
            assertThat(refs.note(ONE, thousand, now -> now.withDefaultBranch("step0"), List.of(look, look), NOW))
                    .isTrue();
            assertThat(refs.of(ONE)).hasSize(1000).containsEntry("refs/heads/step7", A);
            refs.note(
                    ONE,
                    List.of(
                            new Seen("refs/heads/step7", Optional.of(B)),
                            new Seen("refs/heads/step8", Optional.empty())),
                    now -> now,
                    List.of(),
                    NOW);
            assertThat(refs.of(ONE)).hasSize(999).containsEntry("refs/heads/step7", B);
            assertThat(new Jobs(db.index()).counts()).containsEntry(State.WAITING, 1L);
            assertThat(refs.note(TWO, thousand, now -> now, List.of(look), NOW)).isFalse();
            assertThat(refs.of(TWO)).isEmpty();
        }
    }

    @Test
    void jobsFromTheirStartToTheirEnd() throws Exception {
        try (Open db = open(engine())) {
            Jobs jobs = new Jobs(db.index());
            jobs.add(
                    List.of(new Wanted("maintain", ONE.value(), "", 4), new Wanted("inspect-head", TWO.value(), "", 1)),
                    NOW);
            jobs.add(List.of(new Wanted("inspect-head", TWO.value(), "", 1)), NOW.minusSeconds(5));
            assertThat(jobs.nextDue()).contains(NOW.minusSeconds(5));
            Job first = jobs.claim(NOW).orElseThrow();
            assertThat(first.kind()).isEqualTo("inspect-head");
            assertThat(jobs.progress(first.id(), 3, 9, "at it")).isTrue();
            assertThat(jobs.find(first.id()).orElseThrow().stepsDone()).isEqualTo(3);
            jobs.retry(first, NOW.plusSeconds(10), "failed");
            assertThat(jobs.claim(NOW))
                    .hasValueSatisfying(next -> assertThat(next.kind()).isEqualTo("maintain"));
            assertThat(jobs.claim(NOW)).isEmpty();
            Job again = jobs.claim(NOW.plusSeconds(10)).orElseThrow();
            assertThat(again.attempts()).isEqualTo(2);
            jobs.done(again, NOW, "seen");
            assertThat(jobs.recover()).isEqualTo(1);
            assertThat(jobs.list(Optional.of(TWO), Optional.of(State.DONE), 0, 10))
                    .singleElement()
                    .satisfies(done -> assertThat(done.message()).isEqualTo("seen"));
            assertThat(jobs.counts()).containsEntry(State.WAITING, 1L).containsEntry(State.DONE, 1L);
        }
    }

    @Test
    void aJobIsTakenByOne() throws Exception {
        try (Open db = open(engine());
                ExecutorService threads = Executors.newFixedThreadPool(8)) {
            Jobs jobs = new Jobs(db.index());
            jobs.add(
                    IntStream.range(0, 40)
                            .mapToObj(n -> new Wanted("maintain", "%024x".formatted(n), "", 1))
                            .toList(),
                    NOW);
            List<Callable<Optional<Job>>> takers = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                takers.add(() -> jobs.claim(NOW));
            }
            List<String> taken = new ArrayList<>();
            for (var taker : threads.invokeAll(takers)) {
                taker.get().map(Job::id).ifPresent(taken::add);
            }
            assertThat(taken).hasSize(40).doesNotHaveDuplicates();
        }
    }

    @Test
    void evidenceIsKeptOnceAndGoesWhenNothingRestsOnIt() throws Exception {
        try (Open db = open(engine())) {
            Entries entries = new Entries(db.index());
            entries.put(entry(ONE, "ada/engine"));
            Inspections inspections = new Inspections(db.index());
            List<Sighting> seen = List.of(new Sighting("d1", "{\"a\":1}", NOW), new Sighting("d2", "{}", NOW));
            inspections.keepLook("card 1", seen);
            inspections.put(new Inspection(ONE, A, NOW, "card/1", "all", 1, 2), seen);
            inspections.put(new Inspection(ONE, A, NOW, "card/1", "all", 1, 2), seen);
            assertThat(inspections.look("card 1")).contains(seen);
            assertThat(inspections.evidence(ONE, A)).isEqualTo(seen);
            assertThat(inspections.inspected(ONE, "card/1")).containsExactly(A);
            assertThat(inspections.inspected(ONE, "card/2")).isEmpty();
            assertThat(inspections.sweep(NOW.plusSeconds(1))).isZero();
            inspections.put(new Inspection(TWO, A, NOW, "card/1", "all", 1, 2), seen);
            assertThat(inspections.find(TWO, A)).as("there is no such entry").isEmpty();
            entries.remove(ONE);
            assertThat(inspections.sweep(NOW))
                    .as("it may be of an inspection under way")
                    .isZero();
            assertThat(inspections.sweep(NOW.plusSeconds(1))).isEqualTo(2);
            assertThat(inspections.look("card 1")).isEmpty();
        }
    }
}
