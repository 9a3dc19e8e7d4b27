package glasshouse.inspect.licence;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Hashes over words: a rolling one to find a passage, SHA-256 to be sure of it, and shingles to see what is near. */
final class WordHash {
    /** Words in a shingle. */
    static final int SHINGLE = 5;

    private static final long BASE = 0x9E3779B97F4A7C15L;

    private WordHash() {}

    /** One number for each word (FNV-1a). */
    static long[] ofEach(List<String> words) {
        long[] hashes = new long[words.size()];
        for (int i = 0; i < hashes.length; i++) {
            long hash = 0xcbf29ce484222325L;
            String word = words.get(i);
            for (int c = 0; c < word.length(); c++) {
                hash = (hash ^ word.charAt(c)) * 0x100000001b3L;
            }
            hashes[i] = hash;
        }
        return hashes;
    }

    /** The hash of a passage: its words as digits of a number in base {@link #BASE}, modulo 2^64. */
    static long rolling(long[] words, int from, int length) {
        long hash = 0;
        for (int i = from; i < from + length; i++) {
            hash = hash * BASE + words[i];
        }
        return hash;
    }

    /** {@code BASE} to the power of {@code length}: what the word that leaves the window has to be multiplied with. */
    static long power(int length) {
        long power = 1;
        for (int i = 0; i < length; i++) {
            power *= BASE;
        }
        return power;
    }

    static long rolled(long hash, long leaving, long entering, long power) {
        return hash * BASE + entering - leaving * power;
    }

    /** The first 128 bits of SHA-256 of a passage. */
    static String sure(List<String> words) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(LicenceWords.joined(words));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The shingles of a text, each once, in order; compared as unsigned numbers. */
    static int[] shingles(long[] words) {
        int count = Math.max(0, words.length - SHINGLE + 1);
        int[] hashes = new int[count];
        for (int i = 0; i < count; i++) {
            long hash = rolling(words, i, SHINGLE);
            hash = (hash ^ hash >>> 32) * 0xBF58476D1CE4E5B9L; // mixed, so that the smallest are a fair sample
            hashes[i] = (int) (hash >>> 32) ^ Integer.MIN_VALUE;
        }
        return Arrays.stream(hashes).sorted().distinct().toArray();
    }
}
