package glasshouse.store.chunk;

import static jdk.incubator.vector.IntVector.broadcast;
import static jdk.incubator.vector.IntVector.fromArray;
import static jdk.incubator.vector.IntVector.zero;
import static jdk.incubator.vector.VectorOperators.ROR;
import static jdk.incubator.vector.VectorOperators.XOR;

import java.util.Arrays;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sixteen blocks at once with the Vector API: number {@code i} of all lanes is one vector of 16 numbers, or several shorter ones
 * one after another where the processor has no vectors of 512 bits.
 *
 * <p>The class is loaded only where the module {@code jdk.incubator.vector} is there; no other class may name its vectors.
 */
final class VectorLanes implements Lanes {
    private static final VectorSpecies<Integer> SPECIES =
            IntVector.SPECIES_PREFERRED.length() >= COUNT ? IntVector.SPECIES_512 : IntVector.SPECIES_PREFERRED;

    /** Where the words begin that the steps take. */
    private static final int[] ORDER =
            Arrays.stream(Block.ORDER).map(word -> word * COUNT).toArray();

    /**
     * Whether this machine turns vectors into instructions for at least eight numbers at once. Without the second compiler of the
     * JVM every vector is an object, and this code many times slower than {@link Block}; the JVM says so in no other place.
     */
    static boolean worthwhile() {
        String mode = System.getProperty("java.vm.info", "");
        return SPECIES.length() >= 8 && !mode.contains("interpreted") && !mode.contains("emulated-client");
    }

    @Override
    public void compress(int[] values, int[] words, int[] counters, int flags) {
        for (int lane = 0; lane < COUNT; lane += SPECIES.length()) {
            compress(values, words, counters, flags, lane);
        }
    }

