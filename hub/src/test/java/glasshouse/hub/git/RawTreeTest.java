package glasshouse.hub.git;

import static org.assertj.core.api.Assertions.assertThat;

import glasshouse.hub.git.RawTree.Item;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.TreeFormatter;
import org.junit.jupiter.api.Test;

/** Against a plain model: names in a sorted map, formatted by JGit. */
class RawTreeTest {
    private static final String LETTERS = "ab./-éZz";

    private record Node(FileMode mode, ObjectId id) {}

    private static String name(Random random) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i <= random.nextInt(4); i++) {
            char c = LETTERS.charAt(random.nextInt(LETTERS.length()));
            name.append(c == '/' ? '0' : c);
        }
        return name.toString();
    }

    private static Node node(Random random) {
        byte[] id = new byte[20];
        random.nextBytes(id);
        return new Node(random.nextBoolean() ? FileMode.TREE : FileMode.REGULAR_FILE, ObjectId.fromRaw(id));
    }

    private static byte[] format(Map<String, Node> nodes) {
        TreeMap<String, String> order = new TreeMap<>((a, b) -> java.util.Arrays.compareUnsigned(
                a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8)));
        nodes.forEach((name, node) -> order.put(node.mode() == FileMode.TREE ? name + "/" : name, name));
        TreeFormatter tree = new TreeFormatter();
        order.values()
                .forEach(name -> tree.append(
                        name, nodes.get(name).mode(), nodes.get(name).id()));
        return tree.toByteArray();
    }

    @Test
    void changesATreeAsIfItWereMadeAnew() throws Exception {
        for (int seed = 0; seed < 3000; seed++) {
            Random random = new Random(seed);
            Map<String, Node> nodes = new TreeMap<>();
            for (int i = random.nextInt(12); i > 0; i--) {
                nodes.put(name(random), node(random));
            }
            RawTree tree = new RawTree(format(nodes));
            Map<String, Node> puts = new TreeMap<>();
            Set<String> removed = new HashSet<>();
            for (int i = random.nextInt(6); i > 0; i--) {
                puts.put(name(random), node(random));
                removed.add(name(random));
            }
            Set<String> names = new HashSet<>(puts.keySet());
            names.addAll(removed);
            List<RawTree.Found> touched = new ArrayList<>();
            for (RawTree.Found found : tree.like(names)) {
                if (names.contains(found.name())) {
                    assertThat(found.id()).isEqualTo(nodes.get(found.name()).id());
                    assertThat(found.mode()).isEqualTo(nodes.get(found.name()).mode());
                    touched.add(found);
                }
            }
            List<Item> items = new ArrayList<>();
            puts.forEach((name, node) -> items.add(new Item(name, node.mode(), node.id())));
            nodes.keySet().removeAll(names);
            nodes.putAll(puts);
            assertThat(tree.changed(touched, items)).as("seed %d", seed).isEqualTo(format(nodes));
        }
    }

    @Test
    void findsNamesThatDifferByCaseAlone() throws Exception {
        Map<String, Node> nodes = new TreeMap<>();
        for (String name : List.of("README.md", "Caf\u00e9", "stra\u00dfe", "plain")) {
            nodes.put(name, node(new Random(1)));
        }
        RawTree tree = new RawTree(format(nodes));
        assertThat(tree.like(Set.of("readme.MD", "CAFE\u0301", "other")))
                .extracting(RawTree.Found::name)
                .containsExactly("Caf\u00e9", "README.md");
    }
}
