package glasshouse.hub.repos;

import static org.assertj.core.api.Assertions.assertThat;

import glasshouse.core.entry.EntryKind;
import glasshouse.core.entry.Gate;
import glasshouse.core.entry.Visibility;
import glasshouse.hub.index.Entry;
import glasshouse.hub.testing.TestHub;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ListRoutesTest {
    @TempDir
    Path data;

    private TestHub hub;

    @BeforeEach
    void start() throws Exception {
        hub = TestHub.in(data);
        hub.user("ada");
        hub.user("bob");
        model("ada/alpha", "bert base", List.of("license:mit", "en", "pytorch"), 100_000_000L, 1);
        model("ada/beta", "another", List.of("license:apache-2.0", "de", "text-generation"), 7_000_000_000L, 2);
        model("bob/gamma", "", List.of("license:mit"), 0L, 3);
        Entry gated = model("bob/delta_x", "", List.of(), 0L, 4);
        hub.parts().lifecycle().set(gated, Optional.empty(), Optional.of(Gate.AUTO));
    }

    @AfterEach
    void stop() throws Exception {
        hub.close();
    }

    private Entry model(String name, String title, List<String> tags, long parameters, int second) throws Exception {
        Entry entry = hub.entry(EntryKind.MODEL, name, Visibility.PUBLIC, name.substring(0, name.indexOf('/')));
        // What runs in the background brings rows up to date; the ones that are made up here come after that.
        hub.parts().background().queue().settle();
        return hub.parts()
                .entries()
                .change(
                        entry.id(),
                        known -> known.with(new Entry.Head(
                                known.head().revision(),
                                Instant.ofEpochSecond(second),
                                "{\"license\": \"mit\"}",
                                title,
                                tags,
                                Optional.empty(),
                                tags.contains("pytorch") ? Optional.of("pytorch") : Optional.empty(),
                                tags.contains("text-generation") ? Optional.of("text-generation") : Optional.empty(),
                                parameters == 0 ? Optional.empty() : Optional.of(parameters),
                                Optional.empty(),
                                0,
                                0,
                                0,
                                0,
                                0,
                                Optional.empty())))
                .orElseThrow();
    }

    private List<String> listed(String query) throws Exception {
        var answer = hub.get("/api/models?" + query, "");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return names(answer);
    }

    private static List<String> names(TestHub.Answer answer) {
        return answer.json()
                .valueStream()
                .map(item -> item.path("id").asString())
                .toList();
    }

    @Test
    void filtersByEveryThingThatClientsSend() throws Exception {
        assertThat(listed("")).containsExactly("bob/delta_x", "bob/gamma", "ada/beta", "ada/alpha");
        assertThat(listed("author=ADA")).containsExactly("ada/beta", "ada/alpha");
        assertThat(listed("search=BERT")).containsExactly("ada/alpha");
        assertThat(listed("search=ada+bert")).containsExactly("ada/alpha");
        assertThat(listed("search=delta_")).containsExactly("bob/delta_x");
        assertThat(listed("search=%25")).isEmpty();
        assertThat(listed("filter=license:mit")).containsExactly("bob/gamma", "ada/alpha");
        assertThat(listed("filter=license:mit&filter=en")).containsExactly("ada/alpha");
        assertThat(listed("license=mit&language=en")).containsExactly("ada/alpha");
        assertThat(listed("library=pytorch")).containsExactly("ada/alpha");
        assertThat(listed("pipeline_tag=text-generation")).containsExactly("ada/beta");
        assertThat(listed("gated=true")).containsExactly("bob/delta_x");
        assertThat(listed("gated=False")).doesNotContain("bob/delta_x").hasSize(3);
        assertThat(listed("num_parameters=min:1B,max:128B")).containsExactly("ada/beta");
        assertThat(listed("num_parameters=max:0.5B")).containsExactly("ada/alpha");
        assertThat(listed("inference=warm")).isEmpty();
        assertThat(listed("author=ada'%20OR%201=1")).isEmpty();
    }

    @Test
    void sortsAsAskedAndRefusesWhatItDoesNotKnow() throws Exception {
        assertThat(listed("sort=lastModified&direction=-1").getFirst()).isEqualTo("bob/delta_x");
        assertThat(listed("sort=lastModified&direction=1").getFirst()).isEqualTo("ada/alpha");
        assertThat(listed("sort=createdAt").getFirst()).isEqualTo("bob/delta_x");
        Entry alpha = hub.parts()
                .entries()
                .find(EntryKind.MODEL, glasshouse.core.entry.RepoName.parse("ada/alpha"))
                .orElseThrow();
        hub.parts().downloads().count(alpha.id(), "somebody");
        assertThat(listed("sort=downloads").getFirst()).isEqualTo("ada/alpha");
        for (String wrong : List.of(
                "sort=beauty",
                "expand=beauty",
                "gated=perhaps",
                "num_parameters=many",
                "cursor=!!!",
                "cursor=YWJj",
                "search=" + "x".repeat(500),
                "filter=" + "a,".repeat(50))) {
            assertThat(hub.get("/api/models?" + wrong, "").status()).as(wrong).isEqualTo(400);
        }
    }

    @Test
    void pagesThatAPushInBetweenDoesNotShift() throws Exception {
        for (String sort : List.of("lastModified", "createdAt", "downloads", "name", "num_parameters")) {
            List<String> seen = new ArrayList<>();
            String next = "/api/models?sort=" + sort + "&limit=1&expand=private";
            while (!next.isEmpty()) {
                var page = hub.get(next, "");
                seen.addAll(names(page));
                String link = page.header("Link");
                assertThat(link)
                        .satisfiesAnyOf(
                                none -> assertThat(none).isEmpty(),
                                one -> assertThat(one)
                                        .matches("<http://127\\.0\\.0\\.1:\\d+/api/models\\?[^<> ]+>; rel=\"next\""));
                next = link.isEmpty() ? "" : link.substring(1 + hub.base().length(), link.indexOf('>'));
                if (seen.size() == 1 && sort.equals("lastModified")) {
                    model("bob/new", "", List.of(), 0, 9);
                }
            }
            assertThat(seen).as(sort).doesNotHaveDuplicates().contains("ada/alpha", "ada/beta", "bob/gamma");
        }
    }

    @Test
    void showsTheFieldsThatWereAskedForAlone() throws Exception {
        JsonNode item = hub.get("/api/models?search=alpha&expand=sha&expand=likes&expand=gitalyUid", "")
                .json()
                .get(0);
        assertThat(item.propertyNames()).containsExactlyInAnyOrder("_id", "id", "modelId", "sha", "likes");
        JsonNode full = hub.get("/api/models?search=alpha&full=True&cardData=true", "")
                .json()
                .get(0);
        assertThat(full.path("siblings").get(0).path("rfilename").asString()).isEqualTo(".gitattributes");
        assertThat(full.path("cardData").path("license").asString()).isEqualTo("mit");
        assertThat(hub.get("/api/models?search=alpha", "").json().get(0).has("siblings"))
                .isFalse();
        assertThat(hub.get("/api/datasets?expand=pipeline_tag", "").status()).isEqualTo(400);
    }

    @Test
    void tagsByTypeAreThoseOfEntriesThatTheCallerSees() throws Exception {
        Entry secret = model("bob/secret", "", List.of("license:secret-1"), 0L, 5);
        hub.parts().lifecycle().set(secret, Optional.of(Visibility.PRIVATE), Optional.empty());
        JsonNode tags = hub.get("/api/models-tags-by-type", "").json();
        assertThat(tags.path("license").get(0).toString())
                .isEqualTo("{\"id\":\"license:mit\",\"label\":\"mit\",\"type\":\"license\",\"count\":2}");
        assertThat(tags.path("library").get(0).path("id").asString()).isEqualTo("pytorch");
        assertThat(tags.path("pipeline_tag").get(0).path("id").asString()).isEqualTo("text-generation");
        assertThat(tags.path("language").size()).isEqualTo(2);
        assertThat(tags.toString()).doesNotContain("secret");
        assertThat(hub.get("/api/models-tags-by-type", hub.token("bob", "read")).body())
                .contains("secret");
    }
}
