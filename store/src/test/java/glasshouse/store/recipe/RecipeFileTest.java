package glasshouse.store.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glasshouse.store.chunk.XetHash;
import glasshouse.store.object.Sha256;
import glasshouse.store.xet.Term;
import glasshouse.testkit.bytes.Damage;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RecipeFileTest {
    private static final Sha256 NAME = new Sha256("ab".repeat(32));
    private static final Recipe RECIPE = new Recipe(
            NAME,
            new XetHash(1, 2, 3, 4),
            1000,
            List.of(new Term(new XetHash(5, 6, 7, 8), 0, 3, 900), new Term(new XetHash(9, 9, 9, 9), 7, 8, 100)),
            List.of(new XetHash(1, 1, 1, 1), new XetHash(2, 2, 2, 2)));

    @Test
    void is_read_as_it_was_written() throws DamagedObject {
        RecipeFile file = new RecipeFile(RECIPE, new LinkedHashSet<>(List.of("bob/b", "alice/a")));
        assertThat(RecipeFile.read(file.bytes(), NAME)).isEqualTo(file);
        Recipe empty = new Recipe(Sha256.OF_NOTHING, XetHash.ZERO, 0, List.of(), List.of());
        RecipeFile none = new RecipeFile(empty, Set.of());
        assertThat(RecipeFile.read(none.bytes(), Sha256.OF_NOTHING)).isEqualTo(none);
    }

    @Test
    void no_damage_goes_unnoticed() {
        byte[] whole = new RecipeFile(RECIPE, Set.of("alice/a")).bytes();
        assertThatThrownBy(() -> RecipeFile.read(whole, Sha256.OF_NOTHING))
                .isInstanceOf(DamagedObject.class)
                .hasMessageContaining("another object");
        Damage.cuts(whole)
                .forEach(cut ->
                        assertThatThrownBy(() -> RecipeFile.read(cut, NAME)).isInstanceOf(DamagedObject.class));
        Damage.flips(whole, whole.length)
                .forEach(flipped ->
                        assertThatThrownBy(() -> RecipeFile.read(flipped, NAME)).isInstanceOf(DamagedObject.class));
    }

    @Test
    void the_oldest_scope_makes_room() {
        Set<String> scopes = Set.of();
        for (int i = 0; i < 100; i++) {
            scopes = RecipeFile.with(scopes, new Scope("scope-" + i));
        }
        scopes = RecipeFile.with(scopes, new Scope("scope-50"));
        assertThat(scopes).hasSize(64).contains("scope-99", "scope-50").doesNotContain("scope-35");
        assertThat(List.copyOf(scopes).getLast()).isEqualTo("scope-50");
    }

    @Test
    void a_scope_is_visible_ascii() {
        for (String bad : List.of("", "a b", "a\nb", "\u00e4", "x".repeat(201))) {
            assertThatThrownBy(() -> new Scope(bad)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(new Scope("alice/weights").key()).isNotEqualTo(new Scope("alice/weight").key());
    }
}
