package glasshouse.inspect.licence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Recognises licence texts by their fingerprints.
 *
 * <p>First the samples tell which texts are worth a closer look; then each passage of those is searched word for word. One word
 * more or less inside a passage is another licence, and then the text is only <em>like</em> this one.
 */
final class Recogniser {
    /** Words that a copy may put between two passages: a name. */
    private static final int MAX_FILLED_IN = 12;

    /** Words of a title. */
    private static final int MAX_TITLE = 12;

    /** From here on a text is worth a closer look: the share of its sample that is in the file, in thousandths. */
    private static final int WORTH_A_LOOK = 500;

    /** From here on a text is like another. */
    private static final int LIKE = 500;

    private static final Set<String> TITLE = Set.of(
            "the",
            "a",
            "license",
            "licenses",
            "text",
            "of",
            "full",
            "version",
            "v",
            "new",
            "revised",
            "simplified",
            "modified",
            "clause",
            "expat",
            "and",
            "gnu",
            "md",
            "txt",
            "begin",
            "end");

    private final List<Fingerprint> known;

    Recogniser(List<Fingerprint> known) {
        this.known = known;
    }

    Recognition recognise(String text) {
        LicenceWords normal = LicenceWords.of(text);
        List<String> words = normal.words();
        long[] hashes = WordHash.ofEach(words);
        int[] shingles = WordHash.shingles(hashes);
        boolean[] taken = new boolean[words.size()];
        List<Found> found = new ArrayList<>();
        known.stream()
                .filter(one -> contained(one, shingles) >= WORTH_A_LOOK)
                .sorted(Comparator.comparing(Fingerprint::words).reversed().thenComparing(Fingerprint::id))
                .forEach(one -> search(one, words, hashes, taken, found));
        found.sort(Comparator.comparing(Found::start));
        List<String> whole = found.stream().map(one -> one.licence().id()).toList();
        int other = whole.isEmpty() ? words.size() : others(words, taken, found);
        return new Recognition(
                whole, words.size(), other, whole.isEmpty() ? near(shingles) : List.of(), normal.hidden());
    }

    /** A text that is there, from which word on. */
    private record Found(Fingerprint licence, int start) {}

    private static int contained(Fingerprint one, int[] shingles) {
        long hits = one.sample().stream()
                .filter(shingle -> Arrays.binarySearch(shingles, shingle) >= 0)
                .count();
        return one.sample().isEmpty() ? 0 : (int) (hits * 1000 / one.sample().size());
    }

    private static void search(Fingerprint one, List<String> words, long[] hashes, boolean[] taken, List<Found> found) {
        List<Fingerprint.Segment> needed =
                one.segments().stream().filter(segment -> !segment.optional()).toList();
        int start = find(needed.getFirst(), words, hashes, 0, words.size());
        while (start >= 0) {
            int[] starts = new int[needed.size()];
            if (follow(needed, words, hashes, start, starts) && free(taken, start, starts, needed)) {
                int end = starts[starts.length - 1] + needed.getLast().words();
                Arrays.fill(taken, start, end, true);
                found.add(new Found(one, start));
                for (Fingerprint.Segment extra : one.segments()) {
                    int at = extra.optional() ? find(extra, words, hashes, end, words.size()) : -1;
                    if (at >= 0) {
                        Arrays.fill(taken, at, at + extra.words(), true);
                    }
                }
                return;
            }
            start = find(needed.getFirst(), words, hashes, start + 1, words.size());
        }
    }

    /** Whether the passages after the first follow it, each after no more than a name. */
    private static boolean follow(
            List<Fingerprint.Segment> needed, List<String> words, long[] hashes, int start, int[] starts) {
        starts[0] = start;
        for (int i = 1; i < starts.length; i++) {
            int from = starts[i - 1] + needed.get(i - 1).words();
            int at = find(
                    needed.get(i),
                    words,
                    hashes,
                    from,
                    from + MAX_FILLED_IN + needed.get(i).words());
            if (at < 0 || !LicenceWords.harmless(words.subList(from, at))) {
                return false;
            }
            starts[i] = at;
        }
        return true;
    }

    private static boolean free(boolean[] taken, int start, int[] starts, List<Fingerprint.Segment> needed) {
        for (int i = start; i < starts[starts.length - 1] + needed.getLast().words(); i++) {
            if (taken[i]) {
                return false;
            }
        }
        return true;
    }

    /** The first place of a passage that lies between two words; -1 where there is none. */
    private static int find(Fingerprint.Segment segment, List<String> words, long[] hashes, int from, int to) {
        int length = segment.words();
        int last = Math.min(to, words.size()) - length;
        if (from > last) {
            return -1;
        }
        long power = WordHash.power(length);
        long hash = WordHash.rolling(hashes, from, length);
        for (int at = from; ; at++) {
            if (hash == segment.rolling()
                    && WordHash.sure(words.subList(at, at + length)).equals(segment.sure())) {
                return at;
            }
            if (at == last) {
                return -1;
            }
            hash = WordHash.rolled(hash, hashes[at], hashes[at + length], power);
        }
    }

    /** Words outside of all texts; a short title of one of them is none. */
    private static int others(List<String> words, boolean[] taken, List<Found> found) {
        Set<String> titles = new HashSet<>(TITLE);
        for (Found one : found) {
            String title = one.licence().id() + " " + one.licence().name();
            titles.addAll(Arrays.asList(title.toLowerCase(Locale.ROOT).split("[^0-9a-z]+")));
        }
        List<String> others = new ArrayList<>();
        for (int i = 0; i < taken.length; i++) {
            if (!taken[i]) {
                others.add(words.get(i));
            }
        }
        return others.size() <= MAX_TITLE * found.size() && titles.containsAll(others) ? 0 : others.size();
    }

    private List<Recognition.Near> near(int[] shingles) {
        return known.stream()
                .map(one -> new Recognition.Near(one.id(), likeness(one, shingles)))
                .filter(one -> one.permille() >= LIKE)
                .sorted(Comparator.comparing(Recognition.Near::permille)
                        .reversed()
                        .thenComparing(Recognition.Near::id))
                .limit(2)
                .toList();
    }

    /** The share of common shingles among all shingles of both, in thousandths, estimated from the sample. */
    private static int likeness(Fingerprint one, int[] shingles) {
        long common = (long) contained(one, shingles) * one.shingles() / 1000;
        long all = one.shingles() + shingles.length - common;
        // A sample can miss the difference; that there is one is known when this is asked.
        return all == 0 ? 0 : (int) Math.min(999, common * 1000 / all);
    }
}