    // INVARIANT: the whole state stays in local variables from the first load to the last store, and so in registers:
    // going
    // through memory after each step is three times slower. And no step is a method of ours: the compiler gives up
    // inlining those
    // in a method of this size, and then allocates every vector. So it is long, and two assignments stand in one line.
    @SuppressWarnings("AssignmentExpression")
    private static void compress(int[] values, int[] words, int[] counters, int flags, int lane) {
        IntVector v0 = fromArray(SPECIES, values, lane), v1 = fromArray(SPECIES, values, 16 + lane);
        IntVector v2 = fromArray(SPECIES, values, 32 + lane), v3 = fromArray(SPECIES, values, 48 + lane);
        IntVector v4 = fromArray(SPECIES, values, 64 + lane), v5 = fromArray(SPECIES, values, 80 + lane);
        IntVector v6 = fromArray(SPECIES, values, 96 + lane), v7 = fromArray(SPECIES, values, 112 + lane);
        IntVector v8 = broadcast(SPECIES, Block.IV_0), v9 = broadcast(SPECIES, Block.IV_1);
        IntVector v10 = broadcast(SPECIES, Block.IV_2), v11 = broadcast(SPECIES, Block.IV_3);
        IntVector v12 = fromArray(SPECIES, counters, lane), v13 = zero(SPECIES);
        IntVector v14 = broadcast(SPECIES, Block.BYTES), v15 = broadcast(SPECIES, flags);
        for (int at = 0; at < 7 * 16; at += 16) {
            v0 = v0.add(v4).add(fromArray(SPECIES, words, ORDER[at] + lane));
            v8 = v8.add(v12 = v12.lanewise(XOR, v0).lanewise(ROR, 16));
            v4 = v4.lanewise(XOR, v8).lanewise(ROR, 12);
            v1 = v1.add(v5).add(fromArray(SPECIES, words, ORDER[at + 2] + lane));
            v9 = v9.add(v13 = v13.lanewise(XOR, v1).lanewise(ROR, 16));
            v5 = v5.lanewise(XOR, v9).lanewise(ROR, 12);
            v2 = v2.add(v6).add(fromArray(SPECIES, words, ORDER[at + 4] + lane));
            v10 = v10.add(v14 = v14.lanewise(XOR, v2).lanewise(ROR, 16));
            v6 = v6.lanewise(XOR, v10).lanewise(ROR, 12);
            v3 = v3.add(v7).add(fromArray(SPECIES, words, ORDER[at + 6] + lane));
            v11 = v11.add(v15 = v15.lanewise(XOR, v3).lanewise(ROR, 16));
            v7 = v7.lanewise(XOR, v11).lanewise(ROR, 12);
            v0 = v0.add(v4).add(fromArray(SPECIES, words, ORDER[at + 1] + lane));
            v8 = v8.add(v12 = v12.lanewise(XOR, v0).lanewise(ROR, 8));
            v4 = v4.lanewise(XOR, v8).lanewise(ROR, 7);
            v1 = v1.add(v5).add(fromArray(SPECIES, words, ORDER[at + 3] + lane));
            v9 = v9.add(v13 = v13.lanewise(XOR, v1).lanewise(ROR, 8));
            v5 = v5.lanewise(XOR, v9).lanewise(ROR, 7);
            v2 = v2.add(v6).add(fromArray(SPECIES, words, ORDER[at + 5] + lane));
            v10 = v10.add(v14 = v14.lanewise(XOR, v2).lanewise(ROR, 8));
            v6 = v6.lanewise(XOR, v10).lanewise(ROR, 7);
            v3 = v3.add(v7).add(fromArray(SPECIES, words, ORDER[at + 7] + lane));
            v11 = v11.add(v15 = v15.lanewise(XOR, v3).lanewise(ROR, 8));
            v7 = v7.lanewise(XOR, v11).lanewise(ROR, 7);
            v0 = v0.add(v5).add(fromArray(SPECIES, words, ORDER[at + 8] + lane));
            v10 = v10.add(v15 = v15.lanewise(XOR, v0).lanewise(ROR, 16));
            v5 = v5.lanewise(XOR, v10).lanewise(ROR, 12);
            v1 = v1.add(v6).add(fromArray(SPECIES, words, ORDER[at + 10] + lane));
            v11 = v11.add(v12 = v12.lanewise(XOR, v1).lanewise(ROR, 16));
            v6 = v6.lanewise(XOR, v11).lanewise(ROR, 12);
            v2 = v2.add(v7).add(fromArray(SPECIES, words, ORDER[at + 12] + lane));
            v8 = v8.add(v13 = v13.lanewise(XOR, v2).lanewise(ROR, 16));
            v7 = v7.lanewise(XOR, v8).lanewise(ROR, 12);
            v3 = v3.add(v4).add(fromArray(SPECIES, words, ORDER[at + 14] + lane));
            v9 = v9.add(v14 = v14.lanewise(XOR, v3).lanewise(ROR, 16));
            v4 = v4.lanewise(XOR, v9).lanewise(ROR, 12);
            v0 = v0.add(v5).add(fromArray(SPECIES, words, ORDER[at + 9] + lane));
            v10 = v10.add(v15 = v15.lanewise(XOR, v0).lanewise(ROR, 8));
            v5 = v5.lanewise(XOR, v10).lanewise(ROR, 7);
            v1 = v1.add(v6).add(fromArray(SPECIES, words, ORDER[at + 11] + lane));
            v11 = v11.add(v12 = v12.lanewise(XOR, v1).lanewise(ROR, 8));
            v6 = v6.lanewise(XOR, v11).lanewise(ROR, 7);
            v2 = v2.add(v7).add(fromArray(SPECIES, words, ORDER[at + 13] + lane));
            v8 = v8.add(v13 = v13.lanewise(XOR, v2).lanewise(ROR, 8));
            v7 = v7.lanewise(XOR, v8).lanewise(ROR, 7);
            v3 = v3.add(v4).add(fromArray(SPECIES, words, ORDER[at + 15] + lane));
            v9 = v9.add(v14 = v14.lanewise(XOR, v3).lanewise(ROR, 8));
            v4 = v4.lanewise(XOR, v9).lanewise(ROR, 7);
        }
        v0.lanewise(XOR, v8).intoArray(values, lane);
        v1.lanewise(XOR, v9).intoArray(values, 16 + lane);
        v2.lanewise(XOR, v10).intoArray(values, 32 + lane);
        v3.lanewise(XOR, v11).intoArray(values, 48 + lane);
        v4.lanewise(XOR, v12).intoArray(values, 64 + lane);
        v5.lanewise(XOR, v13).intoArray(values, 80 + lane);
        v6.lanewise(XOR, v14).intoArray(values, 96 + lane);
        v7.lanewise(XOR, v15).intoArray(values, 112 + lane);
    }
}
