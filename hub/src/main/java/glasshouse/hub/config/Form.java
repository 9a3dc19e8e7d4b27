package glasshouse.hub.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the values of a setting are written, and what they may be.
 *
 * @param unit what a value counts or names, for people
 * @param limits what it may be, for people
 * @param read makes a value of text; an {@link IllegalArgumentException} says what is wrong with it
 * @param write the text that {@code read} makes the value of
 */
public record Form<T>(String unit, String limits, Function<String, T> read, Function<T, String> write) {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,18}) ?(B|KiB|MiB|GiB|TiB)?");
    private static final Pattern TIME = Pattern.compile("(\\d{1,9}) ?(ms|s|m|h|d)");
    private static final List<String> SIZE_UNITS = List.of("B", "KiB", "MiB", "GiB", "TiB");

    public static Form<Integer> count(String unit, int min, int max) {
        return new Form<>(
                unit,
                min + " to " + max,
                text -> (int) within(number(text), min, max, String::valueOf),
                Object::toString);
    }

    /** A number of bytes: {@code 512}, {@code 10 MiB}. */
    public static Form<Long> bytes(long min, long max) {
        return new Form<>(
                "bytes, or with KiB, MiB, GiB, TiB",
                size(min) + " to " + size(max),
                text -> within(parseSize(text), min, max, Form::size),
                Form::size);
    }

    /** A length of time: {@code 30s}, {@code 5m}. */
    public static Form<Duration> time(Duration min, Duration max) {
        return new Form<>(
                "time, with ms, s, m, h or d",
                time(min) + " to " + time(max),
                text -> Duration.ofMillis(
                        within(parseTime(text), min.toMillis(), max.toMillis(), ms -> time(Duration.ofMillis(ms)))),
                Form::time);
    }

    /** Text that has something in it. */
    public static Form<String> text(String unit) {
        return new Form<>(unit, "not empty", Form::notEmpty, Function.identity());
    }

    /** Text, or nothing. */
    public static Form<Optional<String>> optional(String unit, String limits, Function<String, String> check) {
        return new Form<>(
                unit,
                limits,
                text -> text.isBlank() ? Optional.empty() : Optional.of(check.apply(text.strip())),
                value -> value.orElse(""));
    }

    /** Several texts, in a list of the file or with commas between them. */
    public static Form<List<String>> list(String unit) {
        return new Form<>(
                unit,
                "a list, or text with commas",
                text -> Arrays.stream(text.split(","))
                        .map(String::strip)
                        .filter(part -> !part.isEmpty())
                        .toList(),
                values -> String.join(",", values));
    }

    private static String notEmpty(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("is empty");
        }
        return text.strip();
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("is not a whole number", e);
        }
    }

    private static long within(long value, long min, long max, Function<Long, String> write) {
        if (value < min || value > max) {
            throw new IllegalArgumentException("is not from " + write.apply(min) + " to " + write.apply(max));
        }
        return value;
    }

    private static long parseSize(String text) {
        Matcher match = SIZE.matcher(text.strip());
        if (!match.matches()) {
            throw new IllegalArgumentException("is not a size such as `10 MiB`");
        }
        int power = match.group(2) == null ? 0 : SIZE_UNITS.indexOf(match.group(2));
        try {
            return Math.multiplyExact(Long.parseLong(match.group(1)), 1L << (10 * power));
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("is too large", e);
        }
    }

    private static String size(long bytes) {
        int power = 0;
        while (power < 4 && bytes > 0 && bytes % 1024 == 0) {
            bytes /= 1024;
            power++;
        }
        return bytes + " " + SIZE_UNITS.get(power);
    }

    private static long parseTime(String text) {
        Matcher match = TIME.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!match.matches()) {
            throw new IllegalArgumentException("is not a time such as `30s`");
        }
        long number = Long.parseLong(match.group(1));
        return switch (match.group(2)) {
            case "ms" -> number;
            case "s" -> Math.multiplyExact(number, 1000L);
            case "m" -> Math.multiplyExact(number, 60_000L);
            case "h" -> Math.multiplyExact(number, 3_600_000L);
            default -> Math.multiplyExact(number, 86_400_000L);
        };
    }

    private static String time(Duration time) {
        long ms = time.toMillis();
        if (ms % 1000 != 0) {
            return ms + "ms";
        }
        long seconds = ms / 1000;
        if (seconds > 0 && seconds % 86_400 == 0) {
            return seconds / 86_400 + "d";
        }
        return seconds > 0 && seconds % 3600 == 0
                ? seconds / 3600 + "h"
                : seconds > 0 && seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }
}
