package glasshouse.hub.rules;

import java.util.ArrayList;
import java.util.List;

/**
 * A glob as git's {@code wildmatch} takes it for paths: {@code *} and {@code ?} and sets stay within a folder, {@code **} between
 * slashes does not, a backslash takes away a meaning. All ways to match are followed side by side, one character of the text after
 * the other, so that no pattern takes longer than its length times that of the text.
 */
final class Wildmatch {
    /** What one place of the pattern takes. */
    private sealed interface Step {
        /** One certain byte. */
        record Literal(char c) implements Step {}

        /** One byte of a set, which never has the slash. */
        record OneOf(CharacterSet set) implements Step {}

        /** Any number of bytes that are no slash. */
        record Star() implements Step {}

        /** Any number of bytes. */
        record AnyDepth() implements Step {}

        /** Nothing: what follows is {@code **} and a slash, which may be left out together. */
        record MayBeLeftOut() implements Step {}

        /** Nothing that there is: the pattern is malformed. */
        record Never() implements Step {}
    }

    private final List<Step> steps;

    private Wildmatch(List<Step> steps) {
        this.steps = steps;
    }

    static Wildmatch of(String pattern) {
        List<Step> steps = new ArrayList<>();
        int at = 0;
        while (at < pattern.length()) {
            char c = pattern.charAt(at);
            switch (c) {
                case '*' -> at = stars(pattern, at, steps);
                case '?' -> {
                    steps.add(new Step.OneOf(CharacterSet.ANY));
                    at++;
                }
                case '[' -> {
                    CharacterSet.Parsed set = CharacterSet.parse(pattern, at);
                    steps.add(set.end() < 0 ? new Step.Never() : new Step.OneOf(set.set()));
                    at = set.end() < 0 ? pattern.length() : set.end();
                }
                case '\\' -> {
                    boolean last = at + 1 == pattern.length();
                    steps.add(last ? new Step.Never() : new Step.Literal(pattern.charAt(at + 1)));
                    at += 2;
                }
                default -> {
                    steps.add(new Step.Literal(c));
                    at++;
                }
            }
        }
        return new Wildmatch(List.copyOf(steps));
    }

    private static int stars(String pattern, int from, List<Step> steps) {
        int end = from;
        while (end < pattern.length() && pattern.charAt(end) == '*') {
            end++;
        }
        boolean opens = from == 0 || pattern.charAt(from - 1) == '/';
        boolean slash = pattern.startsWith("/", end);
        boolean closes = end == pattern.length() || slash || pattern.startsWith("\\/", end);
        if (end - from == 1 || !opens || !closes) {
            steps.add(new Step.Star());
        } else {
            if (slash) {
                steps.add(new Step.MayBeLeftOut());
            }
            steps.add(new Step.AnyDepth());
        }
        return end;
    }

    /** Whether a text is one that the pattern takes, from a place on. */
    boolean matches(String text, int from, Effort effort) {
        Places now = new Places();
        Places next = new Places();
        now.add(0);
        for (int i = from; i < text.length() && now.count > 0; i++) {
            effort.spend(now.count);
            next.clear();
            char c = text.charAt(i);
            for (int n = 0; n < now.count; n++) {
                now.step(n, c, next);
            }
            Places spare = now;
            now = next;
            next = spare;
        }
        return now.has(steps.size());
    }

    /** Places of the pattern that the text so far may have led to, each once. */
    private final class Places {
        private final int[] places = new int[steps.size() + 1];
        private final boolean[] there = new boolean[steps.size() + 1];
        private int count;

        void clear() {
            for (int i = 0; i < count; i++) {
                there[places[i]] = false;
            }
            count = 0;
        }

        boolean has(int place) {
            return there[place];
        }

        /** Adds a place, and those that lie behind steps which may take nothing. */
        void add(int place) {
            for (int at = place; !there[at]; at++) {
                there[at] = true;
                places[count++] = at;
                if (at == steps.size()) {
                    return;
                }
                switch (steps.get(at)) {
                    case Step.Star(), Step.AnyDepth() -> {}
                    case Step.MayBeLeftOut() -> add(at + 3);
                    case Step.Literal one -> {
                        return;
                    }
                    case Step.OneOf one -> {
                        return;
                    }
                    case Step.Never() -> {
                        return;
                    }
                }
            }
        }

        void step(int n, char c, Places next) {
            int at = places[n];
            if (at == steps.size()) {
                return;
            }
            switch (steps.get(at)) {
                case Step.Literal(char one) -> next.addIf(one == c, at + 1);
                case Step.OneOf(CharacterSet set) -> next.addIf(c != '/' && set.has(c), at + 1);
                case Step.Star() -> next.addIf(c != '/', at);
                case Step.AnyDepth() -> next.add(at);
                case Step.MayBeLeftOut(), Step.Never() -> {}
            }
        }

        private void addIf(boolean so, int place) {
            if (so) {
                add(place);
            }
        }
    }
}
