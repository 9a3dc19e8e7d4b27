package glasshouse.store.chunk;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sixteen blocks at once with the Vector API: number {@code i} of all lanes is one vector of 16 numbers, or several shorter ones
 * one after another where the processor has no vectors of 512 bits.
 *
 * <p>The class is loaded only where the module {@code jdk.incubator.vector} is there; no other class may name its vectors.
 */
final class VectorLanes implements Lanes {
    private static final VectorSpecies<Integer> SPECIES = IntVector.SPECIES_PREFERRED.length() >= COUNT
            ? IntVector.SPECIES_512
            : IntVector.SPECIES_PREFERRED;

    /**
     * Whether the compiler of this machine turns vectors into instructions for at least eight numbers at once. Where it knows none
     * at all, this code would be many times slower than {@link Block}.
     */
    static boolean worthwhile() {
        return SPECIES.length() >= 8;
    }

    // INVARIANT: the whole state stays in local variables from the first load to the last store, and so in registers. Going
    // through memory after each step is three times slower. So that it still fits on a screen, the first three of the four
    // assignments of a half step (a, d, c, then b) stand in one expression, read from the inside to the outside.
    @Override
    @SuppressWarnings("AssignmentExpression")
    public void compress(int[] values, int[] words, int[] counters, int flags) {
        for (int lane = 0; lane < COUNT; lane += SPECIES.length()) {
            IntVector v0 = IntVector.fromArray(SPECIES, values, lane);
            IntVector v1 = IntVector.fromArray(SPECIES, values, 16 + lane);
            IntVector v2 = IntVector.fromArray(SPECIES, values, 32 + lane);
            IntVector v3 = IntVector.fromArray(SPECIES, values, 48 + lane);
            IntVector v4 = IntVector.fromArray(SPECIES, values, 64 + lane);
            IntVector v5 = IntVector.fromArray(SPECIES, values, 80 + lane);
            IntVector v6 = IntVector.fromArray(SPECIES, values, 96 + lane);
            IntVector v7 = IntVector.fromArray(SPECIES, values, 112 + lane);
            IntVector v8 = IntVector.broadcast(SPECIES, Block.IV_0);
            IntVector v9 = IntVector.broadcast(SPECIES, Block.IV_1);
            IntVector v10 = IntVector.broadcast(SPECIES, Block.IV_2);
            IntVector v11 = IntVector.broadcast(SPECIES, Block.IV_3);
            IntVector v12 = IntVector.fromArray(SPECIES, counters, lane);
            IntVector v13 = IntVector.zero(SPECIES);
            IntVector v14 = IntVector.broadcast(SPECIES, Block.BYTES);
            IntVector v15 = IntVector.broadcast(SPECIES, flags);
            for (int at = 0; at < 7 * 16; at += 16) {
                v8 = v8.add(v12 = turn(v12, v0 = v0.add(v4).add(word(words, lane, at)), 16));
                v4 = turn(v4, v8, 12);
                v9 = v9.add(v13 = turn(v13, v1 = v1.add(v5).add(word(words, lane, at + 2)), 16));
                v5 = turn(v5, v9, 12);
                v10 = v10.add(v14 = turn(v14, v2 = v2.add(v6).add(word(words, lane, at + 4)), 16));
                v6 = turn(v6, v10, 12);
                v11 = v11.add(v15 = turn(v15, v3 = v3.add(v7).add(word(words, lane, at + 6)), 16));
                v7 = turn(v7, v11, 12);
                v8 = v8.add(v12 = turn(v12, v0 = v0.add(v4).add(word(words, lane, at + 1)), 8));
                v4 = turn(v4, v8, 7);
                v9 = v9.add(v13 = turn(v13, v1 = v1.add(v5).add(word(words, lane, at + 3)), 8));
                v5 = turn(v5, v9, 7);
                v10 = v10.add(v14 = turn(v14, v2 = v2.add(v6).add(word(words, lane, at + 5)), 8));
                v6 = turn(v6, v10, 7);
                v11 = v11.add(v15 = turn(v15, v3 = v3.add(v7).add(word(words, lane, at + 7)), 8));
                v7 = turn(v7, v11, 7);
                v10 = v10.add(v15 = turn(v15, v0 = v0.add(v5).add(word(words, lane, at + 8)), 16));
                v5 = turn(v5, v10, 12);
                v11 = v11.add(v12 = turn(v12, v1 = v1.add(v6).add(word(words, lane, at + 10)), 16));
                v6 = turn(v6, v11, 12);
                v8 = v8.add(v13 = turn(v13, v2 = v2.add(v7).add(word(words, lane, at + 12)), 16));
                v7 = turn(v7, v8, 12);
                v9 = v9.add(v14 = turn(v14, v3 = v3.add(v4).add(word(words, lane, at + 14)), 16));
                v4 = turn(v4, v9, 12);
                v10 = v10.add(v15 = turn(v15, v0 = v0.add(v5).add(word(words, lane, at + 9)), 8));
                v5 = turn(v5, v10, 7);
                v11 = v11.add(v12 = turn(v12, v1 = v1.add(v6).add(word(words, lane, at + 11)), 8));
                v6 = turn(v6, v11, 7);
                v8 = v8.add(v13 = turn(v13, v2 = v2.add(v7).add(word(words, lane, at + 13)), 8));
                v7 = turn(v7, v8, 7);
                v9 = v9.add(v14 = turn(v14, v3 = v3.add(v4).add(word(words, lane, at + 15)), 8));
                v4 = turn(v4, v9, 7);
            }
            v0.lanewise(VectorOperators.XOR, v8).intoArray(values, lane);
            v1.lanewise(VectorOperators.XOR, v9).intoArray(values, 16 + lane);
            v2.lanewise(VectorOperators.XOR, v10).intoArray(values, 32 + lane);
            v3.lanewise(VectorOperators.XOR, v11).intoArray(values, 48 + lane);
            v4.lanewise(VectorOperators.XOR, v12).intoArray(values, 64 + lane);
            v5.lanewise(VectorOperators.XOR, v13).intoArray(values, 80 + lane);
            v6.lanewise(VectorOperators.XOR, v14).intoArray(values, 96 + lane);
            v7.lanewise(VectorOperators.XOR, v15).intoArray(values, 112 + lane);
        }
    }

    private static IntVector word(int[] words, int lane, int at) {
        return IntVector.fromArray(SPECIES, words, 16 * Block.ORDER[at] + lane);
    }

    private static IntVector turn(IntVector one, IntVector other, int bits) {
        return one.lanewise(VectorOperators.XOR, other).lanewise(VectorOperators.ROR, bits);
    }
}
