package glasshouse.store.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glasshouse.testkit.seed.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class MerkleTreeTest {
    private record Child(XetHash hash, long size) {}

    @Test
    void threeKnownChunks() {
        MerkleTree tree = new MerkleTree();
        tree.add(XetHash.parse("cfc5d07f6f03c29bbf424132963fe08d19a37d5757aaf520bf08119f05cd56d6"), 100);
        tree.add(XetHash.parse("c3e67584b5c4fc2a89837ec39e40f2c8a6bb0b2987ac94cd4b31e5fbdd210a72"), 200);
        tree.add(XetHash.parse("0d2beb91b9196929a5ddec9f6e306924ddf4a24268e3e59fd8464738d525af37"), 300);
        XetHash root = tree.root();
        assertThat(root).hasToString("71ec1275fca074724e2dd666921b3277c7cee603e4d025bcab2d4050015be2bc");
        assertThat(XetHasher.file(root))
                .hasToString("54e55dccc6653c612bdb5576c5d3cb34bb31bc4e100248abccf4c908b3ef7715");
        assertThat(tree.root()).as("asked again").isEqualTo(root);
        assertThatThrownBy(() -> tree.add(root, 1)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void listsOfAllLengthsAgreeWithTheRuleAsItIsWrittenDown() {
        Seeds.check(20, random -> {
            for (int length : List.of(0, 1, 2, 3, 4, 8, 9, 10, 18, 19, 81, 82, random.nextInt(3000))) {
                // Few or many numbers divisible by four: groups of nine, and of three.
                int bits = random.nextInt(4);
                List<Child> children = new ArrayList<>();
                MerkleTree tree = new MerkleTree();
                for (int i = 0; i < length; i++) {
                    long last = random.nextLong();
                    last = bits == 0 ? last | 1 : bits == 1 ? last & ~3 : last;
                    XetHash hash = new XetHash(random.nextLong(), random.nextLong(), random.nextLong(), last);
                    long size = random.nextInt(131_072);
                    children.add(new Child(hash, size));
                    tree.add(hash, size);
                }
                assertThat(tree.root()).as("%d chunks", length).isEqualTo(naive(children));
            }
        });
    }

    @Test
    void textsAreReversedInGroupsOfEight() {
        byte[] bytes = new byte[40];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i - 4);
        }
        XetHash hash = XetHash.of(bytes, 4);
        String text = "07060504030201000f0e0d0c0b0a090817161514131211101f1e1d1c1b1a1918";
        assertThat(hash).hasToString(text).isEqualTo(XetHash.parse(text));
        assertThat(XetHash.of(hash.bytes(), 0)).isEqualTo(hash);
        assertThat(hash.bytes()).startsWith(0, 1, 2, 3).endsWith(30, 31);
        List<String> wrong = List.of("", "00", text.toUpperCase(Locale.ROOT), text + "0", "g" + text.substring(1));
        for (String no : wrong) {
            assertThat(XetHash.isOne(no)).isFalse();
            assertThatThrownBy(() -> XetHash.parse(no)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void hashesHaveTheOrderOfTheirTexts() {
        Seeds.check(50, random -> {
            XetHash one =
                    new XetHash(random.nextInt(-1, 2), random.nextInt(-1, 2), random.nextInt(-1, 2), random.nextLong());
            XetHash other =
                    new XetHash(random.nextInt(-1, 2), random.nextInt(-1, 2), random.nextInt(-1, 2), random.nextLong());
            assertThat(Integer.signum(one.compareTo(other)))
                    .isEqualTo(Integer.signum(one.toString().compareTo(other.toString())));
        });
    }

    private static XetHash naive(List<Child> chunks) {
        if (chunks.isEmpty()) {
            return XetHash.ZERO;
        }
        Blake3 hasher = new Blake3(XetHasher.NODE_KEY, null);
        List<Child> level = chunks;
        while (level.size() > 1) {
            List<Child> above = new ArrayList<>();
            int at = 0;
            while (at < level.size()) {
                int end = at;
                StringBuilder text = new StringBuilder();
                long sum = 0;
                boolean more = true;
                while (more && end < level.size()) {
                    Child child = level.get(end++);
                    text.append(child.hash() + " : " + child.size() + "\n");
                    sum += child.size();
                    int n = end - at;
                    more = n < 9 && !(n >= 3 && child.hash().fourth() % 4 == 0);
                }
                byte[] ascii = text.toString().getBytes(StandardCharsets.US_ASCII);
                above.add(new Child(hasher.hash(ascii, 0, ascii.length), sum));
                at = end;
            }
            level = above;
        }
        return level.getFirst().hash();
    }
}
