package glasshouse.store.chunk;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The tree over a list of chunks, whose root names a xorb and, keyed once more, a file. Takes the chunks in their order and keeps
 * no more than nine nodes of each level, so that a file may have any number of them. For one thread.
 *
 * <p>The rule: a list is cut into groups from the left. A group ends after its third or a later child if that child's last number
 * is divisible by four, and after its ninth in any case. Each group becomes a node: a hash over one line of text per child, and
 * the sum of the sizes. The nodes are the list of the next level, until one is left. A list of one is its own root. Source:
 * huggingface/hub-docs {@code docs/xet/hashing.md}, huggingface/xet-core {@code aggregated_hashes.rs}.
 */
public final class MerkleTree {
    private static final int LEAST_CHILDREN = 3;
    private static final int MOST_CHILDREN = 9;

    private record Node(XetHash hash, long sizeBytes) {}

    private static final class Level {
        final List<Node> open = new ArrayList<>(MOST_CHILDREN);
        /** Whether a group of this level was closed; then it is not the last level. */
        boolean hasParents;
    }

    private final Blake3 nodes = new Blake3(XetHasher.NODE_KEY);
    private final List<Level> levels = new ArrayList<>();
    private long sizeBytes;
    private boolean finished;

    /** Adds the next chunk. */
    public void add(XetHash hash, long chunkBytes) {
        if (finished) {
            throw new IllegalStateException("the tree has its root already");
        }
        if (chunkBytes < 0) {
            throw new IllegalArgumentException("a chunk of " + chunkBytes + " bytes");
        }
        sizeBytes = Math.addExact(sizeBytes, chunkBytes);
        add(0, new Node(hash, chunkBytes));
    }

    /** How many bytes all chunks together have. */
    public long sizeBytes() {
        return sizeBytes;
    }

    /** The root over all chunks that were added; zero if there was none. Nothing can be added afterwards. */
    public XetHash root() {
        finished = true;
        for (int i = 0; i < levels.size(); i++) {
            Level level = levels.get(i);
            if (!level.hasParents && level.open.size() == 1) {
                return level.open.getFirst().hash();
            }
            if (!level.open.isEmpty()) {
                close(i);
            }
        }
        return XetHash.ZERO;
    }

    private void add(int height, Node node) {
        if (height == levels.size()) {
            levels.add(new Level());
        }
        List<Node> open = levels.get(height).open;
        open.add(node);
        boolean ends = Long.remainderUnsigned(node.hash().fourth(), 4) == 0;
        if (open.size() == MOST_CHILDREN || ends && open.size() >= LEAST_CHILDREN) {
            close(height);
        }
    }

    private void close(int height) {
        Level level = levels.get(height);
        StringBuilder text = new StringBuilder(MOST_CHILDREN * 80);
        long sum = 0;
        for (Node child : level.open) {
            text.append(child.hash()).append(" : ").append(child.sizeBytes()).append('\n');
            sum += child.sizeBytes();
        }
        byte[] ascii = text.toString().getBytes(StandardCharsets.US_ASCII);
        level.open.clear();
        level.hasParents = true;
        add(height + 1, new Node(nodes.hash(ascii, 0, ascii.length), sum));
    }
}
