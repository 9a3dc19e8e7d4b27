package glasshouse.format.safetensors;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Ranges of tensors, and whether they tile the data.
 *
 * <p>How many ranges cover a byte depends only on how many begin at or before it and how many end there: begins and ends can be
 * sorted apart from each other. So a million tensors need two arrays of numbers and no objects.
 */
final class Layout {
    /** Defects of one kind that are reported; the others are only counted. */
    static final int MAX_REPORTED = 16;

    private long[] begins = new long[64];
    private long[] ends = new long[64];
    private int size;

    void add(long begin, long end) {
        if (begin == end) {
            return; // an empty tensor covers nothing
        }
        if (size == begins.length) {
            begins = Arrays.copyOf(begins, size * 2);
            ends = Arrays.copyOf(ends, size * 2);
        }
        begins[size] = begin;
        ends[size] = end;
        size++;
    }

    /** The defects of this layout in a file that has {@code dataBytes} after its header. May be asked once. */
    Found defects(long dataBytes) {
        Arrays.sort(begins, 0, size);
        Arrays.sort(ends, 0, size);
        Found found = new Found();
        long at = 0;
        int depth = 0;
        int b = 0;
        int e = 0;
        while (e < size) {
            long next = b < size ? Math.min(begins[b], ends[e]) : ends[e];
            if (next > at) {
                if (depth == 0) {
                    found.add(Defect.Kind.GAP, at, next);
                } else if (depth > 1) {
                    found.add(Defect.Kind.OVERLAP, at, next);
                }
            }
            at = next;
            while (e < size && ends[e] == at) {
                depth--;
                e++;
            }
            while (b < size && begins[b] == at) {
                depth++;
                b++;
            }
        }
        if (at > dataBytes) {
            found.add(Defect.Kind.TRUNCATED, dataBytes, at);
        } else if (at < dataBytes) {
            found.add(Defect.Kind.TRAILING, at, dataBytes);
        }
        found.dataEnd = at;
        return found;
    }

    /** What was found: the first of each kind, and how many there are. */
    static final class Found {
        final List<Defect> first = new ArrayList<>();
        final Map<Defect.Kind, Long> counts = new EnumMap<>(Defect.Kind.class);
        long dataEnd;
        private Defect last = new Defect(Defect.Kind.SIZE, -1, -1, "");

        private void add(Defect.Kind kind, long begin, long end) {
            boolean reported = !first.isEmpty() && first.getLast().equals(last);
            if (last.kind() == kind && last.end() == begin) {
                // Adjoining ranges of one kind are one defect to a reader: three tensors on one another are not two
                // overlaps.
                last = new Defect(kind, last.begin(), end, "");
                if (reported) {
                    first.set(first.size() - 1, last);
                }
                return;
            }
            last = new Defect(kind, begin, end, "");
            if (counts.merge(kind, 1L, Long::sum) <= MAX_REPORTED) {
                first.add(last);
            }
        }
    }
}
