package glasshouse.hub.page;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Numbers, sizes and times in words. One language, one way to write each, times in UTC. */
public final class Wording {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final List<String> BYTES = List.of("B", "kB", "MB", "GB", "TB", "PB", "EB");
    private static final List<String> COUNTS = List.of("", "k", "M", "B", "T");

    private Wording() {}

    /** {@code 3.2 GB}, in powers of a thousand. */
    public static String bytes(long bytes) {
        return scaled(bytes, BYTES, " ");
    }

    /** {@code 405M}, for where the whole number is too long. */
    public static String brief(long number) {
        return scaled(number, COUNTS, "");
    }

    private static String scaled(long number, List<String> units, String space) {
        double value = number;
        int unit = 0;
        // 999.5 would be shown as 1000: go on to the next unit before that.
        while (Math.abs(value) >= 999.5 && unit < units.size() - 1) {
            value /= 1000;
            unit++;
        }
        String digits = unit == 0 || Math.abs(value) >= 99.95
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%.1f", value).replaceAll("\\.0$", "");
        return digits + space + units.get(unit);
    }

    /** {@code 405,334,016}. */
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** {@code 1 file}, {@code 2 files}, {@code 1,000,000 files}. */
    public static String counted(long number, String one, String many) {
        return count(number) + " " + (number == 1 ? one : many);
    }

    /** {@code 2026-11-20}. */
    public static String date(Instant at) {
        return DATE.format(at);
    }

    /** {@code 2026-11-20 23:25 UTC}. */
    public static String moment(Instant at) {
        return MOMENT.format(at);
    }

    /** {@code 3 days ago}; the date itself where it is more than two months. */
    public static String age(Instant at, Instant now) {
        Duration age = Duration.between(at, now);
        boolean past = !age.isNegative();
        Duration distance = age.abs();
        if (distance.toSeconds() < 60) {
            return past ? "just now" : "in a moment";
        }
        if (distance.toDays() > 60) {
            return (past ? "" : "on ") + date(at);
        }
        String span = distance.toMinutes() < 60
                ? counted(distance.toMinutes(), "minute", "minutes")
                : distance.toHours() < 48
                        ? counted(distance.toHours(), "hour", "hours")
                        : counted(distance.toDays(), "day", "days");
        return past ? span + " ago" : "in " + span;
    }

    /** At most so many characters, with a sign where something was left out; no control characters. */
    public static String clipped(String text, int most) {
        String plain = text.replaceAll("[\\p{Cntrl}\\u202a-\\u202e\\u2066-\\u2069]+", " ")
                .strip();
        if (plain.length() <= most) {
            return plain;
        }
        int end = Character.isHighSurrogate(plain.charAt(most - 1)) ? most - 1 : most;
        return plain.substring(0, end) + "…";
    }

    /** A part of a sentence: words, or input that stood in backticks. */
    public record Piece(String text, boolean code) {}

    /** Takes a sentence apart at its backticks; where they do not pair, all of it is words. */
    public static List<Piece> pieces(String sentence) {
        String[] parts = sentence.split("`", -1);
        if (parts.length % 2 == 0) {
            return List.of(new Piece(sentence, false));
        }
        List<Piece> pieces = new ArrayList<>();
        for (int i = 0; i < parts.length; i++) {
            if (!parts[i].isEmpty()) {
                pieces.add(new Piece(parts[i], i % 2 == 1));
            }
        }
        return pieces;
    }
}
