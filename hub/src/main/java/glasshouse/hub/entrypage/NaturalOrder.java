package glasshouse.hub.entrypage;

import java.util.Comparator;

/** Orders names as people do: {@code step1000} before {@code step2000} and before {@code step10000}. */
final class NaturalOrder implements Comparator<String> {
    static final NaturalOrder INSTANCE = new NaturalOrder();

    private NaturalOrder() {}

    @Override
    public int compare(String a, String b) {
        int i = 0;
        int j = 0;
        while (i < a.length() && j < b.length()) {
            char x = a.charAt(i);
            char y = b.charAt(j);
            if (isDigit(x) && isDigit(y)) {
                int endA = end(a, i);
                int endB = end(b, j);
                int order = number(a, i, endA, b, j, endB);
                if (order != 0) {
                    return order;
                }
                i = endA;
                j = endB;
            } else if (x != y) {
                return Character.compare(x, y);
            } else {
                i++;
                j++;
            }
        }
        int rest = Integer.compare(a.length() - i, b.length() - j);
        // `01` and `1` are the same number: decide by the text, so that no two names are equal.
        return rest != 0 ? rest : a.compareTo(b);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static int end(String text, int start) {
        int end = start;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /** Compares numbers of any length: without leading zeros, the longer one is greater. */
    private static int number(String a, int i, int endA, String b, int j, int endB) {
        int from = i;
        int other = j;
        while (from < endA && a.charAt(from) == '0') {
            from++;
        }
        while (other < endB && b.charAt(other) == '0') {
            other++;
        }
        int order = Integer.compare(endA - from, endB - other);
        return order != 0 ? order : a.substring(from, endA).compareTo(b.substring(other, endB));
    }
}
