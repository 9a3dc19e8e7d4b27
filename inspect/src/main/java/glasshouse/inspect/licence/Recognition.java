package glasshouse.inspect.licence;

import java.util.List;

/**
 * What a text was recognised as.
 *
 * @param whole the licences whose text is there word for word, in the order of the file
 * @param words how many words the file has
 * @param otherWords how many of them belong to none of those, titles and notices not counted
 * @param near the licences that most of the text is like, best first; at most two, and none where {@code whole} is not empty
 * @param hidden how many invisible characters there are
 */
record Recognition(List<String> whole, int words, int otherWords, List<Near> near, int hidden) {
    /**
     * A licence that a text is like.
     *
     * @param id which
     * @param permille how many of a thousand shingles of both are common to both
     */
    record Near(String id, int permille) {}

    Recognition {
        whole = List.copyOf(whole);
        near = List.copyOf(near);
    }

    /** Whether the file is licence texts that we know and nothing else. */
    boolean exact() {
        return !whole.isEmpty() && otherWords == 0;
    }
}
